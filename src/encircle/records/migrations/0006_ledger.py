"""Rows derived from facts: duties, alarms, situations, open fields, name keys."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import OWNER, WEB, allow, close, jobs, member, sql

DUTY = f"(root_id IS NOT NULL AND {member('duty_row.root_id')}) OR (root_id IS NULL AND agency_id = encircle_agency())"
DERIVED = ("sweep", "rebuild", "load", "retention")


def derived(table: str, seen: str) -> str:
    """A table that is made of facts: members and jobs write and remove its rows."""
    return (
        close(table)
        + allow(table, WEB, "SELECT INSERT UPDATE DELETE", seen, name="member")
        + f"GRANT UPDATE ON {table} TO {WEB};"
        + jobs(table, "SELECT INSERT UPDATE DELETE", *DERIVED)
    )


GUARD = f"""
    {derived("duty_row", DUTY)}
    {"".join(derived(t, member(f"{t}.root_id")) for t in ("alarm_row", "situation_row", "open_field", "name_key"))}

    -- A root is in the lists from its first moment on; a sweep computes it.
    CREATE FUNCTION encircle_root_is_listed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO situation_row (root_id, facts, codes, pack, through_seq, computed_at, next_change_at)
            VALUES (NEW.id, 0, '{{}}', 'none', 0, now(), now());
        RETURN NULL;
    END $$;
    CREATE TRIGGER root_c_is_listed AFTER INSERT ON root FOR EACH ROW EXECUTE FUNCTION encircle_root_is_listed();

    -- Who takes part, and which records are one child, changes what is derived, also for members who are not told of
    -- it: a sweep computes those records anew. Locked in one order, so that two who do this never wait for each other.
    CREATE POLICY situation_row_asked ON situation_row FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY situation_row_marked ON situation_row FOR UPDATE TO {OWNER}
        USING (encircle_called_by_another()) WITH CHECK (encircle_called_by_another());
    CREATE FUNCTION encircle_compute_anew() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    DECLARE
        changed jsonb := to_jsonb(coalesce(NEW, OLD));
        roots uuid[] := ARRAY[(changed ->> 'root_id')::uuid, (changed ->> 'other_id')::uuid];
    BEGIN
        PERFORM FROM situation_row WHERE root_id = ANY(roots) ORDER BY root_id FOR UPDATE;
        UPDATE situation_row SET next_change_at = now() WHERE root_id = ANY(roots);
        RETURN NULL;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_compute_anew() FROM PUBLIC;
    CREATE TRIGGER membership_moves_the_ledger AFTER INSERT OR UPDATE ON membership
        FOR EACH ROW EXECUTE FUNCTION encircle_compute_anew();
    CREATE TRIGGER link_moves_the_ledger AFTER INSERT OR DELETE ON link
        FOR EACH ROW EXECUTE FUNCTION encircle_compute_anew();

    -- Flags, numbers, times and codes; a text with a space or a capital among its letters is none of them.
    ALTER TABLE situation_row ADD CONSTRAINT situation_row_codes_are_codes CHECK (NOT jsonb_path_exists(
        codes, '$.** ? (@.type() == "string" && !(@ like_regex "^([a-z0-9_.:+TZ-]{{1,64}}|[A-Z]{{2}})$"))'));
    ALTER TABLE duty_row ADD CONSTRAINT duty_row_lists_codes CHECK (
        array_to_string(missing || unknown, ' ') ~ '^([a-z0-9][a-z0-9_.:-]{{0,63}}( |$))*$');
    ALTER TABLE name_key ADD CONSTRAINT name_key_is_a_keyed_hash CHECK (octet_length(key) = 16);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0005_journal'),
    ]

    operations = [
        migrations.CreateModel(
            name='AlarmRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=32)),
                ('pack', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=64)),
                ('at', models.DateTimeField(null=True)),
                ('override', models.CharField(max_length=64, null=True)),
                ('escalated', models.SmallIntegerField(db_default=0)),
                ('next_change_at', models.DateTimeField(null=True)),
                ('through_seq', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('by_fact', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('settled_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'alarm_row',
                'indexes': [models.Index(fields=['agency', 'state', 'at'], name='alarm_row_work_list'), models.Index(fields=['next_change_at'], name='alarm_row_next_change')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('override__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='alarm_row_holds_codes'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$')), name='alarm_row_holds_a_rule'), models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]{0,63}$')), name='alarm_row_holds_a_pack'), models.UniqueConstraint(fields=('root', 'code', 'subject'), name='alarm_row_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='DutyRow',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('scope', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=32)),
                ('pack', models.CharField(max_length=64)),
                ('state', models.CharField(max_length=64)),
                ('owner', models.CharField(max_length=64)),
                ('kind', models.CharField(max_length=64)),
                ('urgency', models.SmallIntegerField(null=True)),
                ('raised_at', models.DateTimeField(null=True)),
                ('due_earliest', models.DateTimeField(null=True)),
                ('due_latest', models.DateTimeField(null=True)),
                ('next_change_at', models.DateTimeField(null=True)),
                ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('unknown', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, size=None)),
                ('by_facts', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('through_seq', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'duty_row',
                'indexes': [models.Index(condition=models.Q(('urgency__isnull', False)), fields=['agency', 'urgency', 'due_latest', 'raised_at', 'id'], name='duty_row_work_list'), models.Index(condition=models.Q(('agency__isnull', True), ('urgency__isnull', False)), fields=['owner', 'urgency', 'due_latest', 'raised_at', 'id'], name='duty_row_without_agency'), models.Index(fields=['next_change_at'], name='duty_row_next_change')],
                'constraints': [models.CheckConstraint(condition=models.Q(('scope__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('state__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('owner__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('kind__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='duty_row_holds_codes'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$')), name='duty_row_holds_a_rule'), models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]{0,63}$')), name='duty_row_holds_a_pack'), models.CheckConstraint(condition=models.Q(models.Q(('root__isnull', False), ('scope__in', ('child', 'report'))), models.Q(('root__isnull', True), ('scope__in', ('person', 'agency', 'installation'))), _connector='OR'), name='duty_row_scope_has_its_root'), models.UniqueConstraint(fields=('root', 'agency', 'person', 'code', 'subject'), name='duty_row_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('key', models.BinaryField()),
                ('fact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('root', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'name_key',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='name_key_holds_codes'), models.UniqueConstraint(fields=('key', 'fact', 'kind'), name='name_key_once')],
            },
        ),
        migrations.CreateModel(
            name='OpenField',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('field', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=64, null=True)),
                ('number', models.BigIntegerField(null=True)),
                ('flag', models.BooleanField(null=True)),
                ('earliest', models.DateTimeField(null=True)),
                ('latest', models.DateTimeField(null=True)),
                ('fact', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.factrow')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'open_field',
                'indexes': [models.Index(fields=['root', 'field'], name='open_field_of_root'), models.Index(fields=['fact'], name='open_field_of_fact')],
                'constraints': [models.CheckConstraint(condition=models.Q(('field__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('code__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='open_field_holds_codes'), models.CheckConstraint(condition=models.Q(models.Q(('earliest__isnull', True), ('latest__isnull', True)), models.Q(('earliest__isnull', False), ('earliest__lte', models.F('latest')), ('latest__isnull', False)), _connector='OR'), name='open_field_time_has_both_ends')],
            },
        ),
        migrations.CreateModel(
            name='SituationRow',
            fields=[
                ('root', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.root')),
                ('protection', models.CharField(max_length=64, null=True)),
                ('age_basis', models.CharField(max_length=64, null=True)),
                ('parental_care', models.CharField(max_length=64, null=True)),
                ('location', models.CharField(max_length=64, null=True)),
                ('region', models.CharField(max_length=64, null=True)),
                ('facts', models.IntegerField()),
                ('codes', models.JSONField()),
                ('urgency', models.SmallIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('pack', models.CharField(max_length=64)),
                ('next_change_at', models.DateTimeField(null=True)),
                ('through_seq', models.BigIntegerField()),
                ('computed_at', models.DateTimeField()),
                ('case_lead', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'situation_row',
                'indexes': [models.Index(fields=['region', 'protection', 'computed_at'], name='situation_row_list'), models.Index(fields=['next_change_at'], name='situation_row_next_change'), models.Index(fields=['urgency', 'due_at', 'root'], name='situation_row_waiting'), django.contrib.postgres.indexes.GinIndex(fields=['codes'], name='situation_row_codes', opclasses=('jsonb_path_ops',))],
                'constraints': [models.CheckConstraint(condition=models.Q(('protection__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('age_basis__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('parental_care__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('location__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='situation_row_holds_codes'), models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]{0,63}$')), name='situation_row_holds_a_pack')],
            },
        ),
        sql(GUARD),
    ]
