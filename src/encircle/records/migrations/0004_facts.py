"""Facts, when who learnt them, and links: only ever added."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, only_added, sql

BOTH = f"{member('link.root_id')} AND {member('link.other_id')}"
EITHER = f"{member('link.root_id')} OR {member('link.other_id')}"

GUARD = f"""
    ALTER TABLE fact ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY;
    ALTER TABLE fact ADD CONSTRAINT fact_payload_is_sealed
        CHECK (octet_length(payload) >= 29 AND get_byte(payload, 0) = 1);

    {close("fact")} {close("fact_learnt")} {close("link")}
    {allow("fact", WEB, "SELECT INSERT", member("fact.root_id"), name="member")}
    {allow("fact_learnt", WEB, "SELECT INSERT", member("fact_learnt.root_id"), name="member")}
    {allow("link", WEB, "SELECT", EITHER, name="member_of_one")}
    {allow("link", WEB, "INSERT", BOTH, name="member_of_both")}
    {allow("link", WEB, "DELETE", member("link.root_id"), name="member")}
    {jobs("fact", "SELECT", "sweep", "rebuild", "load", "retention")} {jobs("fact", "INSERT", "load")}
    {jobs("fact_learnt", "SELECT", "sweep", "rebuild", "load")} {jobs("fact_learnt", "INSERT", "load")}
    {jobs("link", "SELECT", "sweep", "rebuild", "load")} {jobs("link", "INSERT DELETE", "rebuild", "load")}
    {only_added("fact")} {only_added("fact_learnt")}

    CREATE FUNCTION encircle_matter(root uuid, type text, subject uuid) RETURNS uuid
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN encode(substr(sha256((root::text || '/' || type || '/' || subject::text)::bytea), 1, 16), 'hex')::uuid;

    CREATE FUNCTION encircle_broken(rule text, words text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '%', words USING ERRCODE = 'check_violation', CONSTRAINT = rule;
    END $$;

    CREATE FUNCTION encircle_fact_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        other record;
    BEGIN
        NEW.recorded_at := encircle_stamp(NEW.recorded_at);
        NEW.recorded_by := coalesce(encircle_actor(), current_user);
        NEW.recorded_agency_id := encircle_agency();
        NEW.matter := encircle_matter(NEW.root_id, NEW.type, NEW.subject_id);
        IF NEW.corrects_id IS NOT NULL OR NEW.version_of_id IS NOT NULL OR NEW.withdraws_id IS NOT NULL THEN
            SELECT root_id, type, subject_id, matter INTO other FROM fact
                WHERE id = coalesce(NEW.corrects_id, NEW.version_of_id, NEW.withdraws_id);
            IF NOT FOUND THEN
                PERFORM encircle_broken('fact_refers_to_a_fact', 'The fact that this one refers to is not there.');
            ELSIF NEW.version_of_id IS NULL AND other.root_id <> NEW.root_id THEN
                PERFORM encircle_broken('fact_refers_within_its_root', 'A fact is corrected or withdrawn in its root.');
            ELSIF NEW.withdraws_id IS NULL AND other.type <> NEW.type THEN
                PERFORM encircle_broken('fact_refers_to_its_type', 'A correction or version has the type of the other.');
            ELSIF NEW.corrects_id IS NOT NULL AND other.subject_id <> NEW.subject_id THEN
                PERFORM encircle_broken('fact_corrects_its_subject', 'A correction is about the same subject.');
            END IF;
            IF NEW.withdraws_id IS NOT NULL THEN
                NEW.matter := other.matter;
            END IF;
        END IF;
        IF NOT EXISTS (SELECT 1 FROM subject WHERE id = NEW.subject_id AND root_id = NEW.root_id) THEN
            PERFORM encircle_broken('fact_subject_of_its_root', 'The subject belongs to another root.');
        END IF;
        IF NEW.follows_id IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM fact WHERE id = NEW.follows_id AND matter = NEW.matter) THEN
            PERFORM encircle_broken('fact_follows_its_matter', 'The fact that was read is of another matter.');
        END IF;
        IF NOT EXISTS (SELECT 1 FROM data_key WHERE id = NEW.data_key_id AND root_id = NEW.root_id
                       AND compartment = NEW.compartment) THEN
            PERFORM encircle_broken('fact_sealed_in_its_compartment', 'The key is of another root or compartment.');
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fact_guard BEFORE INSERT ON fact FOR EACH ROW EXECUTE FUNCTION encircle_fact_guard();

    CREATE FUNCTION encircle_learnt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        what record;
    BEGIN
        SELECT root_id, happened_earliest, recorded_at INTO what FROM fact WHERE id = NEW.fact_id;
        IF NOT FOUND THEN
            PERFORM encircle_broken('fact_learnt_of_a_fact', 'The fact that was learnt is not there.');
        END IF;
        NEW.root_id := what.root_id;
        NEW.recorded_at := greatest(encircle_stamp(NEW.recorded_at), what.recorded_at);
        NEW.recorded_by := coalesce(encircle_actor(), current_user);
        IF NEW.at < what.happened_earliest THEN
            PERFORM encircle_broken('fact_not_learnt_before_it_happened', 'It was learnt before it happened.');
        END IF;
        -- The writer's clock and this one may differ by a moment.
        IF NEW.at > NEW.recorded_at + interval '1 minute' THEN
            PERFORM encircle_broken('fact_not_recorded_before_it_was_learnt', 'It was recorded before it was learnt.');
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fact_learnt_guard BEFORE INSERT ON fact_learnt
        FOR EACH ROW EXECUTE FUNCTION encircle_learnt_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0003_data_keys'),
    ]

    operations = [
        migrations.CreateModel(
            name='FactRow',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(editable=False)),
                ('type', models.CharField(max_length=64)),
                ('happened_earliest', models.DateTimeField()),
                ('happened_latest', models.DateTimeField()),
                ('precision', models.CharField(max_length=64)),
                ('zone', models.CharField(max_length=64)),
                ('said_by', models.CharField(max_length=64, null=True)),
                ('certainty', models.CharField(max_length=64)),
                ('field_group', models.CharField(max_length=1)),
                ('regime', models.CharField(max_length=64)),
                ('compartment', models.CharField(max_length=64)),
                ('matter', models.UUIDField(editable=False)),
                ('payload_format', models.SmallIntegerField()),
                ('payload', models.BinaryField()),
                ('received_in', models.UUIDField(null=True)),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('recorded_by', models.CharField(editable=False, max_length=64)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('corrects', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('follows', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('recorded_agency', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
                ('version_of', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('withdraws', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
            ],
            options={
                'db_table': 'fact',
            },
        ),
        migrations.CreateModel(
            name='LearntRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(editable=False)),
                ('recorded_by', models.CharField(editable=False, max_length=64)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('fact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('root', models.ForeignKey(db_index=False, editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'fact_learnt',
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('fact', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.factrow')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'link',
            },
        ),
        migrations.AddIndex(
            model_name='factrow',
            index=models.Index(fields=['root', 'seq'], name='fact_of_root'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('type__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('precision__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('said_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('certainty__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('regime__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('compartment__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('recorded_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='fact_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('zone__regex', '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$')), name='fact_holds_a_zone'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('field_group__regex', '^[A-Z]$')), name='fact_holds_a_field_group'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('happened_earliest__lte', models.F('happened_latest'))), name='fact_happened_earliest_before_latest'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('happened_earliest__lte', models.F('recorded_at'))), name='fact_not_recorded_before_it_happened'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('type', 'withdrawal'), ('withdraws__isnull', False)), models.Q(models.Q(('type', 'withdrawal'), _negated=True), ('withdraws__isnull', True)), _connector='OR'), name='fact_withdrawal_names_a_fact'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('version_of__isnull', True)), models.Q(('corrects__isnull', True), ('withdraws__isnull', True)), models.Q(('version_of__isnull', True), ('withdraws__isnull', True)), _connector='OR'), name='fact_refers_to_one_other'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.UniqueConstraint(fields=('matter', 'follows'), name='fact_followed_once', nulls_distinct=False),
        ),
        migrations.AddIndex(
            model_name='learntrow',
            index=models.Index(fields=['root'], name='fact_learnt_of_root'),
        ),
        migrations.AddConstraint(
            model_name='learntrow',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='fact_learnt_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='learntrow',
            constraint=models.UniqueConstraint(fields=('fact', 'agency', 'at'), name='fact_learnt_once'),
        ),
        migrations.AddConstraint(
            model_name='link',
            constraint=models.CheckConstraint(condition=models.Q(('root', models.F('other')), _negated=True), name='link_joins_two_roots'),
        ),
        sql(GUARD),
    ]
