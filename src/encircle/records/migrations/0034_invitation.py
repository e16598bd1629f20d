"""Invitations of staff: one code, one role at one agency, for a few days, once."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, sql

# Not closed by agency: who is invited belongs to none yet. What is told of one is what its code opens.
GRANTS = f"""
    REVOKE ALL ON invitation FROM PUBLIC;
    GRANT SELECT, INSERT ON invitation TO {WEB}, {JOBS};
    GRANT UPDATE (used_at, account_id, revoked_at) ON invitation TO {WEB};
    ALTER TABLE invitation ADD CONSTRAINT invitation_lasts_two_weeks_at_most
        CHECK (expires_at <= made_at + interval '14 days');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0033_owner_question'),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=64)),
                ('given_name', models.CharField(blank=True, max_length=200)),
                ('surname', models.CharField(blank=True, max_length=200)),
                ('code_hash', models.BinaryField(unique=True)),
                ('made_by', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
            ],
            options={
                'db_table': 'invitation',
                'indexes': [models.Index(fields=['agency', 'made_at'], name='invitation_of_agency')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('made_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='invitation_holds_codes'), models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('made_at'))), name='invitation_expires_after_it_was_made'), models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='invitation_used_or_revoked')],
            },
        ),
        sql(GRANTS),
    ]
