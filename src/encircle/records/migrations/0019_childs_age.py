"""The child's page is told how old the child is at least, so that it speaks in words for that age."""

from django.db import migrations

from encircle.records.migrations._guard import WEB, sql

GUARD = f"""
    -- Of the page that is open: the latest day on which the child can turn 18, and whether the age is in doubt. The
    -- date of birth itself lies in a compartment that is closed to the page.
    CREATE FUNCTION encircle_childs_age(OUT turns_18 timestamptz, OUT in_doubt boolean) LANGUAGE sql STABLE
        SECURITY DEFINER SET search_path = pg_catalog, public
        AS $$ SELECT (codes -> 'turns_18' ->> 1)::timestamptz, (codes ->> 'age_in_doubt') IS DISTINCT FROM 'false'
                FROM situation_row WHERE root_id = encircle_childs_root() $$;
    REVOKE EXECUTE ON FUNCTION encircle_childs_age() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_childs_age() TO {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0018_calendar_by_part'),
    ]

    operations = [sql(GUARD)]
