"""The journal: entries and leaves by all, the tree by the sequencer."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, WEB, allow, close, jobs, member, only_added, sql

SEEN = f"(root_id IS NOT NULL AND {member('journal_entry.root_id')}) OR agency_id = encircle_agency()"
OWN = "agency_id IS NOT DISTINCT FROM encircle_agency() AND actor = encircle_actor()"

GUARD = f"""
    ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_salted CHECK (octet_length(salt) = 16);
    ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_body_is_sealed
        CHECK (body IS NULL OR (octet_length(body) >= 29 AND get_byte(body, 0) = 1));
    ALTER TABLE journal_entry ADD CONSTRAINT journal_entry_lists_field_groups
        CHECK (array_to_string(field_groups, '') ~ '^[A-Z]*$');
    ALTER TABLE journal_leaf ADD CONSTRAINT journal_leaf_is_a_hash CHECK (octet_length(hash) = 32);
    ALTER TABLE journal_node ADD CONSTRAINT journal_node_is_a_hash CHECK (octet_length(hash) = 32);

    {close("journal_entry")} {close("journal_leaf")} {close("journal_node")} {close("journal_checkpoint")}

    {allow("journal_entry", WEB, "SELECT", SEEN, name="member")}
    {allow("journal_entry", WEB, "INSERT", OWN, name="own")}
    {allow("journal_entry", DOOR, "INSERT", OWN, name="door")}
    {jobs("journal_entry", "SELECT", "sequence", "verify")}
    {jobs("journal_entry", "INSERT", "sweep", "rebuild", "load", "operate", "rewrap", "retention", "sequence")}

    -- A leaf is a salted hash: it tells nothing, so whoever may write an entry may read leaves for a proof.
    {allow("journal_leaf", WEB, "SELECT", "true", name="proof")}
    {allow("journal_leaf", WEB, "INSERT", "position IS NULL", name="unplaced")}
    {allow("journal_leaf", DOOR, "INSERT", "position IS NULL", name="door")}
    {jobs("journal_leaf", "SELECT", "sequence", "verify")}
    {jobs("journal_leaf", "INSERT", "sweep", "rebuild", "load", "operate", "rewrap", "retention", "sequence")}
    {allow("journal_leaf", JOBS, "UPDATE", "encircle_purpose() = 'sequence'", name="sequence")}
    GRANT UPDATE (position) ON journal_leaf TO {JOBS};
    {allow("journal_node", WEB, "SELECT", "true", name="proof")}
    {jobs("journal_node", "SELECT", "sequence", "verify")} {jobs("journal_node", "INSERT", "sequence")}
    {allow("journal_checkpoint", WEB, "SELECT", "true", name="proof")}
    {jobs("journal_checkpoint", "SELECT", "sequence", "verify")} {jobs("journal_checkpoint", "INSERT", "sequence")}

    {only_added("journal_entry")} {only_added("journal_node")} {only_added("journal_checkpoint")}

    CREATE FUNCTION encircle_leaf_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'UPDATE' OR OLD.position IS NOT NULL OR NEW.position IS NULL
           OR (NEW.id, NEW.entry, NEW.hash) IS DISTINCT FROM (OLD.id, OLD.entry, OLD.hash) THEN
            RAISE EXCEPTION 'A leaf is only given its position, once.'
                USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER journal_leaf_is_placed_once BEFORE UPDATE OR DELETE ON journal_leaf
        FOR EACH ROW EXECUTE FUNCTION encircle_leaf_guard();
    ALTER TABLE journal_leaf ENABLE ALWAYS TRIGGER journal_leaf_is_placed_once;
    CREATE TRIGGER journal_leaf_is_not_emptied BEFORE TRUNCATE ON journal_leaf
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
    ALTER TABLE journal_leaf ENABLE ALWAYS TRIGGER journal_leaf_is_not_emptied;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0004_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='JournalCheckpoint',
            fields=[
                ('size', models.BigIntegerField(primary_key=True, serialize=False)),
                ('tree_root', models.BinaryField()),
                ('note', models.BinaryField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'journal_checkpoint',
            },
        ),
        migrations.CreateModel(
            name='JournalNode',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'db_table': 'journal_node',
            },
        ),
        migrations.CreateModel(
            name='JournalLeaf',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('entry', models.UUIDField(unique=True)),
                ('hash', models.BinaryField()),
                ('position', models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                'db_table': 'journal_leaf',
                'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['id'], name='journal_leaf_waiting')],
            },
        ),
        migrations.CreateModel(
            name='JournalEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('kind', models.CharField(max_length=64)),
                ('actor', models.CharField(max_length=64)),
                ('role', models.CharField(max_length=64, null=True)),
                ('purpose', models.CharField(max_length=64, null=True)),
                ('legal_basis', models.CharField(max_length=64, null=True)),
                ('regime', models.CharField(max_length=64, null=True)),
                ('field_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=1), size=None)),
                ('root', models.UUIDField(db_column='root_id', null=True)),
                ('duty', models.CharField(max_length=32, null=True)),
                ('outcome', models.CharField(max_length=64)),
                ('body', models.BinaryField(null=True)),
                ('salt', models.BinaryField()),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('data_key', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
            ],
            options={
                'db_table': 'journal_entry',
                'indexes': [models.Index(fields=['root', 'at'], name='journal_entry_of_root'), models.Index(fields=['agency', 'at'], name='journal_entry_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('actor__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('purpose__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('regime__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('outcome__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='journal_entry_holds_codes'), models.CheckConstraint(condition=models.Q(('legal_basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='journal_entry_holds_a_basis'), models.CheckConstraint(condition=models.Q(('duty__regex', '^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$')), name='journal_entry_holds_a_rule'), models.CheckConstraint(condition=models.Q(models.Q(('body__isnull', True), ('data_key__isnull', True)), models.Q(('body__isnull', False), ('data_key__isnull', False)), _connector='OR'), name='journal_entry_body_has_a_key')],
            },
        ),
        sql(GUARD),
    ]
