"""Dates in Ukrainian: as they are spoken, without a nought before the day."""

DATE_FORMAT = "j E Y р."
