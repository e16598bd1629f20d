"""Access files: what a child, or who speaks for it, is given of its record; prepared by one person, checked by another."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, member, sql

FILE = member("access_file.root_id")
GUARD = f"""
    {close("access_file")}
    {allow("access_file", WEB, "SELECT", FILE, name="member")}
    {allow("access_file", WEB, "INSERT", f"{FILE} AND prepared_by_id::text = (SELECT encircle_actor())", name="member")}
    {allow("access_file", WEB, "UPDATE", FILE, name="member")}
    GRANT UPDATE (checked_by_id, checked_at, digest, given_by_id, given_at, dropped_by) ON access_file TO {WEB};
    {jobs("access_file", "SELECT", "retention")}

    CREATE FUNCTION encircle_access_file_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.prepared_at := clock_timestamp();
            NEW.checked_by_id := NULL; NEW.checked_at := NULL; NEW.digest := NULL;
            NEW.given_by_id := NULL; NEW.given_at := NULL; NEW.dropped_by := NULL;
            RETURN NEW;
        END IF;
        IF OLD.given_at IS NOT NULL OR OLD.dropped_by IS NOT NULL
           OR (OLD.digest IS NOT NULL AND ROW (NEW.digest, NEW.checked_by_id, NEW.checked_at)
               IS DISTINCT FROM ROW (OLD.digest, OLD.checked_by_id, OLD.checked_at)) THEN
            RAISE EXCEPTION 'A file that was checked, given or put aside stays as it is.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'access_file_stands';
        END IF;
        IF NEW.digest IS NOT NULL AND OLD.digest IS NULL THEN
            NEW.checked_by_id := encircle_actor()::uuid; NEW.checked_at := clock_timestamp();
        END IF;
        IF NEW.given_at IS NOT NULL THEN
            NEW.given_by_id := encircle_actor()::uuid; NEW.given_at := clock_timestamp();
        END IF;
        IF NEW.dropped_by IS NOT NULL THEN
            NEW.dropped_by := encircle_actor();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER access_file_guard BEFORE INSERT OR UPDATE ON access_file
        FOR EACH ROW EXECUTE FUNCTION encircle_access_file_guard();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0027_staff_sessions'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessFile',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('recipient', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=64)),
                ('with_place', models.BooleanField()),
                ('prepared_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('choices', models.BinaryField()),
                ('checked_at', models.DateTimeField(null=True)),
                ('digest', models.BinaryField(null=True)),
                ('given_at', models.DateTimeField(null=True)),
                ('dropped_by', models.CharField(max_length=64, null=True)),
                ('checked_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('data_key', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.datakey')),
                ('given_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('prepared_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('root', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'access_file',
                'indexes': [models.Index(fields=['root', 'prepared_at'], name='access_file_of_root')],
                'constraints': [models.CheckConstraint(condition=models.Q(('recipient__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('dropped_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='access_file_holds_codes'), models.CheckConstraint(condition=models.Q(('checked_by__isnull', True), models.Q(('checked_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='access_file_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('checked_at__isnull', True), ('checked_by__isnull', True), ('digest__isnull', True)), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False), ('digest__isnull', False)), _connector='OR'), name='access_file_checked_as_a_whole'), models.CheckConstraint(condition=models.Q(models.Q(('given_at__isnull', True), ('given_by__isnull', True)), models.Q(('checked_by__isnull', False), ('given_at__isnull', False), ('given_by__isnull', False)), _connector='OR'), name='access_file_given_after_it_was_checked')],
            },
        ),
        sql(GUARD),
    ]
