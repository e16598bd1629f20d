"""Looks that stand out: counted for each person, told to who supervises, answered. And the week that a case lead looks at."""

import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, sql

OWN = "agency_id = (SELECT encircle_agency())"
ABOVE = (
    "EXISTS (SELECT 1 FROM agency AS under WHERE under.id = {0}.agency_id"
    " AND under.part_of_id = (SELECT encircle_agency()) OFFSET 0)"
)
TOLD = f"person_id::text IS DISTINCT FROM (SELECT encircle_actor()) AND ({OWN} OR {ABOVE.format('look_alarm')})"
WATCHED = ("journal_entry", "root", "situation_row", "name_key", "membership")


def watched(table: str) -> str:
    """What the job reads that counts looks; it writes nothing there."""
    return allow(table, JOBS, "SELECT", "encircle_purpose() = 'watch'", name="watch")


GUARD = f"""
    {close("look_alarm")} {close("look_week")}
    {"".join(watched(table) for table in WATCHED)}
    {allow("journal_entry", JOBS, "INSERT", "encircle_purpose() = 'watch'", name="watch")}
    {allow("journal_leaf", JOBS, "INSERT", "encircle_purpose() = 'watch'", name="watch")}
    {jobs("look_alarm", "SELECT INSERT", "watch")}
    {jobs("look_week", "SELECT INSERT", "watch")}
    {allow("notice", JOBS, "SELECT INSERT UPDATE", "encircle_purpose() = 'watch' AND root_id IS NULL", name="watch")}

    -- Whose looks stood out never sees that they did: neither as a supervisor of the own agency.
    {allow("look_alarm", WEB, "SELECT UPDATE", TOLD, name="told")}
    GRANT UPDATE (answered_at, answered_by_id, found, data_key_id, answer) ON look_alarm TO {WEB};
    {allow("look_week", WEB, "SELECT UPDATE", OWN, name="own")}
    GRANT UPDATE (seen_at, seen_by_id) ON look_week TO {WEB};
    {allow("journal_entry", WEB, "SELECT", f"encircle_purpose() = 'supervise' AND {ABOVE.format('journal_entry')}", name="above")}

    -- What was found is written once, by who acts.
    CREATE FUNCTION encircle_look_alarm_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.found IS NOT NULL THEN
            RAISE EXCEPTION 'This was answered already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'look_alarm_answered_once';
        END IF;
        NEW.answered_at := now();
        NEW.answered_by_id := encircle_actor()::uuid;
        RETURN NEW;
    END $$;
    CREATE TRIGGER look_alarm_guard BEFORE UPDATE ON look_alarm
        FOR EACH ROW EXECUTE FUNCTION encircle_look_alarm_guard();
    CREATE FUNCTION encircle_look_week_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.seen_at := coalesce(OLD.seen_at, now());
        NEW.seen_by_id := coalesce(OLD.seen_by_id, encircle_actor()::uuid);
        RETURN NEW;
    END $$;
    CREATE TRIGGER look_week_guard BEFORE UPDATE ON look_week
        FOR EACH ROW EXECUTE FUNCTION encircle_look_week_guard();

    -- How often, by agency: it tells of agencies, and of nobody in them.
    CREATE POLICY look_alarm_counted ON look_alarm FOR SELECT TO {OWNER}
        USING (encircle_called_by_another() AND encircle_purpose() = 'account_for');
    CREATE FUNCTION encircle_look_alarms(since timestamptz) RETURNS TABLE
        (agency uuid, told bigint, answered bigint, pursued bigint, late bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
            SELECT agency_id, count(*), count(found), count(*) FILTER (WHERE found = 'pursued'),
                   count(*) FILTER (WHERE coalesce(answered_at, now()) > answer_by)
              FROM look_alarm WHERE made_at >= since GROUP BY agency_id
        $$;
    REVOKE EXECUTE ON FUNCTION encircle_look_alarms(timestamptz) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_look_alarms(timestamptz) TO {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0028_access_file'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='root',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root'),
        ),
        migrations.AddIndex(
            model_name='journalentry',
            index=django.contrib.postgres.indexes.BrinIndex(fields=['at'], name='journal_entry_by_time', pages_per_range=16),
        ),
        migrations.CreateModel(
            name='LookAlarm',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('pattern', models.CharField(max_length=64)),
                ('counted', models.IntegerField()),
                ('times', models.IntegerField()),
                ('since', models.DateTimeField()),
                ('through', models.DateTimeField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answer_by', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('found', models.CharField(max_length=64, null=True)),
                ('answer', models.BinaryField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('data_key', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'look_alarm',
                'indexes': [models.Index(fields=['agency', 'made_at'], name='look_alarm_of_agency'), models.Index(fields=['person', 'pattern', 'through'], name='look_alarm_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('pattern__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('found__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='look_alarm_holds_codes'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('person')), _negated=True), _connector='OR'), name='look_alarm_answered_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('found__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), ('found__isnull', False)), _connector='OR'), name='look_alarm_answered_as_a_whole'), models.UniqueConstraint(condition=models.Q(('root__isnull', False)), fields=('person', 'root'), name='look_alarm_once_for_a_record')],
            },
        ),
        migrations.CreateModel(
            name='LookWeek',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('seen_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('seen_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'look_week',
                'constraints': [models.UniqueConstraint(fields=('agency', 'since'), name='look_week_once'), models.CheckConstraint(condition=models.Q(models.Q(('seen_at__isnull', True), ('seen_by__isnull', True)), models.Q(('seen_at__isnull', False), ('seen_by__isnull', False)), _connector='OR'), name='look_week_seen_by_somebody')],
            },
        ),
        sql(GUARD),
    ]
