"""Keeping what came in at the door: a report goes with all that names it, once two persons have decided and no hold runs."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, sql

READS = "encircle_is_recipient(report_id)"
OWN = "agency_id = (SELECT encircle_agency())"
OWN_ERASURE = f"EXISTS (SELECT 1 FROM report_erasure AS own WHERE own.id = erasure_id AND own.{OWN})"
GOES = ("report", "report_seal", "report_part", "talk", "complaint")
TABLES = f"""
    {close("report_hold")}
    {allow("report_hold", WEB, "SELECT", READS, name="recipient")}
    {allow("report_hold", WEB, "INSERT", f"{READS} AND {OWN} AND set_by_id::text = (SELECT encircle_actor())", name="recipient")}
    {allow("report_hold", WEB, "UPDATE", OWN, name="own")}
    GRANT UPDATE (until, ended_by) ON report_hold TO {WEB};
    {jobs("report_hold", "SELECT DELETE", "retention")}
    CREATE TRIGGER report_hold_guard BEFORE INSERT OR UPDATE ON report_hold
        FOR EACH ROW EXECUTE FUNCTION encircle_legal_hold_guard();

    {close("report_erasure")}
    {allow("report_erasure", WEB, "SELECT", OWN, name="own")}
    {allow("report_erasure", WEB, "INSERT", f"{OWN} AND asked_by_id::text = (SELECT encircle_actor())", name="own")}
    {allow("report_erasure", WEB, "UPDATE", OWN, name="own")}
    GRANT UPDATE (decided_by_id, decided_at, dropped_by) ON report_erasure TO {WEB};
    {allow("report_erasure", JOBS, "SELECT UPDATE", "encircle_purpose() = 'retention'", name="jobs")}
    GRANT UPDATE (done_at, reports, keys, note) ON report_erasure TO {JOBS};

    {close("report_to_erase")}
    {allow("report_to_erase", WEB, "SELECT", READS, name="recipient")}
    {allow("report_to_erase", WEB, "INSERT", f"{READS} AND {OWN_ERASURE}", name="recipient")}
    {allow("report_to_erase", WEB, "DELETE", OWN_ERASURE, name="own")}
    {jobs("report_to_erase", "SELECT DELETE", "retention")}

    -- As their owner, who asks for whoever may delete.
    CREATE POLICY report_hold_asked ON report_hold FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY report_erasure_asked ON report_erasure FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY report_to_erase_asked ON report_to_erase FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY data_key_of_gone ON data_key FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    CREATE FUNCTION encircle_report_erasure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.asked_at := now();
            NEW.decided_by_id := NULL; NEW.decided_at := NULL; NEW.dropped_by := NULL;
            NEW.done_at := NULL; NEW.reports := NULL; NEW.keys := NULL; NEW.note := NULL;
            RETURN NEW;
        END IF;
        IF OLD.done_at IS NOT NULL OR OLD.dropped_by IS NOT NULL
           OR (OLD.decided_at IS NOT NULL AND ROW (NEW.decided_by_id, NEW.decided_at)
               IS DISTINCT FROM ROW (OLD.decided_by_id, OLD.decided_at)) THEN
            RAISE EXCEPTION 'An erasure that was decided, done or put aside stays as it is.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'report_erasure_stands';
        END IF;
        IF NEW.decided_at IS DISTINCT FROM OLD.decided_at THEN
            NEW.decided_by_id := encircle_actor()::uuid; NEW.decided_at := now();
        END IF;
        IF NEW.dropped_by IS NOT NULL THEN
            NEW.dropped_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER report_erasure_guard BEFORE INSERT OR UPDATE ON report_erasure
        FOR EACH ROW EXECUTE FUNCTION encircle_report_erasure_guard();

    -- What a second person decides on is what the first one asked for.
    CREATE FUNCTION encircle_report_to_erase_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE own report_erasure%ROWTYPE;
    BEGIN
        IF TG_OP = 'INSERT' THEN
            SELECT * INTO own FROM report_erasure WHERE id = NEW.erasure_id;
            IF own.decided_at IS NULL AND own.dropped_by IS NULL THEN RETURN NEW; END IF;
        ELSIF TG_OP = 'DELETE' THEN
            SELECT * INTO own FROM report_erasure WHERE id = OLD.erasure_id;
            IF own.dropped_by IS NOT NULL OR encircle_purpose() = 'retention' THEN RETURN OLD; END IF;
        END IF;
        RAISE EXCEPTION 'An erasure that was decided, done or put aside stays as it is.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'report_erasure_stands';
    END $$;
    CREATE TRIGGER report_to_erase_guard BEFORE INSERT OR UPDATE OR DELETE ON report_to_erase
        FOR EACH ROW EXECUTE FUNCTION encircle_report_to_erase_guard();
"""
DELETED = f"""
    -- A report may go now: two persons decided, nobody has written since it was closed, and no legal hold runs.
    CREATE FUNCTION encircle_report_goes(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$ SELECT encircle_purpose() = 'retention'
            AND EXISTS (SELECT FROM report_to_erase AS one JOIN report_erasure AS own ON own.id = one.erasure_id
                WHERE one.report_id = asked AND own.decided_at IS NOT NULL AND own.done_at IS NULL AND own.dropped_by IS NULL)
            AND NOT EXISTS (SELECT FROM report_hold AS hold WHERE hold.report_id = asked AND hold.until > now())
            AND EXISTS (SELECT FROM report WHERE report.id = asked AND report.unread_since IS NULL) $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_goes(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_goes(uuid) TO {WEB}, {JOBS};
    CREATE FUNCTION encircle_file_goes(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$ SELECT EXISTS (SELECT FROM report_part AS own WHERE own.id = asked AND encircle_report_goes(own.report_id)) $$;
    REVOKE EXECUTE ON FUNCTION encircle_file_goes(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_file_goes(uuid) TO {WEB}, {JOBS};

    -- The record that was opened for a report is erased: nothing of it can be read any more.
    CREATE FUNCTION encircle_record_is_gone(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp
        AS $$ SELECT EXISTS (SELECT FROM data_key WHERE root_id = asked)
            AND NOT EXISTS (SELECT FROM data_key WHERE root_id = asked AND destroyed_at IS NULL) $$;
    REVOKE EXECUTE ON FUNCTION encircle_record_is_gone(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_record_is_gone(uuid) TO {WEB}, {JOBS};

    CREATE FUNCTION encircle_report_stays() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE asked uuid := CASE WHEN TG_TABLE_NAME = 'report' THEN to_jsonb(OLD) ->> 'id' ELSE to_jsonb(OLD) ->> 'report_id' END;
    BEGIN
        IF NOT encircle_report_goes(asked) THEN
            RAISE EXCEPTION 'A report goes when two persons have decided it, and then whole.'
                USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN OLD;
    END $$;
    -- Of what is only added to, whatever rows one sees: none but the job asks to delete at all.
    CREATE FUNCTION encircle_delete_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF encircle_purpose() IS DISTINCT FROM 'retention' THEN
            RAISE EXCEPTION 'Rows of % are only ever added, or go with their report.', TG_TABLE_NAME
                USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    END $$;
    DROP TRIGGER report_part_is_only_added_to ON report_part;
    DROP TRIGGER report_seal_is_only_added_to ON report_seal;
    DROP TRIGGER complaint_stays ON complaint;
    CREATE TRIGGER complaint_is_not_emptied BEFORE TRUNCATE ON complaint
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
    {"".join(f'''
    CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE OR TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_only_added_to;
    CREATE TRIGGER {table}_delete_is_decided BEFORE DELETE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_delete_is_decided();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_delete_is_decided;''' for table in ("report_part", "report_seal"))}
    {"".join(f'''
    CREATE TRIGGER {table}_goes_whole BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION encircle_report_stays();
    ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_goes_whole;
    {jobs(table, "SELECT DELETE", "retention").replace(f"{table}_jobs_", f"{table}_erased_")}''' for table in GOES)}
    -- So that whoever writes in this moment and whoever deletes wait for each other.
    {allow("report", JOBS, "UPDATE", "encircle_purpose() = 'retention'", name="erased")}

    {jobs("report_piece", "SELECT DELETE", "retention").replace("report_piece_jobs_", "report_piece_erased_")}
    CREATE OR REPLACE FUNCTION encircle_piece_of_sent() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF TG_OP <> 'DELETE' OR (encircle_file_is_sent(OLD.file) AND NOT encircle_file_goes(OLD.file)) THEN
            RAISE EXCEPTION USING MESSAGE = 'A file that was sent is only ever added to.', ERRCODE = '42501';
        END IF;
        RETURN OLD;
    END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0060_desk_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReportErasure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('of', models.CharField(max_length=64)),
                ('ground', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decided_at', models.DateTimeField(null=True)),
                ('dropped_by', models.CharField(max_length=64, null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('reports', models.IntegerField(null=True)),
                ('keys', models.IntegerField(null=True)),
                ('note', models.BinaryField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'report_erasure',
            },
        ),
        migrations.CreateModel(
            name='ReportHold',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('basis', models.CharField(max_length=64)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField()),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('report', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.report')),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'report_hold',
            },
        ),
        migrations.CreateModel(
            name='ReportToErase',
            fields=[
                ('report', models.OneToOneField(db_column='report_id', on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.report')),
                ('erasure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.reporterasure')),
            ],
            options={
                'db_table': 'report_to_erase',
            },
        ),
        migrations.AddIndex(
            model_name='reporterasure',
            index=models.Index(fields=['agency', 'of', 'asked_at'], name='report_erasure_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='reporterasure',
            constraint=models.CheckConstraint(condition=models.Q(('of__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ground__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('dropped_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_erasure_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='reporterasure',
            constraint=models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='report_erasure_holds_a_basis'),
        ),
        migrations.AddConstraint(
            model_name='reporterasure',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='report_erasure_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='reporterasure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('keys__isnull', True), ('note__isnull', True), ('reports__isnull', True)), models.Q(('decided_by__isnull', False), ('done_at__isnull', False), ('keys__isnull', False), ('note__isnull', False), ('reports__isnull', False)), _connector='OR'), name='report_erasure_done_after_it_was_decided'),
        ),
        migrations.AddIndex(
            model_name='reporthold',
            index=models.Index(fields=['report', 'until'], name='report_hold_of_report'),
        ),
        migrations.AddConstraint(
            model_name='reporthold',
            constraint=models.CheckConstraint(condition=models.Q(('ended_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_hold_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='reporthold',
            constraint=models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='report_hold_holds_a_basis'),
        ),
        migrations.AddConstraint(
            model_name='reporthold',
            constraint=models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='report_hold_ends_after_it_begins'),
        ),
        sql(TABLES),
        sql(DELETED),
    ]
