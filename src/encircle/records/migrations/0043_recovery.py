"""Recovery: institutions two of which open a copy of an agency's key, and those copies."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, allow, close, jobs, sql

OWN = "agency_id = (SELECT encircle_agency())"
STAFF = "(SELECT encircle_agency()) IS NOT NULL"
OPERATE = "encircle_purpose() = 'operate'"
# Who runs the installation enrols and ends; only people of an agency, with its key open, make copies of it.
GUARD = f"""
    {close("recovery_key")}
    {allow("recovery_key", WEB, "SELECT", STAFF, name="staff")}
    {allow("recovery_key", JOBS, "SELECT INSERT UPDATE", OPERATE, name="jobs")}
    GRANT UPDATE (rehearsed_at, ended_at) ON recovery_key TO {JOBS};
    ALTER TABLE recovery_key ADD CONSTRAINT recovery_key_is_whole CHECK (octet_length(public) = 1216);

    {close("recovery_share")}
    {allow("recovery_share", WEB, "SELECT INSERT", OWN, name="own")}
    {jobs("recovery_share", "SELECT DELETE", "operate")}
    ALTER TABLE recovery_share ADD CONSTRAINT recovery_share_is_sealed
        CHECK (octet_length(sealed) = 2370 AND get_byte(sealed, 0) = 1 AND outer_id <> inner_id);

    {jobs("agency_key_share", "SELECT INSERT DELETE", "operate")}
    {allow("member_key", JOBS, "SELECT UPDATE", OPERATE, name="jobs")}
    GRANT UPDATE (ended_at) ON member_key TO {JOBS};
"""


class Migration(migrations.Migration):

    dependencies = [("records", "0042_hashed_recovery_codes")]

    operations = [
        migrations.CreateModel(
            name='RecoveryKey',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('seat', models.SmallIntegerField()),
                ('institution', models.CharField(max_length=64)),
                ('public', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('rehearsed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'recovery_key',
                'constraints': [models.CheckConstraint(condition=models.Q(('institution__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='recovery_key_holds_codes'), models.CheckConstraint(condition=models.Q(('seat__in', (1, 2, 3))), name='recovery_key_has_a_seat'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('seat',), name='recovery_key_one_in_a_seat'), models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('institution',), name='recovery_key_one_of_each')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryShare',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('agency_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agencykey')),
                ('inner', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.recoverykey')),
                ('outer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.recoverykey')),
            ],
            options={
                'db_table': 'recovery_share',
                'constraints': [models.UniqueConstraint(fields=('agency_key', 'outer', 'inner'), name='recovery_share_once')],
            },
        ),
        sql(GUARD),
    ]
