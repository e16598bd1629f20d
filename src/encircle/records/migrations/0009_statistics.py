"""Published statistics: counted by the role jobs under one purpose; the pages read figures after disclosure control."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, allow, close, jobs, only_added, sql

COUNTED = ("root", "link", "situation_row", "duty_row", "alarm_row", "report")
STATISTICS = "encircle_purpose() = 'statistics'"
STAFF = "encircle_agency() IS NOT NULL"

GUARD = f"""
    {"".join(allow(table, JOBS, "SELECT", STATISTICS, name="statistics") for table in COUNTED)}
    {"".join(allow(t, JOBS, "INSERT", STATISTICS, name="statistics") for t in ("journal_entry", "journal_leaf"))}

    {close("statistic_release")} {close("statistic_cell")}
    {jobs("statistic_release", "SELECT INSERT", "statistics")}
    {jobs("statistic_cell", "SELECT INSERT", "statistics")}
    {allow("statistic_release", WEB, "SELECT", STAFF, name="staff")}
    {allow("statistic_cell", WEB, "SELECT", STAFF, name="staff")}
    {only_added("statistic_release")} {only_added("statistic_cell")}
    ALTER TABLE statistic_release ADD CONSTRAINT statistic_release_is_of_a_quarter CHECK (period ~ '^[0-9]{{4}}-q[1-4]$');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0008_late'),
    ]

    operations = [
        migrations.CreateModel(
            name='StatisticRelease',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=64, unique=True)),
                ('method', models.CharField(max_length=64)),
                ('pack', models.CharField(max_length=64)),
                ('tables', models.SmallIntegerField()),
                ('digest', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'statistic_release',
                'constraints': [models.CheckConstraint(condition=models.Q(('period__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('method__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='statistic_release_holds_codes'), models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]{0,63}$')), name='statistic_release_holds_a_pack')],
            },
        ),
        migrations.CreateModel(
            name='StatisticCell',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('table_code', models.CharField(max_length=64)),
                ('row_code', models.CharField(max_length=64)),
                ('column_code', models.CharField(max_length=64)),
                ('figure', models.IntegerField()),
                ('release', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cells', to='records.statisticrelease')),
            ],
            options={
                'db_table': 'statistic_cell',
                'constraints': [models.CheckConstraint(condition=models.Q(('table_code__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('column_code__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='statistic_cell_holds_codes'), models.CheckConstraint(condition=models.Q(('row_code__regex', '(^[a-z0-9][a-z0-9_.:-]{0,63}$)|(^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$)')), name='statistic_cell_holds_a_code_or_rule'), models.CheckConstraint(condition=models.Q(('figure__gte', 0)), name='statistic_cell_is_no_less_than_none'), models.UniqueConstraint(fields=('release', 'table_code', 'row_code', 'column_code'), name='statistic_cell_once')],
            },
        ),
        sql(GUARD),
    ]
