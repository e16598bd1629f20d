"""Keys of people and agencies: data keys of places and confidential talks are sealed to them, and not to the server."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, allow, close, jobs, member, sql

OWN = "agency_id = (SELECT encircle_agency())"
MINE = f"{OWN} AND person_id::text = (SELECT encircle_actor())"
STAFF = "(SELECT encircle_agency()) IS NOT NULL"
REWRAP = "encircle_purpose() = 'rewrap'"
GUARD = f"""
    {close("member_key")}
    {allow("member_key", WEB, "SELECT UPDATE", OWN, name="own")}
    {allow("member_key", WEB, "INSERT", MINE, name="mine")}
    GRANT UPDATE (locked, tries, tried_at, ended_at) ON member_key TO {WEB};
    ALTER TABLE member_key ADD CONSTRAINT member_key_is_whole
        CHECK (octet_length(public) = 1216 AND octet_length(locked) = 153 AND get_byte(locked, 28) = 1);

    {close("agency_key")}
    {allow("agency_key", WEB, "SELECT", STAFF, name="staff")}
    {allow("agency_key", WEB, "INSERT UPDATE", OWN, name="own")}
    GRANT UPDATE (in_use_at) ON agency_key TO {WEB};
    {jobs("agency_key", "SELECT", "rewrap", "operate")}
    ALTER TABLE agency_key ADD CONSTRAINT agency_key_is_whole CHECK (octet_length(public) = 1216);

    {close("agency_key_share")}
    {allow("agency_key_share", WEB, "SELECT INSERT DELETE", OWN, name="own")}
    ALTER TABLE agency_key_share ADD CONSTRAINT agency_key_share_is_sealed
        CHECK (octet_length(sealed) = 1233 AND get_byte(sealed, 0) = 1);

    {close("data_key_share")}
    {allow("data_key_share", WEB, "SELECT INSERT DELETE", member("data_key_share.root_id"), name="member")}
    {jobs("data_key_share", "SELECT INSERT DELETE", "rewrap", "retention")}
    ALTER TABLE data_key_share ADD CONSTRAINT data_key_share_is_sealed
        CHECK (octet_length(sealed) = 1169 AND get_byte(sealed, 0) = 1);

    -- Who seals what stands sees which agencies take part, and nothing else of a record.
    {allow("membership", JOBS, "SELECT", REWRAP, name="rewrap")}
    {allow("opened_part", JOBS, "SELECT", REWRAP, name="rewrap")}
    {allow("root", JOBS, "SELECT", REWRAP, name="rewrap")}

    -- A key that recipients keep has no copy here; one of the installation may become such a key, never the other way.
    ALTER TABLE data_key ADD CONSTRAINT data_key_of_recipients_is_not_here
        CHECK (kept_by <> 'recipients' OR (wrapped IS NULL AND retired_at IS NOT NULL));
    CREATE OR REPLACE FUNCTION encircle_data_key_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.made_at := encircle_stamp(NEW.made_at);
            RETURN NEW;
        END IF;
        IF (NEW.id, NEW.compartment, NEW.made_at) IS DISTINCT FROM (OLD.id, OLD.compartment, OLD.made_at)
           OR (NEW.kept_by <> OLD.kept_by AND NOT (OLD.kept_by = 'installation' AND NEW.kept_by = 'recipients'))
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
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0039_told_higher'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgencyKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('public', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('in_use_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'agency_key',
            },
        ),
        migrations.CreateModel(
            name='DataKeyShare',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('agency_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agencykey')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'data_key_share',
            },
        ),
        migrations.CreateModel(
            name='MemberKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('public', models.BinaryField()),
                ('locked', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('tries', models.IntegerField(db_default=0)),
                ('tried_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'member_key',
            },
        ),
        migrations.CreateModel(
            name='AgencyKeyShare',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('agency_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agencykey')),
                ('member_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.memberkey')),
            ],
            options={
                'db_table': 'agency_key_share',
            },
        ),
        migrations.AddConstraint(
            model_name='agencykey',
            constraint=models.UniqueConstraint(fields=('agency',), name='agency_key_one'),
        ),
        migrations.AddIndex(
            model_name='datakeyshare',
            index=models.Index(fields=['root'], name='data_key_share_of_root'),
        ),
        migrations.AddConstraint(
            model_name='datakeyshare',
            constraint=models.UniqueConstraint(fields=('data_key', 'agency_key'), name='data_key_share_once'),
        ),
        migrations.AddIndex(
            model_name='memberkey',
            index=models.Index(fields=['agency'], name='member_key_of_agency'),
        ),
        migrations.AddConstraint(
            model_name='memberkey',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('person',), name='member_key_one_in_use'),
        ),
        migrations.AddIndex(
            model_name='agencykeyshare',
            index=models.Index(fields=['agency_key'], name='agency_key_share_of_key'),
        ),
        migrations.AddConstraint(
            model_name='agencykeyshare',
            constraint=models.UniqueConstraint(fields=('member_key', 'agency_key'), name='agency_key_share_once'),
        ),
        sql(GUARD),
    ]
