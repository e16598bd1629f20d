"""Files that others sent: of what sort they are, by their bytes alone. What they are called says nothing."""
