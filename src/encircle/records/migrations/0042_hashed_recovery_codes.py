"""Recovery codes that stand are turned into hashes by the jobs, which have the key under which they lie."""

from django.db import migrations

from encircle.records.migrations._guard import JOBS, sql


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0041_told_of_sign_in'),
    ]

    operations = [
        sql(f"GRANT UPDATE (data) ON mfa_authenticator TO {JOBS};"),
    ]
