"""Calendars, as people meet them: of one child over all proceedings, and of an agency over all its records."""
