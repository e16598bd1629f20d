"""Encircle: every child's rights have an owner, a time and proof."""
