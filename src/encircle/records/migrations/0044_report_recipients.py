"""Who receives reports: agencies with a public key. And the pages of the door, which connect as those of staff do."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, OWNER, WEB, allow, close, jobs, sql

# The index of a code cannot be made without a key that is not in the database: whoever sets it has typed the code.
CODE = "encircle_is_typed_report(report_id)"
GUARD = f"""
    {close("report_recipient")}
    {allow("report_recipient", WEB, "SELECT INSERT UPDATE", "agency_id = (SELECT encircle_agency())", name="own")}
    GRANT UPDATE (ended_at) ON report_recipient TO {WEB};
    {jobs("report_recipient", "SELECT INSERT", "load")}
    -- Codes cannot be moved to another installation key: the job that retires one may count them.
    {allow("report", JOBS, "SELECT", "encircle_purpose() = 'rewrap'", name="counted")}

    CREATE FUNCTION encircle_report_recipients() RETURNS TABLE (agency_id uuid, public_key bytea)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
        AS $$ SELECT own.agency_id, own.public_key FROM report_recipient AS own JOIN agency ON agency.id = own.agency_id
               WHERE own.ended_at IS NULL AND agency.ended_at IS NULL ORDER BY own.made_at, own.id $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_recipients() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_recipients() TO {WEB}, {DOOR};
    CREATE POLICY report_recipient_asked ON report_recipient FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    -- As its owner, since the policies of report and report_seal would else ask each other without end.
    CREATE FUNCTION encircle_is_typed_report(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT EXISTS (SELECT 1 FROM report AS own WHERE own.id = asked AND own.code_index = encircle_code()) $$;
    REVOKE EXECUTE ON FUNCTION encircle_is_typed_report(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_is_typed_report(uuid) TO {WEB};
    CREATE POLICY report_asked ON report FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    {allow("report", WEB, "SELECT INSERT", "code_index = encircle_code()", name="typed_code")}
    {allow("report_seal", WEB, "SELECT INSERT", CODE, name="typed_code")}
    {allow("report_part", WEB, "SELECT INSERT", CODE, name="typed_code")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0043_recovery'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportRecipient',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('public_key', models.BinaryField()),
                ('locked', models.BinaryField()),
                ('enrolled_by', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'report_recipient',
            },
        ),
        migrations.AddConstraint(
            model_name='reportrecipient',
            constraint=models.CheckConstraint(condition=models.Q(('enrolled_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_recipient_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='reportrecipient',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agency',), name='report_recipient_one_key'),
        ),
        sql(GUARD),
    ]
