"""The law browser: what the packs state, country by country, for everybody on staff. Knows no child."""
