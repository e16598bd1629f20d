"""Practice: proposals to set a number, an agency or a text beside the law, who approved them, and what they would move."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, WEB, allow, close, jobs, only_added, sql

TABLES = ("practice_proposal", "practice_step", "practice_effect")
OWN = "agency_id = (SELECT encircle_agency()) AND person_id::text = (SELECT encircle_actor())"
ACTOR = "kind <> 'in_force' AND person_id::text = (SELECT encircle_actor()) AND encircle_agency() IS NOT NULL"
# What was adopted is part of the law that every page reads, the child's own page too. None of it is of a child.
GUARD = f"""
    {"".join(close(table) for table in TABLES)}
    {"".join(only_added(table) for table in TABLES)}
    {"".join(allow(t, r, "SELECT", "true", name=f"law_{r}") for t in TABLES[:2] for r in (WEB, DOOR, JOBS))}
    {allow("practice_proposal", WEB, "INSERT", OWN, name="own")}
    {allow("practice_step", WEB, "INSERT", ACTOR, name="own")}
    {allow("practice_step", JOBS, "INSERT", "encircle_purpose() = 'sweep' AND kind = 'in_force'", name="sweep")}
    {allow("practice_effect", WEB, "SELECT", "encircle_agency() IS NOT NULL", name="staff")}
    {jobs("practice_effect", "SELECT INSERT", "rebuild")}

    CREATE FUNCTION encircle_practice() RETURNS uuid LANGUAGE sql STABLE
        RETURN (SELECT token FROM practice_step WHERE kind IN ('approved', 'in_force') ORDER BY id DESC LIMIT 1);

    -- Nobody approves or declines what they proposed themselves, not from another post of the same account either.
    CREATE FUNCTION encircle_second_person() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.kind IN ('approved', 'declined') AND EXISTS (
            SELECT FROM practice_proposal AS own JOIN person AS one ON one.id = own.person_id
              JOIN person AS other ON other.id = NEW.person_id
             WHERE own.id = NEW.proposal_id AND (one.id = other.id OR one.account_id = other.account_id))
        THEN
            RAISE EXCEPTION 'It takes a second person.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'practice_step_takes_a_second_person';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER practice_step_takes_a_second_person BEFORE INSERT ON practice_step
        FOR EACH ROW EXECUTE FUNCTION encircle_second_person();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0022_emergency_access'),
    ]

    operations = [
        migrations.CreateModel(
            name='PracticeProposal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.IntegerField(unique=True)),
                ('pack', models.CharField(max_length=64)),
                ('part', models.CharField(max_length=64)),
                ('code', models.CharField(max_length=64)),
                ('field', models.CharField(max_length=64, null=True)),
                ('amount', models.IntegerField(null=True)),
                ('unit', models.CharField(max_length=64, null=True)),
                ('counting', models.CharField(max_length=64, null=True)),
                ('texts', models.JSONField()),
                ('basis', models.JSONField()),
                ('why', models.TextField()),
                ('valid_from', models.DateField()),
                ('role', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('replaces', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.practiceproposal')),
            ],
            options={
                'db_table': 'practice_proposal',
            },
        ),
        migrations.CreateModel(
            name='PracticeEffect',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=64)),
                ('turn', models.CharField(max_length=64, null=True)),
                ('before', models.CharField(max_length=64, null=True)),
                ('after', models.CharField(max_length=64, null=True)),
                ('figure', models.IntegerField()),
                ('counted_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('proposal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='effects', to='records.practiceproposal')),
            ],
            options={
                'db_table': 'practice_effect',
            },
        ),
        migrations.CreateModel(
            name='PracticeStep',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('token', models.UUIDField(unique=True)),
                ('kind', models.CharField(max_length=64)),
                ('why', models.TextField(blank=True)),
                ('since', models.DateTimeField(null=True)),
                ('role', models.CharField(max_length=64, null=True)),
                ('at', models.DateTimeField()),
                ('person', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person')),
                ('proposal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='records.practiceproposal')),
            ],
            options={
                'db_table': 'practice_step',
            },
        ),
        migrations.AddConstraint(
            model_name='practiceproposal',
            constraint=models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('part__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('field__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('unit__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('counting__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='practice_proposal_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='practiceproposal',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9_-]*$')), name='practice_proposal_holds_a_rule_or_code'),
        ),
        migrations.AddConstraint(
            model_name='practiceproposal',
            constraint=models.CheckConstraint(condition=models.Q(('amount__isnull', True), ('amount__gte', 1), _connector='OR'), name='practice_proposal_is_of_one_or_more'),
        ),
        migrations.AddIndex(
            model_name='practiceeffect',
            index=models.Index(fields=['proposal', 'id'], name='practice_effect_of_proposal'),
        ),
        migrations.AddConstraint(
            model_name='practiceeffect',
            constraint=models.CheckConstraint(condition=models.Q(('turn__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('before__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('after__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='practice_effect_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='practiceeffect',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Za-z0-9][A-Za-z0-9_-]*$')), name='practice_effect_holds_a_rule_or_code'),
        ),
        migrations.AddConstraint(
            model_name='practiceeffect',
            constraint=models.CheckConstraint(condition=models.Q(('figure__gte', 0)), name='practice_effect_is_no_less_than_none'),
        ),
        migrations.AddIndex(
            model_name='practicestep',
            index=models.Index(condition=models.Q(('kind__in', ('approved', 'in_force'))), fields=['-id'], name='practice_step_newest'),
        ),
        migrations.AddConstraint(
            model_name='practicestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='practice_step_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='practicestep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'approved'), _negated=True), ('since__gte', models.F('at')), _connector='OR'), name='practice_step_holds_from_its_approval_on'),
        ),
        migrations.AddConstraint(
            model_name='practicestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'in_force'), models.Q(('person__isnull', False), ('role__isnull', False)), _connector='OR'), name='practice_step_is_of_a_person'),
        ),
        migrations.AddConstraint(
            model_name='practicestep',
            constraint=models.UniqueConstraint(condition=models.Q(('kind__in', ('approved', 'declined', 'withdrawn', 'replaced'))), fields=('proposal',), name='practice_step_decided_once'),
        ),
        migrations.AddConstraint(
            model_name='practicestep',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'in_force')), fields=('proposal',), name='practice_step_in_force_once'),
        ),
        sql(GUARD),
    ]
