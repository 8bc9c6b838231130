"""Several profiles at once: a matrix of companies and findings."""
