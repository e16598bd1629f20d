"""Sharing agreements: what one agency may share with another; and on which of them a part was opened."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import WEB, allow, close, jobs, sql

# Nothing of a child stands in an agreement: everybody on staff may read what agencies have agreed.
STAFF = "(SELECT encircle_agency()) IS NOT NULL"
SIDE = "(SELECT encircle_agency()) IN (giver_id, taker_id)"
GUARD = f"""
    {close("sharing_agreement")}
    {allow("sharing_agreement", WEB, "SELECT", STAFF, name="staff")}
    {allow("sharing_agreement", WEB, "INSERT", f"{SIDE} AND proposed_by_id::text = (SELECT encircle_actor())", name="side")}
    {allow("sharing_agreement", WEB, "UPDATE", SIDE, name="side")}
    GRANT UPDATE (giver_signed_at, taker_signed_at, ended_at, ended_because) ON sharing_agreement TO {WEB};
    {jobs("sharing_agreement", "SELECT", "sweep", "rebuild", "load", "retention")}

    -- Each side signs for itself alone, once; what has ended stays ended.
    CREATE FUNCTION encircle_sharing_agreement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            NEW.proposed_at := clock_timestamp();
            NEW.ended_by_id := NULL; NEW.ended_at := NULL; NEW.ended_because := NULL;
            NEW.giver_signed_by_id := NULL; NEW.giver_signed_at := NULL;
            NEW.taker_signed_by_id := NULL; NEW.taker_signed_at := NULL;
            IF NEW.giver_id = encircle_agency() THEN
                NEW.giver_signed_by_id := NEW.proposed_by_id; NEW.giver_signed_at := NEW.proposed_at;
            ELSE
                NEW.taker_signed_by_id := NEW.proposed_by_id; NEW.taker_signed_at := NEW.proposed_at;
            END IF;
            RETURN NEW;
        END IF;
        IF OLD.ended_at IS NOT NULL THEN
            RAISE EXCEPTION 'What has ended stays ended.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'sharing_agreement_stands';
        END IF;
        IF NEW.giver_signed_at IS DISTINCT FROM OLD.giver_signed_at THEN
            IF OLD.giver_signed_at IS NOT NULL OR NEW.giver_id <> encircle_agency() THEN
                RAISE EXCEPTION 'A side signs once, and for itself.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'sharing_agreement_signed_by_its_side';
            END IF;
            NEW.giver_signed_by_id := encircle_actor()::uuid; NEW.giver_signed_at := clock_timestamp();
        END IF;
        IF NEW.taker_signed_at IS DISTINCT FROM OLD.taker_signed_at THEN
            IF OLD.taker_signed_at IS NOT NULL OR NEW.taker_id <> encircle_agency() THEN
                RAISE EXCEPTION 'A side signs once, and for itself.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'sharing_agreement_signed_by_its_side';
            END IF;
            NEW.taker_signed_by_id := encircle_actor()::uuid; NEW.taker_signed_at := clock_timestamp();
        END IF;
        IF NEW.ended_at IS NOT NULL THEN
            NEW.ended_by_id := encircle_actor()::uuid; NEW.ended_at := clock_timestamp();
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER sharing_agreement_guard BEFORE INSERT OR UPDATE ON sharing_agreement
        FOR EACH ROW EXECUTE FUNCTION encircle_sharing_agreement_guard();
"""
OPENED = """
    CREATE FUNCTION encircle_opened_part_rests_on_its_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.agreement_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM sharing_agreement AS one
             WHERE one.id = NEW.agreement_id AND one.giver_id = encircle_agency() AND one.taker_id = NEW.agency_id
               AND one.giver_signed_at IS NOT NULL AND one.taker_signed_at IS NOT NULL AND one.ended_at IS NULL
               AND NEW.field_group = ANY (string_to_array(one.field_groups, '.')))
        THEN
            RAISE EXCEPTION 'That agreement does not cover this.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'opened_part_rests_on_its_agreement';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER opened_part_rests_on_its_agreement BEFORE INSERT ON opened_part
        FOR EACH ROW EXECUTE FUNCTION encircle_opened_part_rests_on_its_agreement();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0034_invitation'),
    ]

    operations = [
        migrations.CreateModel(
            name='SharingAgreement',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('field_groups', models.CharField(max_length=64)),
                ('ends', models.CharField(max_length=128)),
                ('onward', models.CharField(max_length=64)),
                ('basis', models.CharField(max_length=64)),
                ('first', models.DateField()),
                ('last', models.DateField()),
                ('proposed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('giver_signed_at', models.DateTimeField(null=True)),
                ('taker_signed_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_because', models.CharField(max_length=64, null=True)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('giver', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('giver_signed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('proposed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('taker', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('taker_signed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
            ],
            options={
                'db_table': 'sharing_agreement',
            },
        ),
        migrations.AddField(
            model_name='openedpart',
            name='agreement',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.sharingagreement'),
        ),
        migrations.AddIndex(
            model_name='sharingagreement',
            index=models.Index(fields=['giver', 'taker'], name='sharing_agreement_of_giver'),
        ),
        migrations.AddIndex(
            model_name='sharingagreement',
            index=models.Index(fields=['taker'], name='sharing_agreement_of_taker'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('field_groups__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ends__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('onward__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ended_because__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='sharing_agreement_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('basis__regex', '^[A-Za-z0-9_.:/()-]{1,32}( [A-Za-z0-9_.:/()-]{1,31})?$')), name='sharing_agreement_holds_a_basis'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='sharing_agreement_has_two_sides'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(('last__gt', models.F('first'))), name='sharing_agreement_ends_after_it_begins'),
        ),
        migrations.AddConstraint(
            model_name='sharingagreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_because__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_because__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='sharing_agreement_ended_as_a_whole'),
        ),
        sql(GUARD),
        sql(OPENED),
    ]
