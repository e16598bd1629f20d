"""That one's key to sealed parts was ended is one more of the things of which the owner of an account is told."""

from django.db import migrations

from encircle.records.migrations._guard import sql

# As 0050 made it, with one more word.
GUARD = """
    CREATE OR REPLACE FUNCTION encircle_account_of_session() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF (NEW.password, NEW.first_password_until) IS DISTINCT FROM (OLD.password, OLD.first_password_until) THEN
            PERFORM encircle_in_own_session(NEW.id, 'its password');
        END IF;
        IF OLD.changed_at IS NOT NULL AND (NEW.changed_at IS NULL OR NEW.changed_at < OLD.changed_at)
           OR NEW.changed <> OLD.changed AND NEW.changed NOT IN (
               'password_changed', 'password_reset', 'second_factor_added', 'second_factor_removed',
               'second_factor_reset', 'recovery_codes_made', 'identity_linked', 'identity_unlinked', 'key_ended') THEN
            RAISE EXCEPTION USING MESSAGE = 'What its owner is to be told of stays.', ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END $$;
"""


class Migration(migrations.Migration):

    dependencies = [("records", "0050_own_second_factor")]

    operations = [sql(GUARD)]
