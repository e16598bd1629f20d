"""Opened parts: what of a record a decision has opened to an agency that takes part, for a time."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, sql

PART = member("opened_part.root_id")
GUARD = f"""
    {close("opened_part")}
    {allow("opened_part", WEB, "SELECT", PART, name="member")}
    {allow("opened_part", WEB, "INSERT", f"{PART} AND decided_by_id::text = (SELECT encircle_actor())", name="member")}
    {allow("opened_part", WEB, "UPDATE", PART, name="member")}
    GRANT UPDATE (until, ended_by) ON opened_part TO {WEB};
    {jobs("opened_part", "SELECT", "sweep", "rebuild", "load", "retention")}

    CREATE FUNCTION encircle_opened_part_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.since := now();
            NEW.until := least(NEW.until, now() + interval '366 days');
        ELSIF NEW.until > OLD.until THEN
            RAISE EXCEPTION 'What a decision opens is not opened longer: a new decision is made.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'opened_part_is_not_made_longer';
        ELSE
            NEW.ended_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER opened_part_guard BEFORE INSERT OR UPDATE ON opened_part
        FOR EACH ROW EXECUTE FUNCTION encircle_opened_part_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0024_own_records'),
    ]

    operations = [
        migrations.CreateModel(
            name='OpenedPart',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('field_group', models.CharField(max_length=64)),
                ('words', models.BooleanField()),
                ('basis', models.CharField(max_length=64)),
                ('since', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('until', models.DateTimeField()),
                ('ended_by', models.CharField(max_length=64, null=True)),
                ('reason', models.BinaryField()),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('decided_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'opened_part',
                'indexes': [models.Index(fields=['root', 'agency', 'until'], name='opened_part_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(('field_group__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ended_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='opened_part_holds_codes'), models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='opened_part_holds_a_basis'), models.CheckConstraint(condition=models.Q(('until__gte', models.F('since'))), name='opened_part_ends_after_it_begins')],
            },
        ),
        sql(GUARD),
    ]
