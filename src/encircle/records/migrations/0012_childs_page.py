"""The child's page: its credential; what the database shows to who holds it, and what it lets it write."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, member, sql

TOLD = (
    "'case_lead_named', 'guardian_appointed', 'guardian_ended', 'lawyer_appointed', 'lawyer_ended',"
    " 'support_person_named', 'support_person_ended', 'interview_planned', 'interview_held', 'interview_postponed',"
    " 'examination_planned', 'examination_held', 'hearing_scheduled', 'hearing_held', 'decision_made',"
    " 'decision_notified', 'decision_challenged', 'decision_reviewed', 'interests_assessed', 'information_given',"
    " 'information_postponed', 'view_heard', 'view_weighed', 'view_answered', 'complaint_made',"
    " 'complaint_acknowledged', 'complaint_answered', 'withdrawal'"
)
OWN = "encircle_childs_session() IS NOT NULL AND {} = (SELECT encircle_childs_root())"
SAID = "type IN ('view_heard', 'complaint_made') AND said_by = 'child' AND field_group = 'V'"
OF_FACT = "EXISTS (SELECT 1 FROM fact WHERE fact.id = fact_id OFFSET 0)"
SEEN = ", ".join(
    ("id", "root_id", "agency_id", "given_by", "given_at", "company", "device", "revoked_at", "revoked_by", "used_hour")
)

GUARD = f"""
    ALTER TABLE child_credential ADD CONSTRAINT child_credential_hour_is_whole
        CHECK (used_hour = date_trunc('hour', used_hour, 'UTC'));
    {close("child_credential")}

    -- The hash of the session in which a child's page was opened with its code.
    CREATE FUNCTION encircle_childs_session() RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE
        RETURN decode(nullif(current_setting('encircle.childs_session', true), ''), 'hex');

    -- The functions below run as the owner of the table, for whoever called them; the owner by itself sees no row.
    CREATE POLICY child_credential_asked ON child_credential FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY child_credential_used ON child_credential FOR UPDATE TO {OWNER}
        USING (encircle_called_by_another()) WITH CHECK (encircle_called_by_another());

    -- Whose page is open in that session: nobody's, once the credential is taken back or was not used for some time.
    CREATE FUNCTION encircle_childs_root() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT root_id FROM child_credential WHERE session_index = encircle_childs_session()
              AND revoked_at IS NULL AND session_seen_at > now() - interval '15 minutes' $$;

    -- Whether that code opens a page; then it is open in that session, and in no other. Wrong ones are slowed.
    CREATE FUNCTION encircle_open_childs_page(handle bytea, code bytea, session bytea) RETURNS boolean
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE
        found_one child_credential;
    BEGIN
        SELECT * INTO found_one FROM child_credential WHERE handle_index = handle AND revoked_at IS NULL FOR UPDATE;
        IF found_one.id IS NULL OR found_one.slowed_until > clock_timestamp() THEN
            RETURN false;
        END IF;
        IF found_one.code_index = code THEN
            UPDATE child_credential SET session_index = session, session_seen_at = now(), failed = 0,
                slowed_until = NULL, used_hour = date_trunc('hour', now(), 'UTC') WHERE id = found_one.id;
            RETURN true;
        END IF;
        UPDATE child_credential SET failed = least(failed + 1, 100), slowed_until =
            CASE WHEN failed >= 4 THEN clock_timestamp() + least(900, 30 * 2 ^ least(failed - 4, 10)) * interval '1 second'
            END WHERE id = found_one.id;
        RETURN false;
    END $$;

    CREATE FUNCTION encircle_use_childs_page() RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ UPDATE child_credential SET session_seen_at = now(), used_hour = date_trunc('hour', now(), 'UTC')
               WHERE root_id = encircle_childs_root() AND session_index = encircle_childs_session()
              RETURNING root_id $$;

    CREATE FUNCTION encircle_leave_childs_page() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ UPDATE child_credential SET session_index = NULL, session_seen_at = NULL
               WHERE session_index = encircle_childs_session() $$;

    -- What the child wrote may move the ledger: the next sweep computes it.
    CREATE FUNCTION encircle_compute_childs_record() RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ UPDATE situation_row SET next_change_at = now() WHERE root_id = encircle_childs_root() $$;

    REVOKE EXECUTE ON FUNCTION encircle_childs_root(), encircle_open_childs_page(bytea, bytea, bytea),
        encircle_use_childs_page(), encircle_leave_childs_page(), encircle_compute_childs_record() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_childs_root(), encircle_open_childs_page(bytea, bytea, bytea),
        encircle_use_childs_page(), encircle_leave_childs_page(), encircle_compute_childs_record() TO {WEB};

    {allow("child_credential", WEB, "SELECT UPDATE", member("child_credential.root_id"), name="member")}
    {allow("child_credential", WEB, "INSERT", member("child_credential.root_id")
           + " AND agency_id = encircle_agency() AND given_by = encircle_actor()", name="member")}
    {allow("child_credential", WEB, "SELECT", OWN.format("root_id") + " AND revoked_at IS NULL", name="child")}
    REVOKE SELECT ON child_credential FROM {WEB};
    GRANT SELECT ({SEEN}) ON child_credential TO {WEB};
    GRANT UPDATE (revoked_at, revoked_by) ON child_credential TO {WEB};
    {jobs("child_credential", "SELECT INSERT", "load")}

    CREATE FUNCTION encircle_credential_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.given_at := encircle_stamp(NEW.given_at);
            RETURN NEW;
        END IF;
        IF OLD.revoked_at IS NOT NULL THEN
            RAISE EXCEPTION 'A credential that was taken back stays so: a new one is given.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'child_credential_taken_back_for_good';
        END IF;
        IF NEW.revoked_at IS NOT NULL THEN
            NEW.revoked_at := clock_timestamp();
            NEW.revoked_by := encircle_actor();
            NEW.session_index := NULL;
            NEW.session_seen_at := NULL;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER child_credential_guard BEFORE INSERT OR UPDATE ON child_credential
        FOR EACH ROW EXECUTE FUNCTION encircle_credential_guard();

    -- What the page may read: these types of facts of its own record, who looked, and no place, no suspect, no name.
    {allow("fact", WEB, "SELECT", OWN.format("root_id") + f" AND type IN ({TOLD}) AND field_group IN ('M', 'F', 'V')"
           " AND compartment IN ('general', 'views')", name="child")}
    {allow("fact", WEB, "INSERT", OWN.format("root_id") + f" AND {SAID}", name="child")}
    {allow("fact_learnt", WEB, "SELECT INSERT", OWN.format("root_id") + f" AND {OF_FACT}", name="child")}
    {allow("subject", WEB, "SELECT", OWN.format("root_id"), name="child")}
    {allow("subject", WEB, "INSERT", OWN.format("root_id") + " AND kind IN ('view', 'complaint')", name="child")}
    {allow("data_key", WEB, "SELECT INSERT", OWN.format("root_id") + " AND compartment IN ('general', 'views')",
           name="child")}
    {allow("journal_entry", WEB, "SELECT", OWN.format("root_id") + " AND agency_id IS NOT NULL", name="child")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0011_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='ChildCredential',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('handle_index', models.BinaryField()),
                ('code_index', models.BinaryField(unique=True)),
                ('given_by', models.CharField(max_length=64)),
                ('given_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('company', models.CharField(max_length=64)),
                ('device', models.CharField(max_length=64)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('revoked_by', models.CharField(max_length=64, null=True)),
                ('used_hour', models.DateTimeField(null=True)),
                ('failed', models.SmallIntegerField(db_default=0)),
                ('slowed_until', models.DateTimeField(null=True)),
                ('session_index', models.BinaryField(null=True)),
                ('session_seen_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'child_credential',
                'constraints': [models.CheckConstraint(condition=models.Q(('given_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('company__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('device__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('revoked_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='child_credential_holds_codes'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('root',), name='child_credential_one_at_a_time'), models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('handle_index',), name='child_credential_handle_once'), models.UniqueConstraint(fields=('session_index',), name='child_credential_session_once')],
            },
        ),
        sql(GUARD),
    ]
