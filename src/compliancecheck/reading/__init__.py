"""YAML in and answers back out: everything that can be wrong with a file is caught here."""
