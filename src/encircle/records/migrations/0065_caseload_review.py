"""Caseload reviews: an agency goes through the children it works with; nobody else sees that, and answers are only added."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, sql

OWN = "agency_id = (SELECT encircle_agency())"
CHILD = f"{OWN} AND (root_id IS NULL OR {member('caseload_child.root_id')})"
ANSWER = f"{OWN} AND (root_id IS NULL OR {member('caseload_answer.root_id')})"
OF_ITS_REVIEW = (
    f"{CHILD} AND EXISTS (SELECT FROM caseload_review AS review WHERE review.id = caseload_child.review_id)"
)
OF_ITS_CHILD = (
    f"{ANSWER} AND EXISTS (SELECT FROM caseload_child AS child WHERE child.id = caseload_answer.child_id"
    " AND child.root_id IS NOT DISTINCT FROM caseload_answer.root_id)"
)
GUARD = f"""
    {close("caseload_review")}
    {close("caseload_child")}
    {close("caseload_answer")}
    {allow("caseload_review", WEB, "SELECT INSERT", OWN, name="own")}
    {allow("caseload_child", WEB, "SELECT", CHILD, name="own")}
    {allow("caseload_child", WEB, "INSERT", OF_ITS_REVIEW, name="started")}
    {allow("caseload_child", WEB, "UPDATE", f"{OWN} AND root_id IS NULL", name="forgotten")}
    GRANT UPDATE (reference, data_key_id) ON caseload_child TO {WEB};
    {allow("caseload_answer", WEB, "SELECT", ANSWER, name="own")}
    {allow("caseload_answer", WEB, "INSERT", OF_ITS_CHILD, name="given")}
    {allow("caseload_child", WEB, "DELETE", f"root_id IS NOT NULL AND {CHILD}", name="erased")}
    {allow("caseload_answer", WEB, "DELETE", f"root_id IS NOT NULL AND {ANSWER}", name="erased")}
    {jobs("caseload_child", "SELECT DELETE", "retention")}
    {jobs("caseload_answer", "SELECT DELETE", "retention")}

    -- Who does it, and when, the database says itself.
    CREATE FUNCTION encircle_caseload_review_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.started_at := now();
        NEW.started_by := encircle_actor();
        RETURN NEW;
    END $$;
    CREATE TRIGGER caseload_review_guard BEFORE INSERT ON caseload_review
        FOR EACH ROW EXECUTE FUNCTION encircle_caseload_review_guard();
    CREATE FUNCTION encircle_caseload_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        NEW.answered_at := now();
        NEW.answered_by := encircle_actor();
        RETURN NEW;
    END $$;
    CREATE TRIGGER caseload_answer_guard BEFORE INSERT ON caseload_answer
        FOR EACH ROW EXECUTE FUNCTION encircle_caseload_answer_guard();

    -- Of a child that stands in a review nothing changes but that its number is deleted, for good.
    CREATE FUNCTION encircle_caseload_child_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.reference IS NOT NULL OR (to_jsonb(NEW) - ARRAY['reference', 'data_key_id', 'forgotten_at'])
            IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['reference', 'data_key_id', 'forgotten_at']) THEN
            RAISE EXCEPTION 'A child in a review is not changed.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'caseload_child_is_not_changed';
        END IF;
        NEW.data_key_id := NULL;
        NEW.forgotten_at := coalesce(OLD.forgotten_at, now());
        RETURN NEW;
    END $$;
    CREATE TRIGGER caseload_child_guard BEFORE UPDATE ON caseload_child
        FOR EACH ROW EXECUTE FUNCTION encircle_caseload_child_guard();

    -- A review and an answer stay as they are; an answer goes with the erasure of its record alone.
    CREATE TRIGGER caseload_review_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON caseload_review
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
    CREATE TRIGGER caseload_answer_stays BEFORE UPDATE OR TRUNCATE ON caseload_answer
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0063_report_keeping'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseloadReview',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('setting', models.CharField(max_length=64)),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('started_by', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'caseload_review',
            },
        ),
        migrations.CreateModel(
            name='CaseloadChild',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('place', models.IntegerField()),
                ('reference', models.BinaryField(null=True)),
                ('forgotten_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('data_key', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('review', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.caseloadreview')),
            ],
            options={
                'db_table': 'caseload_child',
            },
        ),
        migrations.CreateModel(
            name='CaseloadAnswer',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.IntegerField()),
                ('outcome', models.CharField(max_length=64)),
                ('again_on', models.DateField(null=True)),
                ('said', models.BinaryField()),
                ('answered_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answered_by', models.CharField(max_length=64)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('concern', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('child', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.caseloadchild')),
            ],
            options={
                'db_table': 'caseload_answer',
                'indexes': [models.Index(condition=models.Q(('again_on__isnull', False)), fields=['agency', 'again_on'], name='caseload_answer_again'), models.Index(condition=models.Q(('root__isnull', False)), fields=['root'], name='caseload_answer_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(('outcome__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('answered_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='caseload_answer_holds_codes'), models.CheckConstraint(condition=models.Q(models.Q(('again_on__isnull', False), ('outcome', 'look_again')), models.Q(models.Q(('outcome', 'look_again'), _negated=True), ('again_on__isnull', True)), _connector='OR'), name='caseload_answer_again_on_a_day'), models.CheckConstraint(condition=models.Q(models.Q(('concern__isnull', False), ('outcome', 'triage')), models.Q(models.Q(('outcome', 'triage'), _negated=True), ('concern__isnull', True)), _connector='OR'), name='caseload_answer_triage_with_a_concern'), models.UniqueConstraint(fields=('child', 'number'), name='caseload_answer_next_once')],
            },
        ),
        migrations.AddIndex(
            model_name='caseloadreview',
            index=models.Index(fields=['agency', '-started_at'], name='caseload_review_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='caseloadreview',
            constraint=models.CheckConstraint(condition=models.Q(('setting__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('started_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='caseload_review_holds_codes'),
        ),
        migrations.AddIndex(
            model_name='caseloadchild',
            index=models.Index(condition=models.Q(('root__isnull', False)), fields=['root'], name='caseload_child_of_root'),
        ),
        migrations.AddConstraint(
            model_name='caseloadchild',
            constraint=models.CheckConstraint(condition=models.Q(('root__isnull', True), models.Q(('forgotten_at__isnull', True), ('reference__isnull', True)), _connector='OR'), name='caseload_child_by_record_or_number'),
        ),
        migrations.AddConstraint(
            model_name='caseloadchild',
            constraint=models.CheckConstraint(condition=models.Q(('root__isnull', False), models.Q(('data_key__isnull', False), ('forgotten_at__isnull', True), ('reference__isnull', False)), models.Q(('forgotten_at__isnull', False), ('reference__isnull', True)), _connector='OR'), name='caseload_child_is_known_or_forgotten'),
        ),
        migrations.AddConstraint(
            model_name='caseloadchild',
            constraint=models.UniqueConstraint(fields=('review', 'place'), name='caseload_child_in_its_place'),
        ),
        migrations.AddConstraint(
            model_name='caseloadchild',
            constraint=models.UniqueConstraint(condition=models.Q(('root__isnull', False)), fields=('review', 'root'), name='caseload_child_once'),
        ),
        sql(GUARD),
    ]
