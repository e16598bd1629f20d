"""Across borders: the pages of one record on which another country is asked, or answered."""
