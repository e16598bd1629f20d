"""Keeping and erasing: legal holds; erasures that two persons decide, and a job carries out. A hold stops it here too."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, allow, close, jobs, member, sql

HOLD, ERASURE = member("legal_hold.root_id"), member("erasure.root_id")
GUARD = f"""
    {close("legal_hold")}
    {allow("legal_hold", WEB, "SELECT", HOLD, name="member")}
    {allow("legal_hold", WEB, "INSERT", f"{HOLD} AND set_by_id::text = (SELECT encircle_actor())", name="member")}
    {allow("legal_hold", WEB, "UPDATE", HOLD, name="member")}
    GRANT UPDATE (until, ended_by) ON legal_hold TO {WEB};
    {jobs("legal_hold", "SELECT", "retention")}

    {close("erasure")}
    {allow("erasure", WEB, "SELECT", ERASURE, name="member")}
    {allow("erasure", WEB, "INSERT", f"{ERASURE} AND asked_by_id::text = (SELECT encircle_actor())", name="member")}
    {allow("erasure", WEB, "UPDATE", ERASURE, name="member")}
    GRANT UPDATE (decided_by_id, decided_at, dropped_by) ON erasure TO {WEB};
    {allow("erasure", JOBS, "SELECT UPDATE", "encircle_purpose() = 'retention'", name="jobs")}
    GRANT UPDATE (done_at, keys, note) ON erasure TO {JOBS};

    CREATE FUNCTION encircle_legal_hold_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.since := now();
        ELSIF NEW.until > OLD.until THEN
            RAISE EXCEPTION 'A legal hold is not made longer: a new one is set.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'legal_hold_is_not_made_longer';
        ELSE
            NEW.ended_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER legal_hold_guard BEFORE INSERT OR UPDATE ON legal_hold
        FOR EACH ROW EXECUTE FUNCTION encircle_legal_hold_guard();

    CREATE FUNCTION encircle_erasure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.asked_at := now();
            NEW.decided_by_id := NULL; NEW.decided_at := NULL; NEW.dropped_by := NULL;
            NEW.done_at := NULL; NEW.keys := NULL; NEW.note := NULL;
            RETURN NEW;
        END IF;
        IF OLD.done_at IS NOT NULL OR OLD.dropped_by IS NOT NULL
           OR (OLD.decided_at IS NOT NULL AND ROW (NEW.decided_by_id, NEW.decided_at)
               IS DISTINCT FROM ROW (OLD.decided_by_id, OLD.decided_at)) THEN
            RAISE EXCEPTION 'An erasure that was decided, done or put aside stays as it is.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'erasure_stands';
        END IF;
        IF (NEW.decided_at IS DISTINCT FROM OLD.decided_at OR NEW.done_at IS NOT NULL)
           AND EXISTS (SELECT FROM legal_hold WHERE root_id = NEW.root_id AND until > now()) THEN
            RAISE EXCEPTION 'A legal hold runs.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'erasure_waits_for_the_hold';
        END IF;
        IF NEW.decided_at IS DISTINCT FROM OLD.decided_at THEN
            NEW.decided_by_id := encircle_actor()::uuid; NEW.decided_at := now();
        END IF;
        IF NEW.dropped_by IS NOT NULL THEN
            NEW.dropped_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER erasure_guard BEFORE INSERT OR UPDATE ON erasure
        FOR EACH ROW EXECUTE FUNCTION encircle_erasure_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0031_passkeys_of_agency'),
    ]

    operations = [
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('parts', models.CharField(max_length=128)),
                ('ground', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('decided_at', models.DateTimeField(null=True)),
                ('dropped_by', models.CharField(max_length=64, null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('keys', models.SmallIntegerField(null=True)),
                ('note', models.BinaryField(null=True)),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'erasure',
                'indexes': [models.Index(fields=['root', 'asked_at'], name='erasure_of_root'), models.Index(condition=models.Q(('decided_at__isnull', False), ('done_at__isnull', True)), fields=['decided_at'], name='erasure_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('parts__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ground__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('dropped_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='erasure_holds_codes'), models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='erasure_holds_a_basis'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='erasure_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', True), ('keys__isnull', True), ('note__isnull', True)), models.Q(('decided_by__isnull', False), ('done_at__isnull', False), ('keys__isnull', False), ('note__isnull', False)), _connector='OR'), name='erasure_done_after_it_was_decided')],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('basis', models.CharField(max_length=64)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField()),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('reason', models.BinaryField()),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'legal_hold',
                'indexes': [models.Index(fields=['root', 'until'], name='legal_hold_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='legal_hold_holds_codes'), models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='legal_hold_holds_a_basis'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='legal_hold_ends_after_it_begins')],
            },
        ),
        sql(GUARD),
    ]
