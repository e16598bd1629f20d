"""Accounts, agencies and persons; the functions that read the context."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, OWNER, WEB, sql

GUARD = f"""
    DO $$ BEGIN
        IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('{OWNER}', '{WEB}', '{DOOR}', '{JOBS}')) < 4 THEN
            RAISE EXCEPTION 'The roles {OWNER}, {WEB}, {DOOR} and {JOBS} must exist before the tables.';
        END IF;
    END $$;

    CREATE FUNCTION encircle_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('encircle.agency', true), '')::uuid;
    CREATE FUNCTION encircle_actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('encircle.actor', true), '');
    CREATE FUNCTION encircle_purpose() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
        RETURN nullif(current_setting('encircle.purpose', true), '');

    -- The database's clock. Only the loader of example cases may bring times of its own.
    CREATE FUNCTION encircle_stamp(given timestamptz) RETURNS timestamptz LANGUAGE sql VOLATILE
        RETURN CASE WHEN current_user = '{JOBS}' AND encircle_purpose() = 'load' AND given IS NOT NULL
                    THEN given ELSE clock_timestamp() END;

    CREATE FUNCTION encircle_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'Rows of % are only ever added, never changed or removed.', TG_TABLE_NAME
            USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
    END $$;

    REVOKE ALL ON account, agency, person FROM PUBLIC;
    GRANT SELECT, INSERT, UPDATE ON account, agency, person TO {WEB};
    GRANT SELECT, INSERT ON account, agency, person TO {JOBS};
    GRANT SELECT ON agency TO {DOOR};
    GRANT SELECT ON django_migrations TO {WEB}, {DOOR}, {JOBS};
    GRANT SELECT ON django_content_type TO {WEB};
    GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO {WEB};
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('login', models.CharField(max_length=150, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('is_active', models.BooleanField(default=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'db_table': 'account',
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=300)),
                ('names', models.JSONField(default=dict)),
                ('role', models.CharField(max_length=64)),
                ('country', models.CharField(max_length=2)),
                ('region', models.CharField(max_length=64, null=True)),
                ('notice_address', models.CharField(blank=True, max_length=300)),
                ('night_address', models.CharField(blank=True, max_length=300)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('part_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='records.agency')),
            ],
            options={
                'db_table': 'agency',
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=64)),
                ('given_name', models.CharField(blank=True, max_length=200)),
                ('surname', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=64, null=True)),
                ('region', models.CharField(max_length=64, null=True)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='persons', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='persons', to='records.agency')),
                ('successor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='records.person')),
            ],
            options={
                'db_table': 'person',
            },
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='agency_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('country__regex', '^[A-Z]{2}$')), name='agency_holds_country'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='person_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(fields=('account', 'agency', 'role'), name='person_once_per_agency_and_role'),
        ),
        sql(GUARD),
    ]
