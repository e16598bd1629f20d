"""Offers: a referral waits for its answer; nothing of the record opens until the agency accepts, in time."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, member, sql

PART = member("referral_offer.root_id")
AGAINST = (
    "EXISTS (SELECT FROM membership AS against WHERE against.root_id = referral_offer.root_id"
    " AND against.agency_id = (SELECT encircle_agency()) AND against.relation = 'adverse'"
    " AND (against.person_id IS NULL OR against.person_id::text = (SELECT encircle_actor()))"
    " AND against.since <= now() AND (against.until IS NULL OR against.until > now()))"
)
WAITS = "referral_offer.outcome IS NULL AND referral_offer.until > now()"
MINE = f"agency_id = (SELECT encircle_agency()) AND {WAITS} AND NOT {AGAINST}"
ANSWERING = "encircle_called_by_another() AND encircle_purpose() = 'cooperate'"
GUARD = f"""
    {close("referral_offer")}
    {allow("referral_offer", WEB, "SELECT", f"({PART}) OR ({MINE})", name="told")}
    {allow("referral_offer", WEB, "INSERT", f"giver_id = (SELECT encircle_agency()) AND {PART}", name="given")}
    {allow("referral_offer", WEB, "UPDATE", PART, name="withdrawn")}
    GRANT UPDATE (outcome) ON referral_offer TO {WEB};
    {jobs("referral_offer", "SELECT", "sweep", "rebuild", "load", "retention")}
    {allow("referral_offer", WEB, "DELETE", PART, name="erased")}
    {allow("referral_offer", JOBS, "DELETE", "encircle_purpose() = 'retention'", name="erased_by_jobs")}
    CREATE POLICY referral_offer_answered ON referral_offer TO {OWNER} USING ({ANSWERING}) WITH CHECK ({ANSWERING});
    CREATE POLICY notice_answered ON notice TO {OWNER} USING ({ANSWERING}) WITH CHECK ({ANSWERING});

    -- How it ends is written once, by who acts. What is asked, of whom and until when stays as it was.
    CREATE FUNCTION encircle_referral_offer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.offered_at := now();
            NEW.offered_by := encircle_actor();
            NEW.until := least(NEW.until, now() + interval '31 days');
            RETURN NEW;
        END IF;
        IF OLD.outcome IS NOT NULL THEN
            RAISE EXCEPTION 'This offer has ended already.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'referral_offer_ends_once';
        END IF;
        NEW.ended_at := now();
        NEW.ended_by := encircle_actor();
        RETURN NEW;
    END $$;
    CREATE TRIGGER referral_offer_guard BEFORE INSERT OR UPDATE ON referral_offer
        FOR EACH ROW EXECUTE FUNCTION encircle_referral_offer_guard();

    -- The one way from an offer into the record: the agency to which it was made accepts while it waits, and no earlier
    -- part of it stands against the child. It answers alike for no such offer, one of others, one that has ended.
    CREATE FUNCTION encircle_answer_offer(offer uuid, made uuid, answer text, reason text) RETURNS uuid
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    DECLARE found referral_offer%ROWTYPE;
    BEGIN
        IF encircle_purpose() IS DISTINCT FROM 'cooperate' OR answer NOT IN ('accepted', 'declined') THEN
            RETURN NULL;
        END IF;
        UPDATE referral_offer SET outcome = answer, because = reason
         WHERE id = offer AND {MINE} RETURNING * INTO found;
        IF found.id IS NULL THEN
            RETURN NULL;
        END IF;
        IF answer = 'accepted' THEN
            INSERT INTO membership (id, root_id, agency_id, relation, basis, since)
                VALUES (made, found.root_id, found.agency_id, 'referred', found.basis, now());
        END IF;
        UPDATE notice SET settled_at = now(), send_at = NULL, higher_at = NULL
         WHERE root_id = found.root_id AND kind = 'offered' AND subject_id = found.subject_id AND settled_at IS NULL;
        INSERT INTO notice (root_id, kind, code, subject_id, agency_id, acted_id)
            VALUES (found.root_id, 'offer_answered', 'R2', found.subject_id, found.giver_id, found.giver_id)
            ON CONFLICT DO NOTHING;
        RETURN found.root_id;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_answer_offer(uuid, uuid, text, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_answer_offer(uuid, uuid, text, text) TO {WEB};
"""
CODE = '^[a-z0-9][a-z0-9_.:-]*$'


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0036_linked_identity'),
    ]

    operations = [
        migrations.CreateModel(
            name='ReferralOffer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('offered_by', models.CharField(max_length=64)),
                ('offered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField()),
                ('asked', models.CharField(max_length=64)),
                ('need', models.CharField(max_length=64)),
                ('urgency', models.CharField(max_length=64)),
                ('age', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=64)),
                ('outcome', models.CharField(max_length=64, null=True)),
                ('because', models.CharField(max_length=64, null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('giver', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'referral_offer',
                'indexes': [models.Index(condition=models.Q(('outcome__isnull', True)), fields=['agency', 'until'], name='referral_offer_waiting'), models.Index(fields=['root', 'offered_at'], name='referral_offer_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(*((f'{column}__regex', CODE) for column in ('asked', 'need', 'urgency', 'age', 'outcome', 'because', 'offered_by', 'ended_by'))), name='referral_offer_holds_codes'), models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='referral_offer_holds_a_basis'), models.CheckConstraint(condition=models.Q(('agency', models.F('giver')), _negated=True), name='referral_offer_is_to_another'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True), ('outcome__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome__isnull', False)), _connector='OR'), name='referral_offer_ends_as_a_whole'), models.CheckConstraint(condition=models.Q(('because__isnull', True), ('outcome', 'declined'), _connector='OR'), name='referral_offer_declined_with_a_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('relation', 'offered'), _negated=True), name='membership_is_more_than_an_offer'),
        ),
        sql(GUARD),
    ]
