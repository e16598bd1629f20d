"""Config: what an operator decides, and how the parts are put together. Knows no cases and no law."""
