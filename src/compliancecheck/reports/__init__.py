"""Evaluations made readable: as text, as json, as a strip; one module each."""
