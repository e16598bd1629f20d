"""Formats: how each language writes a date. Digits are 0-9 and hours run to 24 in all, so that a deadline reads the same."""
