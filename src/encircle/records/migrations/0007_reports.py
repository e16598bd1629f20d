"""Reports: the door sees its own code, an agency what is sealed to it."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, OWNER, WEB, allow, close, jobs, only_added, sql

RECIPIENT = "EXISTS (SELECT 1 FROM report_seal AS mine WHERE mine.report_id = {} AND mine.agency_id = encircle_agency() OFFSET 0)"
CODE = "EXISTS (SELECT 1 FROM report AS own WHERE own.id = {})"
OPENED = "encircle_agency() IS NOT NULL"

GUARD = f"""
    -- The keyed hash of the way-back code that was typed in: the door sees that one report and no other.
    CREATE FUNCTION encircle_code() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
        RETURN decode(nullif(current_setting('encircle.code', true), ''), 'hex');

    {close("report")} {close("report_seal")} {close("report_part")}

    CREATE FUNCTION encircle_is_recipient(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT {RECIPIENT.format("asked")} $$;
    REVOKE EXECUTE ON FUNCTION encircle_is_recipient(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_is_recipient(uuid) TO {WEB};
    CREATE POLICY report_seal_asked ON report_seal FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    {allow("report", DOOR, "SELECT INSERT", "code_index = encircle_code()", name="own_code")}
    {allow("report_seal", DOOR, "SELECT INSERT", CODE.format("report_id"), name="own_code")}
    {allow("report_part", DOOR, "SELECT INSERT", CODE.format("report_id"), name="own_code")}

    {allow("report", WEB, "SELECT UPDATE", RECIPIENT.format("report.id"), name="recipient")}
    {allow("report", WEB, "INSERT", OPENED, name="desk")}
    GRANT UPDATE (state, concern_id) ON report TO {WEB};
    {allow("report_seal", WEB, "SELECT", "agency_id = encircle_agency()", name="recipient")}
    {allow("report_seal", WEB, "INSERT", "encircle_is_recipient(report_id)", name="recipient")}
    {allow("report_part", WEB, "SELECT INSERT", RECIPIENT.format("report_id"), name="recipient")}
    {jobs("report", "SELECT UPDATE", "sweep")}

    ALTER TABLE report ADD CONSTRAINT report_hour_is_whole CHECK (hour = date_trunc('hour', hour, 'UTC'));
    ALTER TABLE report_part ADD CONSTRAINT report_part_hour_is_whole CHECK (hour = date_trunc('hour', hour, 'UTC'));
    {only_added("report_part")} {only_added("report_seal")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0006_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('hour', models.DateTimeField()),
                ('region', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=64)),
                ('danger', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=64)),
                ('code_index', models.BinaryField(unique=True)),
                ('reply_key', models.BinaryField()),
                ('concern', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'report',
            },
        ),
        migrations.CreateModel(
            name='ReportPart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('hour', models.DateTimeField()),
                ('sealed', models.BinaryField()),
                ('by_agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='records.report')),
            ],
            options={
                'db_table': 'report_part',
            },
        ),
        migrations.CreateModel(
            name='ReportSeal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recipient_key', models.BinaryField()),
                ('sealed', models.BinaryField()),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='records.report')),
            ],
            options={
                'db_table': 'report_seal',
            },
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('region__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('danger__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('state__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='report_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='reportpart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='report_part_holds_codes'),
        ),
        migrations.AddIndex(
            model_name='reportseal',
            index=models.Index(fields=['agency', 'report'], name='report_seal_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='reportseal',
            constraint=models.UniqueConstraint(fields=('report', 'agency', 'recipient_key'), name='report_seal_once', nulls_distinct=False),
        ),
        sql(GUARD),
    ]
