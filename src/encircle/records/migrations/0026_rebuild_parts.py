"""Computing everything anew goes part by part: what is still to be done stands in a table of its own, not in each record.

A mark in each record was written and taken away again, with every index of the record, for a million of them.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

from encircle.records.migrations._guard import close, jobs, sql

GUARD = f"""
    {close("rebuild_part")}
    {jobs("rebuild_part", "SELECT INSERT UPDATE DELETE", "rebuild")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0025_opened_part'),
    ]

    operations = [
        migrations.CreateModel(
            name='RebuildPart',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('roots', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ('one_by_one', models.BooleanField(db_default=False)),
            ],
            options={
                'db_table': 'rebuild_part',
            },
        ),
        sql(GUARD),
    ]
