"""Desk: the pages of professionals."""
