"""Whether an agency asks its people for passkeys, and from when on."""

from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, sql


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0030_visit'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='passkeys_from',
            field=models.DateTimeField(null=True),
        ),
        sql(f"GRANT UPDATE (passkeys_from) ON agency TO {JOBS}"),
    ]
