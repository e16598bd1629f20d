"""Vocabulary: the closed lists of the field. Knows no law, no tables, no clock."""
