"""Steering: what those see who answer for the whole country. Published figures, never a record."""
