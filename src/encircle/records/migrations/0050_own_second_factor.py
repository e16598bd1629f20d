"""Second factors, passwords and linked identities are changed in the session of their own account; people come by invitation.

The transaction names the session by a proof that only its cookie gives (`records/sessions.py`); of it the database
holds the hash. So no statement in the role of the pages changes the sign-in of an account whose cookie it has not, and
none makes an agency, an account or a person: that is for operators, and for the code of an invitation.
"""

from django.db import migrations, models

from encircle.records.migrations._guard import WEB, sql

SAFE = "SET search_path = pg_catalog, public, pg_temp"

# A factor that is older than the transaction has to have been shown; the minute is for what is on its way.
OWNS = f"""
    CREATE FUNCTION encircle_owns_session(asked uuid) RETURNS boolean LANGUAGE sql STABLE {SAFE}
        RETURN EXISTS (
            SELECT 1 FROM staff_session AS mine
             WHERE mine.proof = sha256(decode(nullif(current_setting('encircle.session', true), ''), 'hex'))
               AND mine.account_id = asked AND mine.expire_date > now()
               AND (mine.proved_until > now() - interval '1 minute' OR NOT EXISTS (
                    SELECT 1 FROM mfa_authenticator AS factor
                     WHERE factor.user_id = asked AND factor.type IN ('totp', 'webauthn') AND factor.created_at < now())));

    CREATE FUNCTION encircle_in_own_session(asked uuid, what text) RETURNS void LANGUAGE plpgsql {SAFE} AS $$
    BEGIN
        IF NOT encircle_owns_session(asked) THEN
            RAISE EXCEPTION USING MESSAGE = 'Outside a session of its own account the pages may not change: ' || what,
                ERRCODE = '42501';
        END IF;
    END $$;
"""

SESSIONS = f"""
    CREATE FUNCTION encircle_staff_session_stays() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
    BEGIN
        IF OLD.proof IS NOT NULL AND NEW.proof IS DISTINCT FROM OLD.proof
           OR OLD.account_id IS NOT NULL AND NEW.account_id IS DISTINCT FROM OLD.account_id THEN
            RAISE EXCEPTION USING MESSAGE = 'A session stays with its account and its cookie.', ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER staff_session_stays BEFORE UPDATE ON staff_session FOR EACH ROW
        EXECUTE FUNCTION encircle_staff_session_stays();
"""

# What a sign-in does before there is a session: it notes the use, and crosses out a recovery code.
FACTORS = f"""
    CREATE FUNCTION encircle_only_crossed_out(before jsonb, after jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE {SAFE}
        RETURN CASE
            WHEN jsonb_typeof(before -> 'migrated_codes') = 'array' THEN
                jsonb_typeof(after -> 'migrated_codes') = 'array'
                AND after - 'migrated_codes' = before - 'migrated_codes'
                AND after -> 'migrated_codes' <@ (before -> 'migrated_codes')
                AND jsonb_array_length(after -> 'migrated_codes') < jsonb_array_length(before -> 'migrated_codes')
            ELSE after - 'used_mask' = before - 'used_mask'
                AND (before ->> 'used_mask')::bigint & (after ->> 'used_mask')::bigint = (before ->> 'used_mask')::bigint
        END;

    CREATE FUNCTION encircle_mfa_authenticator_of_session() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
    DECLARE
        told text := CASE WHEN TG_OP = 'DELETE' THEN 'second_factor_removed' ELSE 'second_factor_added' END;
        row_of mfa_authenticator := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    BEGIN
        IF TG_OP = 'UPDATE' THEN
            IF NEW.data = OLD.data OR OLD.type = 'recovery_codes' AND encircle_only_crossed_out(OLD.data, NEW.data) THEN
                RETURN NEW;
            END IF;
            IF OLD.type <> 'recovery_codes' THEN
                RAISE EXCEPTION USING MESSAGE = 'What is in a second factor stays as it was made.', ERRCODE = '42501';
            END IF;
        END IF;
        PERFORM encircle_in_own_session(row_of.user_id, 'its second factors');
        IF TG_OP = 'INSERT' THEN NEW.created_at := clock_timestamp(); END IF;
        IF row_of.type <> 'recovery_codes' THEN
            UPDATE account SET changed = told, changed_at = clock_timestamp() WHERE id = row_of.user_id;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER mfa_authenticator_of_session BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator FOR EACH ROW
        WHEN (current_user = '{WEB}') EXECUTE FUNCTION encircle_mfa_authenticator_of_session();
"""

# As in `actions/second_factor.py`: what an owner is told of.
TOLD = (
    "'password_changed', 'password_reset', 'second_factor_added', 'second_factor_removed', 'second_factor_reset',"
    " 'recovery_codes_made', 'identity_linked', 'identity_unlinked'"
)
ACCOUNTS = f"""
    CREATE FUNCTION encircle_account_of_session() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
    BEGIN
        IF (NEW.password, NEW.first_password_until) IS DISTINCT FROM (OLD.password, OLD.first_password_until) THEN
            PERFORM encircle_in_own_session(NEW.id, 'its password');
        END IF;
        IF OLD.changed_at IS NOT NULL AND (NEW.changed_at IS NULL OR NEW.changed_at < OLD.changed_at)
           OR NEW.changed <> OLD.changed AND NEW.changed NOT IN ({TOLD}) THEN
            RAISE EXCEPTION USING MESSAGE = 'What its owner is to be told of stays.', ERRCODE = '42501';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER account_of_session BEFORE UPDATE ON account FOR EACH ROW
        WHEN (current_user = '{WEB}') EXECUTE FUNCTION encircle_account_of_session();

    CREATE FUNCTION encircle_linked_identity_of_session() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
    BEGIN
        PERFORM encircle_in_own_session(NEW.account_id, 'by whom it is signed in to');
        RETURN NEW;
    END $$;
    CREATE TRIGGER linked_identity_of_session BEFORE INSERT ON linked_identity FOR EACH ROW
        WHEN (current_user = '{WEB}') EXECUTE FUNCTION encircle_linked_identity_of_session();
"""

# The roles are those of `actions/colleague.py`: who keeps the people of an agency.
INVITATIONS = f"""
    CREATE FUNCTION encircle_invitation_of_session() RETURNS trigger LANGUAGE plpgsql {SAFE} AS $$
    DECLARE keeper person;
    BEGIN
        SELECT * INTO keeper FROM person AS one
         WHERE one.id::text = NEW.made_by AND one.agency_id = NEW.agency_id AND one.role IN ('supervisor', 'coordinator')
           AND one.since <= now() AND (one.until IS NULL OR one.until > now());
        IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM agency WHERE id = NEW.agency_id AND role = NEW.role)
           AND NOT EXISTS (SELECT 1 FROM person WHERE agency_id = NEW.agency_id AND role = NEW.role AND until IS NULL) THEN
            RAISE EXCEPTION USING MESSAGE = 'Who keeps the people of an agency invites into its roles.', ERRCODE = '42501';
        END IF;
        PERFORM encircle_in_own_session(keeper.account_id, 'whom it invites');
        NEW.made_at := clock_timestamp();
        NEW.used_at := NULL; NEW.account_id := NULL; NEW.revoked_at := NULL;
        RETURN NEW;
    END $$;
    CREATE TRIGGER invitation_of_session BEFORE INSERT ON invitation FOR EACH ROW
        WHEN (current_user = '{WEB}') EXECUTE FUNCTION encircle_invitation_of_session();

    -- The code itself, not its hash, which the pages can read. NULL: it opens nothing.
    CREATE FUNCTION encircle_accept_invitation(
        code bytea, account_id uuid, person_id uuid, login text, password text, issuer text, subject text
    ) RETURNS uuid LANGUAGE plpgsql SECURITY DEFINER {SAFE} AS $$
    #variable_conflict use_column
    DECLARE found_one invitation;
    BEGIN
        SELECT invited.* INTO found_one FROM invitation AS invited JOIN agency AS home ON home.id = invited.agency_id
         WHERE invited.code_hash = sha256($1) AND invited.used_at IS NULL AND invited.revoked_at IS NULL
           AND invited.expires_at > now() AND home.ended_at IS NULL FOR UPDATE OF invited;
        IF NOT FOUND THEN RETURN NULL; END IF;
        INSERT INTO account (id, login, email, is_active, password) VALUES ($2, $4, '', true, $5);
        INSERT INTO person (id, account_id, agency_id, role, given_name, surname)
            VALUES ($3, $2, found_one.agency_id, found_one.role, found_one.given_name, found_one.surname);
        UPDATE invitation SET used_at = now(), account_id = $2 WHERE id = found_one.id;
        IF $6 IS NOT NULL THEN
            INSERT INTO linked_identity (id, account_id, issuer, subject, linked_by)
                VALUES (gen_random_uuid(), $2, $6, $7, 'invitation');
        END IF;
        RETURN $3;
    END $$;
    REVOKE ALL ON FUNCTION encircle_accept_invitation FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_accept_invitation TO {WEB};
"""


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0049_desks"),
    ]

    operations = [
        migrations.AddField(
            model_name="staffsession",
            name="proof",
            field=models.BinaryField(null=True, unique=True),
        ),
        migrations.AddField(
            model_name="staffsession",
            name="proved_until",
            field=models.DateTimeField(null=True),
        ),
        sql(
            f"""
            REVOKE INSERT ON agency, account, person FROM {WEB};
            REVOKE UPDATE (used_at, account_id) ON invitation FROM {WEB};
            """
        ),
        sql(OWNS + SESSIONS + FACTORS + ACCOUNTS + INVITATIONS),
    ]
