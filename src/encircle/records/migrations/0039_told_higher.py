"""The job that watches looks reads also which openings in an emergency nobody has reviewed, so that a desk above is told."""

from django.db import migrations

from encircle.records.migrations._guard import JOBS, allow, sql


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0038_moving_keys'),
    ]

    operations = [
        sql(allow("emergency_access", JOBS, "SELECT", "encircle_purpose() = 'watch'", name="watch")),
    ]
