"""An agency, and the installation itself, have a record of their own: no list of children has it."""

from django.db import migrations, models

from encircle.records.migrations._guard import sql

RUNS = "mine.relation <> 'emergency' AND (mine.until IS NULL OR mine.until > now())"


def listed(given: str) -> str:
    """As in 0022, but for records that are of no child and no concern."""
    return f"""
        INSERT INTO root_of_agency (root_id, agency_id, urgency, due_at, made_at)
            SELECT DISTINCT mine.root_id, mine.agency_id, waiting.urgency, waiting.due_at, root.made_at
              FROM {given} JOIN root ON root.id = mine.root_id AND root.kind IN ('child', 'concern')
              JOIN situation_row AS waiting ON waiting.root_id = mine.root_id
             WHERE {RUNS}
        ON CONFLICT (root_id, agency_id) DO UPDATE SET (urgency, due_at) = ROW (EXCLUDED.urgency, EXCLUDED.due_at)
    """


def function(name: str, body: str) -> str:
    return f"""
        CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
            SET search_path = pg_catalog, public AS $$
        BEGIN
            {body}
            RETURN NULL;
        END $$;
    """


LISTS = f"""
    {function("encircle_member_is_listed", f'''
        {listed("given AS mine")};
        INSERT INTO calendar_of_agency (row_id, root_id, agency_id, field_group, latest)
            SELECT DISTINCT ahead.id, ahead.root_id, mine.agency_id, ahead.field_group, ahead.latest
              FROM given AS mine JOIN calendar_row AS ahead ON ahead.root_id = mine.root_id WHERE {RUNS}
        ON CONFLICT (row_id, agency_id) DO UPDATE
            SET (field_group, latest) = ROW (EXCLUDED.field_group, EXCLUDED.latest);
    ''')}
    {function("encircle_root_is_relisted", f'''
        {listed("given JOIN membership AS mine ON mine.root_id = given.root_id")};
    ''')}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0023_practice'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='root',
            name='root_is_a_child_or_a_concern',
        ),
        migrations.AddConstraint(
            model_name='root',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('child', 'concern', 'agency', 'installation'))), name='root_is_of_a_known_kind'),
        ),
        migrations.RemoveConstraint(
            model_name='dutyrow',
            name='duty_row_scope_has_its_root',
        ),
        migrations.AddConstraint(
            model_name='dutyrow',
            constraint=models.CheckConstraint(condition=models.Q(('root__isnull', False)), name='duty_row_has_its_root'),
        ),
        sql(LISTS),
    ]
