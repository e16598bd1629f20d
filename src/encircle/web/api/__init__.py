"""The API: what programs of agencies see and do. The same actions as the pages, through the same gate; no rules here."""
