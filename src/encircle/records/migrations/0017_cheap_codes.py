"""Codes are checked by patterns without a bound: the columns have it, and counting made each match thirteen times as dear."""

from django.db import migrations, models

CHEAP = """
    ALTER TABLE situation_row DROP CONSTRAINT situation_row_codes_are_codes;
    ALTER TABLE situation_row ADD CONSTRAINT situation_row_codes_are_codes CHECK (NOT jsonb_path_exists(
        codes, '$.** ? (@.type() == "string" && !(@ like_regex "^([a-z0-9_.:+TZ-]+|[A-Z]{2})$"))'));
    ALTER TABLE duty_row DROP CONSTRAINT duty_row_lists_codes;
    ALTER TABLE duty_row ADD CONSTRAINT duty_row_lists_codes CHECK (
        array_to_string(missing || unknown, ' ') ~ '^([a-z0-9][a-z0-9_.:-]*( |$))*$');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0016_newest_first'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='agency',
            name='agency_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='alarmrow',
            name='alarm_row_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='alarmrow',
            name='alarm_row_holds_a_pack',
        ),
        migrations.RemoveConstraint(
            model_name='apitoken',
            name='api_token_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='calendarrow',
            name='calendar_row_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='childcredential',
            name='child_credential_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='datakey',
            name='data_key_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='dutyrow',
            name='duty_row_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='dutyrow',
            name='duty_row_holds_a_pack',
        ),
        migrations.RemoveConstraint(
            model_name='factrow',
            name='fact_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='journalentry',
            name='journal_entry_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='learntrow',
            name='fact_learnt_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='membership',
            name='membership_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='namekey',
            name='name_key_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='openfield',
            name='open_field_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='person',
            name='person_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='report',
            name='report_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='reportpart',
            name='report_part_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='root',
            name='root_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='situationrow',
            name='situation_row_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='situationrow',
            name='situation_row_holds_a_pack',
        ),
        migrations.RemoveConstraint(
            model_name='statisticcell',
            name='statistic_cell_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='statisticcell',
            name='statistic_cell_holds_a_code_or_rule',
        ),
        migrations.RemoveConstraint(
            model_name='statisticrelease',
            name='statistic_release_holds_codes',
        ),
        migrations.RemoveConstraint(
            model_name='statisticrelease',
            name='statistic_release_holds_a_pack',
        ),
        migrations.RemoveConstraint(
            model_name='subject',
            name='subject_holds_codes',
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='agency_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='alarmrow',
            constraint=models.CheckConstraint(condition=models.Q(('state__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('override__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='alarm_row_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='alarmrow',
            constraint=models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]*$')), name='alarm_row_holds_a_pack'),
        ),
        migrations.AddConstraint(
            model_name='apitoken',
            constraint=models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('name__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('made_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='api_token_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='calendarrow',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('lane__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='calendar_row_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='childcredential',
            constraint=models.CheckConstraint(condition=models.Q(('given_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('company__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('device__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('revoked_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='child_credential_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='datakey',
            constraint=models.CheckConstraint(condition=models.Q(('compartment__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('kept_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('destroyed_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('destroyed_because__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='data_key_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='dutyrow',
            constraint=models.CheckConstraint(condition=models.Q(('scope__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('state__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('owner__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='duty_row_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='dutyrow',
            constraint=models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]*$')), name='duty_row_holds_a_pack'),
        ),
        migrations.AddConstraint(
            model_name='factrow',
            constraint=models.CheckConstraint(condition=models.Q(('type__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('precision__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('said_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('certainty__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('regime__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('compartment__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('recorded_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='fact_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='journalentry',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('actor__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('purpose__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('regime__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('outcome__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='journal_entry_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='learntrow',
            constraint=models.CheckConstraint(condition=models.Q(('recorded_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='fact_learnt_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('relation__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('added_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('ended_by__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='membership_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='namekey',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='name_key_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='openfield',
            constraint=models.CheckConstraint(condition=models.Q(('field__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('code__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='open_field_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('role__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='person_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('region__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('danger__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('state__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='reportpart',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_part_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='root',
            constraint=models.CheckConstraint(condition=models.Q(('number__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='root_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='situationrow',
            constraint=models.CheckConstraint(condition=models.Q(('protection__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('age_basis__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('parental_care__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('location__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('region__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='situation_row_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='situationrow',
            constraint=models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]*$')), name='situation_row_holds_a_pack'),
        ),
        migrations.AddConstraint(
            model_name='statisticcell',
            constraint=models.CheckConstraint(condition=models.Q(('table_code__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('column_code__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='statistic_cell_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='statisticcell',
            constraint=models.CheckConstraint(condition=models.Q(('row_code__regex', '(^[a-z0-9][a-z0-9_.:-]*$)|(^[A-Z]{1,3}[0-9]{1,3}[a-z]?(-[a-z0-9_]+)*$)')), name='statistic_cell_holds_a_code_or_rule'),
        ),
        migrations.AddConstraint(
            model_name='statisticrelease',
            constraint=models.CheckConstraint(condition=models.Q(('period__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('method__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='statistic_release_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='statisticrelease',
            constraint=models.CheckConstraint(condition=models.Q(('pack__regex', '^[a-z0-9][a-z0-9_.:@-]*$')), name='statistic_release_holds_a_pack'),
        ),
        migrations.AddConstraint(
            model_name='subject',
            constraint=models.CheckConstraint(condition=models.Q(('kind__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='subject_holds_codes'),
        ),
        migrations.RunSQL(CHEAP, migrations.RunSQL.noop),
    ]
