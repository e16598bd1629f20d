"""Notices without content: which agency was told when that something waits, and from when until when it is day there."""

import datetime
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, WEB, allow, close, jobs, member, sql

OWN = "agency_id = (SELECT encircle_agency())"
PART = member("notice.root_id")
GUARD = f"""
    {close("notice")}
    {allow("notice", WEB, "SELECT", f"{OWN} OR {PART}", name="told")}
    {allow("notice", WEB, "INSERT UPDATE DELETE", PART, name="member")}
    GRANT UPDATE (settled_at, send_at, higher_at) ON notice TO {WEB};
    {jobs("notice", "SELECT INSERT UPDATE", "sweep", "rebuild", "load")}
    CREATE POLICY notice_erased ON notice TO {JOBS}
        USING (encircle_purpose() = 'retention') WITH CHECK (encircle_purpose() = 'retention');
    GRANT DELETE ON notice TO {JOBS};
    GRANT UPDATE (notice_address, night_address, opens_at, closes_at) ON agency TO {JOBS};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0020_lists_of_agencies'),
    ]

    operations = [
        migrations.AddField(
            model_name='agency',
            name='closes_at',
            field=models.TimeField(db_default=datetime.time(16, 0)),
        ),
        migrations.AddField(
            model_name='agency',
            name='opens_at',
            field=models.TimeField(db_default=datetime.time(8, 0)),
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=32)),
                ('step', models.SmallIntegerField(db_default=0)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('send_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), null=True)),
                ('tries', models.SmallIntegerField(db_default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('channel', models.CharField(max_length=64, null=True)),
                ('desk', models.CharField(max_length=64, null=True)),
                ('higher_at', models.DateTimeField(null=True)),
                ('higher', models.SmallIntegerField(db_default=0)),
                ('settled_at', models.DateTimeField(null=True)),
                ('acted', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('subject', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.subject')),
            ],
            options={
                'db_table': 'notice',
                'indexes': [models.Index(models.F('agency'), models.OrderBy(models.F('made_at'), descending=True), models.F('id'), condition=models.Q(('settled_at__isnull', True)), name='notice_of_agency'), models.Index(condition=models.Q(('send_at__isnull', False)), fields=['send_at'], name='notice_to_be_sent'), models.Index(condition=models.Q(('higher_at__isnull', False)), fields=['higher_at'], name='notice_to_go_higher')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('channel__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('desk__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='notice_holds_codes'), models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$')), name='notice_holds_a_rule'), models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('root', 'code', 'subject', 'agency', 'step'), name='notice_once_while_it_waits', nulls_distinct=False)],
            },
        ),
        sql(GUARD),
    ]
