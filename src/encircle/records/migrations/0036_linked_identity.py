"""Identities at providers that may sign in as an account; and by which provider's session a session was opened."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, sql

# Not closed by agency: an identity is looked up before anybody knows whose it is. What it opens is never changed.
GRANTS = f"""
    REVOKE ALL ON linked_identity FROM PUBLIC;
    GRANT SELECT, INSERT ON linked_identity TO {WEB};
    GRANT SELECT ON linked_identity TO {JOBS};
    GRANT UPDATE (ended_at) ON linked_identity TO {WEB}, {JOBS};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0035_sharing_agreements'),
    ]

    operations = [
        migrations.CreateModel(
            name='LinkedIdentity',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('issuer', models.CharField(max_length=500)),
                ('subject', models.CharField(max_length=255)),
                ('linked_by', models.CharField(max_length=64)),
                ('linked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'linked_identity',
                'constraints': [models.CheckConstraint(condition=models.Q(('linked_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='linked_identity_holds_codes'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('issuer', 'subject'), name='identity_opens_one_account'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account', 'issuer'), name='account_has_one_of_each_issuer')],
            },
        ),
        migrations.AddField(
            model_name='staffsession',
            name='provider_session',
            field=models.BinaryField(null=True),
        ),
        sql(GRANTS),
    ]
