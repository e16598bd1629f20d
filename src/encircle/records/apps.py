"""The Django app of the tables."""

from importlib import import_module

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All tables of Encircle, in one app."""

    name = "encircle.records"
    label = "records"
    verbose_name = "Records"

    def ready(self) -> None:
        """The tables are there: from now on a transaction learns what was adopted beside the packs."""
        import_module("encircle.records.practice")
