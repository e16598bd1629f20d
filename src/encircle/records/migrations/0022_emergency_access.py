"""Emergency access: one person of an agency that takes no part opens a record for some hours, and a second one looks at it."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import OWNER, WEB, allow, close, jobs, member, sql

RUNS = "mine.relation <> 'emergency' AND (mine.until IS NULL OR mine.until > now())"


def again(name: str, body: str) -> str:
    """The body of a function of migration 0020, once more: what is open to one person in an emergency is in no list."""
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog, public AS $$
        BEGIN
            {body}
            RETURN NULL;
        END $$;
    """


def roots_of(given: str) -> str:
    """The statement that lists the records of these memberships, or lists them at another place."""
    return f"""
        INSERT INTO root_of_agency (root_id, agency_id, urgency, due_at, made_at)
            SELECT DISTINCT mine.root_id, mine.agency_id, waiting.urgency, waiting.due_at, root.made_at
              FROM {given} JOIN root ON root.id = mine.root_id
              JOIN situation_row AS waiting ON waiting.root_id = mine.root_id
             WHERE {RUNS}
        ON CONFLICT (root_id, agency_id) DO UPDATE SET (urgency, due_at) = ROW (EXCLUDED.urgency, EXCLUDED.due_at)
    """


def calendar_of(given: str) -> str:
    """The same for rows of the calendar."""
    return f"""
        INSERT INTO calendar_of_agency (row_id, root_id, agency_id, field_group, latest)
            SELECT DISTINCT ahead.id, ahead.root_id, mine.agency_id, ahead.field_group, ahead.latest
              FROM {given} WHERE {RUNS}
        ON CONFLICT (row_id, agency_id) DO UPDATE
            SET (field_group, latest) = ROW (EXCLUDED.field_group, EXCLUDED.latest)
    """


ENDED = " AND ".join(
    (
        "listed.root_id = ended.root_id",
        "listed.agency_id = ended.agency_id",
        "NOT EXISTS (SELECT FROM membership AS mine WHERE mine.root_id = ended.root_id"
        f" AND mine.agency_id = ended.agency_id AND {RUNS})",
    )
)
LISTS = f"""
    {again("encircle_member_is_listed", f'''
        {roots_of("given AS mine")};
        {calendar_of("given AS mine JOIN calendar_row AS ahead ON ahead.root_id = mine.root_id")};
    ''')}
    {again("encircle_member_is_unlisted", f'''
        DELETE FROM root_of_agency AS listed USING ended WHERE {ENDED};
        DELETE FROM calendar_of_agency AS listed USING ended WHERE {ENDED};
    ''')}
    {again("encircle_root_is_relisted", f'''
        {roots_of("given JOIN membership AS mine ON mine.root_id = given.root_id")};
    ''')}
    {again("encircle_calendar_is_listed", f'''
        {calendar_of("given AS ahead JOIN membership AS mine ON mine.root_id = ahead.root_id")};
    ''')}
"""
PART = member("emergency_access.root_id")
OWN = "agency_id = (SELECT encircle_agency()) AND person_id::text = (SELECT encircle_actor())"
GUARD = f"""
    {close("emergency_access")}
    {allow("emergency_access", WEB, "SELECT", f"({OWN}) OR {PART}", name="told")}
    {allow("emergency_access", WEB, "INSERT", f"{OWN} AND {PART}", name="own")}
    {allow("emergency_access", WEB, "UPDATE", PART, name="reviewed")}
    GRANT UPDATE (reviewed_at, reviewed_by_id, found, review) ON emergency_access TO {WEB};
    {jobs("emergency_access", "SELECT", "sweep", "rebuild", "load", "retention")}

    -- A review is written once, by who acts.
    CREATE FUNCTION encircle_emergency_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.found IS NOT NULL THEN
            RAISE EXCEPTION 'This was reviewed already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'emergency_access_reviewed_once';
        END IF;
        IF NEW.found IS NULL THEN
            RETURN NEW;
        END IF;
        NEW.reviewed_at := now();
        NEW.reviewed_by_id := encircle_actor()::uuid;
        RETURN NEW;
    END $$;
    CREATE TRIGGER emergency_guard BEFORE UPDATE ON emergency_access
        FOR EACH ROW EXECUTE FUNCTION encircle_emergency_guard();

    -- The one way to become a member by oneself of a record that is there: for who acts alone, for some hours, under the
    -- purpose that says so. It answers alike for no such record and for one in which who acts is an adverse party.
    CREATE POLICY root_in_emergency ON root FOR SELECT TO {OWNER}
        USING (encircle_called_by_another() AND encircle_purpose() = 'emergency');
    CREATE FUNCTION encircle_open_in_emergency(asked text, made uuid, lasts interval) RETURNS uuid
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE found uuid;
    BEGIN
        IF encircle_purpose() IS DISTINCT FROM 'emergency' OR lasts > interval '24 hours' THEN
            RETURN NULL;
        END IF;
        SELECT id INTO found FROM root WHERE number = asked AND kind = 'child' AND NOT EXISTS (
            SELECT FROM membership WHERE root_id = root.id AND agency_id = encircle_agency()
               AND relation = 'adverse' AND (person_id IS NULL OR person_id::text = encircle_actor())
               AND since <= now() AND (until IS NULL OR until > now()));
        IF found IS NOT NULL THEN
            INSERT INTO membership (id, root_id, agency_id, person_id, relation, since, until)
                VALUES (made, found, encircle_agency(), encircle_actor()::uuid, 'emergency', now(), now() + lasts);
        END IF;
        RETURN found;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_open_in_emergency(text, uuid, interval) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_open_in_emergency(text, uuid, interval) TO {WEB};

    -- How often, by agency: it tells of agencies, and of no child.
    CREATE POLICY emergency_access_counted ON emergency_access FOR SELECT TO {OWNER}
        USING (encircle_called_by_another() AND encircle_purpose() = 'account_for');
    CREATE FUNCTION encircle_emergencies(since timestamptz) RETURNS TABLE
        (agency uuid, opened bigint, needed bigint, not_needed bigint, late bigint)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
            SELECT agency_id, count(*), count(*) FILTER (WHERE found = 'needed'),
                   count(*) FILTER (WHERE found = 'not_needed'),
                   count(*) FILTER (WHERE found IS NULL AND review_by < now())
              FROM emergency_access WHERE began_at >= since GROUP BY agency_id
        $$;
    REVOKE EXECUTE ON FUNCTION encircle_emergencies(timestamptz) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_emergencies(timestamptz) TO {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0021_notices'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('began_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('review_by', models.DateTimeField(null=True)),
                ('reason', models.BinaryField()),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('found', models.CharField(max_length=64, null=True)),
                ('review', models.BinaryField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('membership', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.membership')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('reviewed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'emergency_access',
                'indexes': [models.Index(fields=['root', 'began_at'], name='emergency_access_of_root'), models.Index(fields=['agency', 'began_at'], name='emergency_access_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('found__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='emergency_access_holds_codes'), models.CheckConstraint(condition=models.Q(('reviewed_by__isnull', True), models.Q(('reviewed_by', models.F('person')), _negated=True), _connector='OR'), name='emergency_access_reviewed_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('found__isnull', True), ('reviewed_at__isnull', True), ('reviewed_by__isnull', True)), models.Q(('found__isnull', False), ('reviewed_at__isnull', False), ('reviewed_by__isnull', False)), _connector='OR'), name='emergency_access_reviewed_as_a_whole')],
            },
        ),
        sql(GUARD),
        sql(LISTS),
    ]
