"""Sessions of staff in a table of ours: whose each is, since when, on what kind of device; of the cookie only a hash."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, sql

# Not closed by agency: a session is looked up before anybody knows whose it is.
GRANTS = f"""
    REVOKE ALL ON staff_session FROM PUBLIC;
    GRANT SELECT, INSERT, UPDATE, DELETE ON staff_session TO {WEB};
    GRANT SELECT, DELETE ON staff_session TO {JOBS};
    DELETE FROM django_session;
    REVOKE ALL ON django_session FROM {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0026_rebuild_parts'),
    ]

    operations = [
        migrations.CreateModel(
            name='StaffSession',
            fields=[
                ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                ('session_data', models.TextField(verbose_name='session data')),
                ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                ('begun_at', models.DateTimeField(null=True)),
                ('seen_at', models.DateTimeField(null=True)),
                ('step', models.CharField(db_default='none', max_length=64)),
                ('device', models.CharField(db_default='other', max_length=64)),
                ('account', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'staff_session',
                'indexes': [models.Index(fields=['account', 'seen_at'], name='staff_session_of_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('step__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('device__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='staff_session_holds_codes')],
            },
        ),
        sql(GRANTS),
    ]
