"""The tests, in the folders of src/compliancecheck; reference.py is the oracle of the logic."""
