"""Tokens of agencies for the API, valid for ninety days at most, and the keys of requests sent with them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, sql

# Not closed by agency: the token says which agency it is. What the pages may change is when it was used, no more.
GRANTS = f"""
    REVOKE ALL ON api_token, api_request FROM PUBLIC;
    GRANT SELECT ON api_token TO {WEB};
    GRANT UPDATE (last_used_hour) ON api_token TO {WEB};
    GRANT SELECT, INSERT, DELETE ON api_request TO {WEB};
    GRANT SELECT, INSERT ON api_token TO {JOBS};
    GRANT UPDATE (revoked_at) ON api_token TO {JOBS};
    ALTER TABLE api_token ADD CONSTRAINT api_token_lasts_ninety_days_at_most
        CHECK (expires_at <= made_at + interval '90 days');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0013_actions_of_agencies'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=64)),
                ('name', models.CharField(max_length=64)),
                ('made_by', models.CharField(max_length=64)),
                ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('field_groups', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=1), size=None)),
                ('secret_hash', models.BinaryField(unique=True)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('last_used_hour', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'api_token',
                'indexes': [models.Index(fields=['agency', 'made_at'], name='api_token_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('name__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$'), ('made_by__regex', '^[a-z0-9][a-z0-9_.:-]{0,63}$')), name='api_token_holds_codes'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='api_token_expires_after_it_was_made')],
            },
        ),
        migrations.CreateModel(
            name='ApiRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key_hash', models.BinaryField()),
                ('said_hash', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('token', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.apitoken')),
            ],
            options={
                'db_table': 'api_request',
                'indexes': [models.Index(fields=['token', 'made_at'], name='api_request_of_token')],
                'constraints': [models.UniqueConstraint(fields=('token', 'key_hash'), name='api_request_once')],
            },
        ),
        sql(GRANTS),
    ]
