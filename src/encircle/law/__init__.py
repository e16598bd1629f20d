"""Law: what is required, read from packs of data. Pure: knows no tables, no clock and no child."""
