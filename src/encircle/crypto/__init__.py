"""Crypto: the only door to keys. Knows no tables, no cases and no settings."""
