"""compliancecheck: which Chinese compliance rules apply to a company, why, and by which article."""

__version__ = "0.1.0"
