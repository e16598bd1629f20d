"""Data keys: theirs whose root it is; destroyed for good."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, sql

OWN = f"(root_id IS NOT NULL AND {member('data_key.root_id')}) OR agency_id = encircle_agency()"

GUARD = f"""
    {close("data_key")}
    {allow("data_key", WEB, "SELECT INSERT UPDATE", OWN, name="member")}
    GRANT UPDATE (wrapped, retired_at, destroyed_at, destroyed_by, destroyed_because) ON data_key TO {WEB};
    {jobs("data_key", "SELECT", "sweep", "rebuild", "load", "rewrap", "retention")}
    {jobs("data_key", "INSERT", "sweep", "rebuild", "load")}
    {jobs("data_key", "UPDATE", "rewrap", "retention")}

    ALTER TABLE data_key ADD CONSTRAINT data_key_is_wrapped
        CHECK (octet_length(wrapped) = 69 AND get_byte(wrapped, 8) = 1);

    CREATE FUNCTION encircle_data_key_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.made_at := encircle_stamp(NEW.made_at);
            RETURN NEW;
        END IF;
        IF (NEW.id, NEW.compartment, NEW.kept_by, NEW.made_at) IS DISTINCT FROM
           (OLD.id, OLD.compartment, OLD.kept_by, OLD.made_at)
           OR NEW.root_id IS DISTINCT FROM OLD.root_id OR NEW.agency_id IS DISTINCT FROM OLD.agency_id THEN
            RAISE EXCEPTION 'A data key stays what and whose it is.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'data_key_stays_whose_it_is';
        END IF;
        IF OLD.destroyed_at IS NOT NULL THEN
            RAISE EXCEPTION 'A destroyed data key does not come back.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'data_key_destroyed_for_good';
        END IF;
        IF NEW.destroyed_at IS NOT NULL THEN
            NEW.destroyed_at := clock_timestamp();
            NEW.destroyed_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER data_key_guard BEFORE INSERT OR UPDATE ON data_key
        FOR EACH ROW EXECUTE FUNCTION encircle_data_key_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0002_roots'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('compartment', models.CharField(max_length=64)),
                ('kept_by', models.CharField(default='installation', max_length=64)),
                ('wrapped', models.BinaryField(null=True)),
                ('made_at', models.DateTimeField()),
                ('retired_at', models.DateTimeField(null=True)),
                ('destroyed_at', models.DateTimeField(null=True)),
                ('destroyed_by', models.CharField(max_length=64, null=True)),
                ('destroyed_because', models.CharField(max_length=64, null=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'data_key',
                'constraints': [models.CheckConstraint(condition=models.Q(('compartment__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('kept_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('destroyed_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('destroyed_because__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='data_key_holds_codes'), models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', False), ('root__isnull', True)), models.Q(('agency__isnull', True), ('root__isnull', False)), _connector='OR'), name='data_key_of_a_root_or_an_agency'), models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', False), ('wrapped__isnull', True)), models.Q(('destroyed_at__isnull', True), ('wrapped__isnull', False)), models.Q(('destroyed_at__isnull', True), ('kept_by', 'recipients')), _connector='OR'), name='data_key_destroyed_is_gone'), models.UniqueConstraint(condition=models.Q(('destroyed_at__isnull', True), ('retired_at__isnull', True), ('root__isnull', False)), fields=('root', 'compartment'), name='data_key_one_in_use_per_root'), models.UniqueConstraint(condition=models.Q(('agency__isnull', False), ('destroyed_at__isnull', True), ('retired_at__isnull', True)), fields=('agency', 'compartment'), name='data_key_one_in_use_per_agency')],
            },
        ),
        sql(GUARD),
    ]
