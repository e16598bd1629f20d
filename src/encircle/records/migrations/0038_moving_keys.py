"""Moving what hangs on an installation key: secrets of second steps, and how many codes of children cannot be moved."""

from django.db import migrations

from encircle.records.migrations._guard import JOBS, allow, sql

# The job that moves a secret can put nothing else in its place than what its own process has sealed, and only where
# it knows what stands there; keys of passkeys it cannot touch.
MOVE = f"""
    CREATE FUNCTION encircle_reseal_factor(factor bigint, name text, before text, after text) RETURNS boolean
        LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    BEGIN
        IF encircle_purpose() IS DISTINCT FROM 'rewrap' OR name NOT IN ('secret', 'seed') THEN
            RETURN false;
        END IF;
        UPDATE mfa_authenticator SET data = jsonb_set(data, ARRAY[name], to_jsonb(after))
         WHERE id = factor AND type IN ('totp', 'recovery_codes') AND data ->> name = before;
        RETURN FOUND;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_reseal_factor(bigint, text, text, text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_reseal_factor(bigint, text, text, text) TO {JOBS};
    {allow("child_credential", JOBS, "SELECT", "encircle_purpose() = 'rewrap'", name="counted")}
"""


class Migration(migrations.Migration):

    dependencies = [("records", "0037_referral_offer")]

    operations = [sql(MOVE)]
