"""The Django app of the tables."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """All tables of Encircle, in one app."""

    name = "encircle.records"
    label = "records"
    verbose_name = "Records"
