"""What is ahead of each record, as rows for lists over many."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, sql

GUARD = f"""
    {close("calendar_row")}
    {allow("calendar_row", WEB, "SELECT INSERT UPDATE DELETE", member("calendar_row.root_id"), name="member")}
    GRANT UPDATE ON calendar_row TO {WEB};
    {jobs("calendar_row", "SELECT INSERT UPDATE DELETE", "sweep", "rebuild", "load", "retention")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0010_second_factor'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64)),
                ('earliest', models.DateTimeField()),
                ('latest', models.DateTimeField()),
                ('lane', models.CharField(max_length=64, null=True)),
                ('field_group', models.CharField(max_length=1)),
                ('through_seq', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'calendar_row',
                'indexes': [models.Index(fields=['latest', 'id'], name='calendar_row_ahead')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('lane__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='calendar_row_holds_codes'), models.CheckConstraint(condition=models.Q(('field_group__regex', '^[A-Z]$')), name='calendar_row_holds_a_field_group'), models.CheckConstraint(condition=models.Q(('earliest__lte', models.F('latest'))), name='calendar_row_earliest_before_latest'), models.UniqueConstraint(fields=('root', 'code', 'subject'), name='calendar_row_once', nulls_distinct=False)],
            },
        ),
        sql(GUARD),
    ]
