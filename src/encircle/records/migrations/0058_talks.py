"""Talks: who asks at the door before reporting is answered by one person of a desk. The words are parts of a report."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, WEB, allow, close, sql

CODE = "encircle_is_typed_report(report_id)"
DESK = "EXISTS (SELECT 1 FROM report_seal AS mine WHERE mine.report_id = talk.report_id AND mine.agency_id = encircle_agency() OFFSET 0)"
GUARD = f"""
    {close("talk")}
    {allow("talk", WEB, "SELECT INSERT UPDATE", CODE, name="typed_code")}
    {allow("talk", WEB, "SELECT UPDATE", DESK, name="desk")}
    {allow("talk", JOBS, "SELECT UPDATE", "encircle_purpose() = 'sweep'", name="sweep")}
    GRANT UPDATE (state, worker_id, turn, active_hour, lines, is_unseen, ended_by, because) ON talk TO {WEB};
    GRANT UPDATE (state, turn, ended_by) ON talk TO {JOBS};

    -- Who waits longest comes first, and no minute is kept. Outside the transaction, so that talks do not wait for each other.
    CREATE SEQUENCE talk_turn;
    GRANT USAGE ON SEQUENCE talk_turn TO {WEB};

    ALTER TABLE talk ADD CONSTRAINT talk_hours_are_whole CHECK (
        rule_hour = date_trunc('hour', rule_hour, 'UTC') AND active_hour = date_trunc('hour', active_hour, 'UTC'));
    ALTER TABLE talk ADD CONSTRAINT talk_that_is_over_has_no_turn CHECK (turn IS NULL OR state IN ('waits', 'on'));
"""
RECEIVE = f"""
    -- With role and hours: a helpline talks and reads no reports, and the door says whether somebody is there.
    DROP FUNCTION encircle_report_recipients();
    CREATE FUNCTION encircle_report_recipients()
        RETURNS TABLE (agency_id uuid, public_key bytea, role text, country text, opens_at time, closes_at time)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
        AS $$ SELECT own.agency_id, held.public, agency.role, agency.country, agency.opens_at, agency.closes_at
                FROM report_recipient AS own JOIN agency ON agency.id = own.agency_id
                JOIN agency_key AS held ON held.agency_id = own.agency_id AND held.in_use_at IS NOT NULL AND held.retired_at IS NULL
               WHERE own.ended_at IS NULL AND agency.ended_at IS NULL ORDER BY own.made_at, own.id $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_recipients() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_recipients() TO {WEB}, {DOOR}, {JOBS};
"""
PATTERN = '^[a-z0-9][a-z0-9_.:-]*$'


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0057_complaints'),
    ]

    operations = [
        migrations.CreateModel(
            name='Talk',
            fields=[
                ('report', models.OneToOneField(db_column='report_id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.report')),
                ('kind', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=64)),
                ('rule', models.CharField(max_length=64)),
                ('rule_hour', models.DateTimeField()),
                ('turn', models.BigIntegerField(null=True)),
                ('active_hour', models.DateTimeField()),
                ('lines', models.IntegerField(db_default=0)),
                ('is_unseen', models.BooleanField(db_default=True)),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('because', models.CharField(max_length=64, null=True)),
                ('worker', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'talk',
            },
        ),
        migrations.AddConstraint(
            model_name='talk',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', PATTERN), ('state__regex', PATTERN), ('rule__regex', PATTERN), ('ended_by__regex', PATTERN), ('because__regex', PATTERN)), name='talk_holds_codes'),
        ),
        migrations.AddIndex(
            model_name='talk',
            index=models.Index(condition=models.Q(('turn__isnull', False)), fields=['turn'], name='talk_in_turn'),
        ),
        sql(GUARD),
        sql(RECEIVE),
    ]
