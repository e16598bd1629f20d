"""Desks: reports are sealed to the keys that agencies hold; each has an owner, is unread until somebody opens it, and is set aside by two."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, OWNER, WEB, allow, sql

# Before, each agency had a passphrase for its reports. No page could set one: only demonstrations have such rows.
DROPPED = f"""
    DROP FUNCTION encircle_report_recipients();
    DROP POLICY report_recipient_own_insert ON report_recipient;
    DROP POLICY report_recipient_own_update ON report_recipient;
    REVOKE INSERT, UPDATE ON report_recipient FROM {WEB};
    REVOKE UPDATE (ended_at) ON report_recipient FROM {WEB};
"""
GUARD = f"""
    {allow("report_recipient", JOBS, "SELECT INSERT UPDATE", "encircle_purpose() = 'operate'", name="operate")}
    GRANT UPDATE (ended_at) ON report_recipient TO {JOBS};

    CREATE FUNCTION encircle_report_recipients() RETURNS TABLE (agency_id uuid, public_key bytea)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
        AS $$ SELECT own.agency_id, held.public FROM report_recipient AS own JOIN agency ON agency.id = own.agency_id
                JOIN agency_key AS held ON held.agency_id = own.agency_id AND held.in_use_at IS NOT NULL AND held.retired_at IS NULL
               WHERE own.ended_at IS NULL AND agency.ended_at IS NULL ORDER BY own.made_at, own.id $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_recipients() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_recipients() TO {WEB}, {DOOR}, {JOBS};

    GRANT UPDATE (owner_id, unread_since, set_aside_by, because) ON report TO {WEB};

    -- Who has typed the code has written: it is unread again, and what was set aside comes back.
    CREATE FUNCTION encircle_report_waits() RETURNS void LANGUAGE sql SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ UPDATE report SET unread_since = coalesce(unread_since, date_trunc('hour', now(), 'UTC')),
                     state = CASE WHEN state IN ('set_aside', 'closed') THEN 'read' ELSE state END
               WHERE code_index = encircle_code() $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_waits() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_waits() TO {WEB}, {DOOR};
    CREATE POLICY report_waits ON report FOR UPDATE TO {OWNER} USING (encircle_called_by_another());

    -- Whoever seals a report to a key, and whoever ends it, wait for each other; and none ends while a report needs it.
    CREATE FUNCTION encircle_name_of_key(public bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN substring(sha256(public) FOR 16);
    CREATE FUNCTION encircle_report_key_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL AND EXISTS (
            SELECT FROM report_seal AS own
             WHERE own.agency_id = OLD.agency_id AND own.recipient_key = encircle_name_of_key(OLD.public)
               AND NOT EXISTS (
                SELECT FROM report_seal AS newer JOIN agency_key AS held
                    ON held.agency_id = newer.agency_id AND encircle_name_of_key(held.public) = newer.recipient_key
                 WHERE newer.report_id = own.report_id AND newer.agency_id = own.agency_id
                   AND held.id <> OLD.id AND held.ended_at IS NULL)) THEN
            RAISE EXCEPTION 'A key of an agency ends when no report needs it.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_key_ends_empty';
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_key_guard() FROM PUBLIC;
    CREATE TRIGGER agency_key_of_reports BEFORE UPDATE ON agency_key
        FOR EACH ROW EXECUTE FUNCTION encircle_report_key_guard();
    CREATE FUNCTION encircle_report_to_a_living_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    DECLARE held agency_key%ROWTYPE;
    BEGIN
        SELECT * INTO held FROM agency_key AS key
         WHERE key.agency_id = NEW.agency_id AND encircle_name_of_key(key.public) = NEW.recipient_key;
        IF held.id IS NOT NULL THEN
            PERFORM pg_advisory_xact_lock_shared(hashtextextended(held.id::text, 46));
            IF EXISTS (SELECT FROM agency_key AS key WHERE key.id = held.id AND key.ended_at IS NOT NULL) THEN
                RAISE EXCEPTION 'Nothing is sealed to a key that has ended.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_key_has_ended';
            END IF;
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_to_a_living_key() FROM PUBLIC;
    CREATE TRIGGER report_seal_to_a_living_key BEFORE INSERT ON report_seal
        FOR EACH ROW EXECUTE FUNCTION encircle_report_to_a_living_key();

    -- The job that tells desks that reports wait reads to whom they are sealed, and nothing that is sealed.
    {allow("report_seal", JOBS, "SELECT", "encircle_purpose() = 'sweep'", name="told")}
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0048_new_agency_keys'),
    ]

    operations = [
        sql(DROPPED),
        migrations.RemoveConstraint(model_name='reportrecipient', name='report_recipient_one_key'),
        migrations.RemoveField(model_name='reportrecipient', name='locked'),
        migrations.RemoveField(model_name='reportrecipient', name='public_key'),
        migrations.AddConstraint(
            model_name='reportrecipient',
            constraint=models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('agency',), name='report_recipient_once'),
        ),
        migrations.AddField(
            model_name='report',
            name='owner',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.agency'),
        ),
        migrations.AddField(model_name='report', name='unread_since', field=models.DateTimeField(null=True)),
        migrations.AddField(model_name='report', name='set_aside_by', field=models.CharField(max_length=64, null=True)),
        migrations.AddField(model_name='report', name='because', field=models.CharField(max_length=64, null=True)),
        migrations.RemoveConstraint(model_name='report', name='report_holds_codes'),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(('region__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('language__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('danger__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('state__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('set_aside_by__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('because__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='report_holds_codes'),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('unread_since__isnull', False)), fields=['unread_since'], name='report_unread'),
        ),
        sql(GUARD),
    ]
