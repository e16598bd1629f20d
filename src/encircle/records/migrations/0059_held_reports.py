"""The held part of the list: reports of a suspected flood are sealed as all are, and stand apart. None in danger does."""

from django.db import migrations, models

from encircle.records.migrations._guard import WEB, sql


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0058_talks'),
    ]

    operations = [
        migrations.AddField(model_name='report', name='held', field=models.BooleanField(db_default=False)),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('held', False), models.Q(('danger', 'yes'), _negated=True), _connector='OR'), name='report_in_danger_is_not_held'),
        ),
        sql(f"GRANT UPDATE (held) ON report TO {WEB}"),
    ]
