"""Lists are walked in the order of each agency: of a million records, nobody asks those of others whether they may be seen."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import OWNER, WEB, allow, close, member, sql

OWN = "agency_id = (SELECT encircle_agency())"
RUNS = "(mine.until IS NULL OR mine.until > now())"


def kept(table: str) -> str:
    """Read by members; written only by functions that a change of another table calls."""
    asked = "encircle_called_by_another()"
    return f"""
        {close(table)}
        {allow(table, WEB, "SELECT", f"{OWN} AND {member(f'{table}.root_id')}", name="member")}
        CREATE POLICY {table}_kept ON {table} TO {OWNER} USING ({asked}) WITH CHECK ({asked});
    """


def asked(table: str) -> str:
    return f"CREATE POLICY {table}_asked ON {table} FOR SELECT TO {OWNER} USING (encircle_called_by_another());"


def trigger(table: str, when: str, function: str, *named: str) -> str:
    """A trigger for the rows of one statement together. `named`: OLD TABLE AS ..., NEW TABLE AS ..."""
    name = f"{table}_lists_{when.lower()}"
    return (
        f"CREATE TRIGGER {name} AFTER {when} ON {table} REFERENCING {' '.join(named)}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {function}();"
    )


def function(name: str, body: str) -> str:
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog, public AS $$
        BEGIN
            {body}
            RETURN NULL;
        END $$;
        REVOKE EXECUTE ON FUNCTION {name}() FROM PUBLIC;
    """


def roots_of(given: str) -> str:
    """The statement that lists the records of these memberships, or lists them at another place."""
    return f"""
        INSERT INTO root_of_agency (root_id, agency_id, urgency, due_at, made_at)
            SELECT DISTINCT mine.root_id, mine.agency_id, waiting.urgency, waiting.due_at, root.made_at
              FROM {given} JOIN root ON root.id = mine.root_id
              JOIN situation_row AS waiting ON waiting.root_id = mine.root_id
             WHERE {RUNS}
        ON CONFLICT (root_id, agency_id) DO UPDATE SET (urgency, due_at) = ROW (EXCLUDED.urgency, EXCLUDED.due_at)
    """


def calendar_of(given: str) -> str:
    """The same for rows of the calendar."""
    return f"""
        INSERT INTO calendar_of_agency (row_id, root_id, agency_id, field_group, latest)
            SELECT DISTINCT ahead.id, ahead.root_id, mine.agency_id, ahead.field_group, ahead.latest
              FROM {given} WHERE {RUNS}
        ON CONFLICT (row_id, agency_id) DO UPDATE
            SET (field_group, latest) = ROW (EXCLUDED.field_group, EXCLUDED.latest)
    """


ENDED = " AND ".join(
    (
        "listed.root_id = ended.root_id",
        "listed.agency_id = ended.agency_id",
        "NOT EXISTS (SELECT FROM membership AS mine WHERE mine.root_id = ended.root_id"
        f" AND mine.agency_id = ended.agency_id AND {RUNS})",
    )
)
SAME = "before.urgency IS NOT DISTINCT FROM after.urgency AND before.due_at IS NOT DISTINCT FROM after.due_at"

GUARD = f"""
    {kept("root_of_agency")} {kept("calendar_of_agency")}
    {asked("root")} {asked("calendar_row")} {asked("name_key")}
    ALTER TABLE calendar_of_agency ADD CONSTRAINT calendar_of_agency_goes_with_its_row
        FOREIGN KEY (row_id) REFERENCES calendar_row (id) ON DELETE CASCADE;

    {function("encircle_member_is_listed", f'''
        {roots_of("given AS mine")};
        {calendar_of("given AS mine JOIN calendar_row AS ahead ON ahead.root_id = mine.root_id")};
    ''')}
    {trigger("membership", "INSERT", "encircle_member_is_listed", "NEW TABLE AS given")}

    {function("encircle_member_is_unlisted", f'''
        DELETE FROM root_of_agency AS listed USING ended WHERE {ENDED};
        DELETE FROM calendar_of_agency AS listed USING ended WHERE {ENDED};
    ''')}
    {trigger("membership", "UPDATE", "encircle_member_is_unlisted", "NEW TABLE AS ended")}

    {function("encircle_root_is_relisted", f'''
        {roots_of("given JOIN membership AS mine ON mine.root_id = given.root_id")};
    ''')}
    {trigger("situation_row", "INSERT", "encircle_root_is_relisted", "NEW TABLE AS given")}
    {function("encircle_root_has_moved", f'''
        UPDATE root_of_agency AS listed SET urgency = after.urgency, due_at = after.due_at
          FROM before JOIN after ON after.root_id = before.root_id
         WHERE listed.root_id = after.root_id AND NOT ({SAME});
    ''')}
    {trigger("situation_row", "UPDATE", "encircle_root_has_moved", "OLD TABLE AS before", "NEW TABLE AS after")}
    {function("encircle_root_is_unlisted", '''
        DELETE FROM root_of_agency AS listed USING gone WHERE listed.root_id = gone.root_id;
    ''')}
    {trigger("situation_row", "DELETE", "encircle_root_is_unlisted", "OLD TABLE AS gone")}

    {function("encircle_calendar_is_listed", f'''
        {calendar_of("given AS ahead JOIN membership AS mine ON mine.root_id = ahead.root_id")};
    ''')}
    {trigger("calendar_row", "INSERT", "encircle_calendar_is_listed", "NEW TABLE AS given")}
    {function("encircle_calendar_has_moved", '''
        UPDATE calendar_of_agency AS listed SET field_group = after.field_group, latest = after.latest
          FROM after WHERE listed.row_id = after.id
           AND (listed.field_group, listed.latest) IS DISTINCT FROM (after.field_group, after.latest);
    ''')}
    {trigger("calendar_row", "UPDATE", "encircle_calendar_has_moved", "NEW TABLE AS after")}

    -- Which records of the agency in the context have these keys: of each key no more than `each`. Inside a function the
    -- planner may begin with the records of the agency, where they are fewer than those with the key, while a policy
    -- is asked for each row. What it finds is a hint: whoever calls it reads the records under their policy.
    CREATE FUNCTION encircle_roots_named(asked bytea[], each integer) RETURNS TABLE (of_key bytea, of_root uuid)
        LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
        SET plan_cache_mode = force_custom_plan SET random_page_cost = 1.1 AS $$
    DECLARE
        ours uuid := encircle_agency();
        one bytea;
    BEGIN
        FOREACH one IN ARRAY asked LOOP
            RETURN QUERY SELECT one, named.root_id FROM name_key AS named
                JOIN root_of_agency AS own ON own.root_id = named.root_id AND own.agency_id = ours
                WHERE named.key = one LIMIT each;
        END LOOP;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_roots_named(bytea[], integer) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_roots_named(bytea[], integer) TO {WEB};
"""

FILL = f"""
    SELECT set_config('encircle.purpose', 'migrate', true);
    {roots_of("membership AS mine")};
    {calendar_of("calendar_row AS ahead JOIN membership AS mine ON mine.root_id = ahead.root_id")};
    SELECT set_config('encircle.purpose', '', true);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0019_childs_age'),
    ]

    operations = [
        migrations.CreateModel(
            name='RootOfAgency',
            fields=[
                ('pk', models.CompositePrimaryKey('root_id', 'agency_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('urgency', models.SmallIntegerField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
            ],
            options={
                'db_table': 'root_of_agency',
            },
        ),
        migrations.CreateModel(
            name='CalendarOfAgency',
            fields=[
                ('pk', models.CompositePrimaryKey('row_id', 'agency_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('field_group', models.CharField(max_length=1)),
                ('latest', models.DateTimeField()),
                ('agency', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency')),
                ('root', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.root')),
                ('row', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='records.calendarrow')),
            ],
            options={
                'db_table': 'calendar_of_agency',
                'constraints': [models.CheckConstraint(condition=models.Q(('field_group__regex', '^[A-Z]$')), name='calendar_of_agency_holds_a_field_group')],
            },
        ),
        sql(GUARD),
        sql(FILL),
        migrations.AddIndex(
            model_name='rootofagency',
            index=models.Index(fields=['agency', 'urgency', 'due_at', 'root'], name='root_of_agency_waiting'),
        ),
        migrations.AddIndex(
            model_name='rootofagency',
            index=models.Index(fields=['agency', '-made_at', 'root'], name='root_of_agency_newest'),
        ),
        migrations.AddIndex(
            model_name='calendarofagency',
            index=models.Index(fields=['agency', 'field_group', 'latest', 'row'], name='calendar_of_agency_ahead'),
        ),
        migrations.RemoveIndex(
            model_name='alarmrow',
            name='alarm_row_work_list',
        ),
        migrations.AddIndex(
            model_name='alarmrow',
            index=models.Index(models.F('agency'), models.OrderBy(models.F('at'), descending=True, nulls_last=True), models.F('id'), condition=models.Q(('state', 'raised')), name='alarm_row_raised'),
        ),
        migrations.RemoveConstraint(
            model_name='namekey',
            name='name_key_once',
        ),
        migrations.AddConstraint(
            model_name='namekey',
            constraint=models.UniqueConstraint(fields=('key', 'root', 'fact', 'kind'), name='name_key_once'),
        ),
    ]
