"""Records: the only tables, and the only way in and out of them. Knows no law and no screens."""
