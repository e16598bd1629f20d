"""Asking the owner: a name and a day of birth may be answered by whom to ask, and by nothing else; some times a day."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import OWNER, WEB, allow, close, jobs, member, sql

OWN = "agency_id = (SELECT encircle_agency()) AND person_id::text = (SELECT encircle_actor())"
PART = member("owner_question.root_id")
ASKING = "encircle_called_by_another() AND encircle_purpose() = 'ask_owner'"
GUARD = f"""
    {close("owner_question")}
    {allow("owner_question", WEB, "SELECT", f"({OWN}) OR {PART}", name="told")}
    {allow("owner_question", WEB, "UPDATE", PART, name="answered")}
    GRANT UPDATE (answered_at, answered_by_id, answer) ON owner_question TO {WEB};
    {jobs("owner_question", "SELECT", "sweep", "rebuild", "load", "retention")}
    CREATE POLICY owner_question_asked ON owner_question TO {OWNER} USING ({ASKING}) WITH CHECK ({ASKING});
    CREATE POLICY root_asked_of ON root FOR SELECT TO {OWNER} USING ({ASKING});
    CREATE POLICY name_key_asked_of ON name_key FOR SELECT TO {OWNER} USING ({ASKING});
    CREATE POLICY situation_row_asked_of ON situation_row FOR SELECT TO {OWNER} USING ({ASKING});
    CREATE POLICY notice_asked_of ON notice FOR INSERT TO {OWNER} WITH CHECK ({ASKING});

    CREATE FUNCTION encircle_owner_question_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.answer IS NOT NULL THEN
            RAISE EXCEPTION 'This was answered already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'owner_question_answered_once';
        END IF;
        NEW.answered_at := now();
        NEW.answered_by_id := encircle_actor()::uuid;
        RETURN NEW;
    END $$;
    CREATE TRIGGER owner_question_guard BEFORE UPDATE ON owner_question
        FOR EACH ROW EXECUTE FUNCTION encircle_owner_question_guard();

    -- The one question about records of others that is answered, and only by whom to ask. A day of birth that is known to
    -- no more than a year is no second fact; each word of the name has to be on record as it is spelled in plain letters. No record: none, several, one of an owner who lets nobody in, one with a flag
    -- against contact, one in which who asks has any part, an adverse one too. So many a day, whatever is found.
    CREATE FUNCTION encircle_ask_owner(
        asked uuid, keys bytea[], of_part integer[], born date, visits text, as_role text, owners text[], a_day integer
    ) RETURNS TABLE (of_root uuid, of_owner uuid)
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE found uuid[]; owner_found uuid;
    BEGIN
        IF encircle_purpose() IS DISTINCT FROM 'ask_owner' THEN
            RETURN;
        END IF;
        PERFORM pg_advisory_xact_lock(hashtext('ask_owner'), hashtext(encircle_actor()));
        IF EXISTS (SELECT FROM owner_question WHERE id = asked) THEN
            RETURN QUERY SELECT root_id, owner_id FROM owner_question WHERE id = asked AND root_id IS NOT NULL
                AND person_id::text = encircle_actor();
            RETURN;
        END IF;
        IF (SELECT count(*) FROM owner_question WHERE person_id = encircle_actor()::uuid
              AND asked_at > now() - interval '24 hours') >= least(a_day, 20) THEN
            RAISE EXCEPTION 'So many questions a day.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'owner_question_so_many_a_day';
        END IF;
        SELECT array_agg(alike.root_id) INTO found
          FROM (SELECT named.root_id FROM unnest(keys, of_part) AS given (key, part)
                  JOIN name_key AS named ON named.key = given.key AND named.kind = 'part'
                 GROUP BY named.root_id
                HAVING count(DISTINCT given.part) = (SELECT count(DISTINCT one) FROM unnest(of_part) AS one)) AS alike
          JOIN root ON root.id = alike.root_id AND root.kind = 'child'
          JOIN situation_row AS row ON row.root_id = alike.root_id
         WHERE (row.codes -> 'turns_18' ->> 1)::timestamptz - (row.codes -> 'turns_18' ->> 0)::timestamptz
               <= interval '366 days'
           AND (born + interval '18 years') BETWEEN (row.codes -> 'turns_18' ->> 0)::timestamptz - interval '1 day'
               AND (row.codes -> 'turns_18' ->> 1)::timestamptz + interval '1 day';
        IF cardinality(found) = 1 THEN
            SELECT agency.id INTO owner_found FROM root
              JOIN situation_row AS row ON row.root_id = root.id
              JOIN agency ON agency.id = coalesce(row.case_lead_id, root.opened_by_id)
             WHERE root.id = found[1] AND agency.role = ANY (owners)
               AND (row.codes ->> 'do_not_contact') IS DISTINCT FROM 'true'
               AND NOT EXISTS (SELECT FROM membership WHERE root_id = root.id AND agency_id = encircle_agency());
        END IF;
        INSERT INTO owner_question (id, agency_id, person_id, role, visit, root_id, owner_id, asked_at)
            VALUES (asked, encircle_agency(), encircle_actor()::uuid, as_role, visits,
                    CASE WHEN owner_found IS NULL THEN NULL ELSE found[1] END, owner_found, now());
        IF owner_found IS NOT NULL THEN
            INSERT INTO notice (root_id, kind, code, agency_id, acted_id)
                VALUES (found[1], 'owner_asked', 'Q1', owner_found, owner_found) ON CONFLICT DO NOTHING;
            RETURN QUERY SELECT found[1], owner_found;
        END IF;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_ask_owner(uuid, bytea[], integer[], date, text, text, text[], integer) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_ask_owner(uuid, bytea[], integer[], date, text, text, text[], integer) TO {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0032_keeping'),
    ]

    operations = [
        migrations.CreateModel(
            name='OwnerQuestion',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=64)),
                ('visit', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answered_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(max_length=64, null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('answered_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('owner', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'owner_question',
                'indexes': [models.Index(fields=['person', 'asked_at'], name='owner_question_of_person'), models.Index(fields=['agency', 'asked_at'], name='owner_question_of_agency'), models.Index(fields=['root', 'asked_at'], name='owner_question_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('visit__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('answer__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='owner_question_holds_codes'), models.CheckConstraint(condition=models.Q(models.Q(('owner__isnull', True), ('root__isnull', True)), models.Q(('owner__isnull', False), ('root__isnull', False)), _connector='OR'), name='owner_question_names_an_owner'), models.CheckConstraint(condition=models.Q(models.Q(('answer__isnull', True), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answer__isnull', False), ('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='owner_question_answered_as_a_whole')],
            },
        ),
        sql(GUARD),
    ]
