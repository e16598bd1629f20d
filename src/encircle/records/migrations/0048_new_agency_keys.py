"""A new key of an agency in place of an older one, which ends when nothing is sealed to it; who ended a person's key."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import OWNER, WEB, allow, sql

OWN = "agency_id = (SELECT encircle_agency())"
# Who moves an agency's seals sees those of its own, also on records that it has left: ids, and nothing of a child.
GUARD = f"""
    GRANT UPDATE (retired_at, ended_at) ON agency_key TO {WEB};
    GRANT UPDATE (ended_by_id) ON member_key TO {WEB};
    {allow("data_key_share", WEB, "SELECT INSERT DELETE", f"{OWN} AND encircle_purpose() = 'sign_in'", name="moved")}
    {allow("recovery_share", WEB, "DELETE", f"{OWN} AND EXISTS (SELECT FROM agency_key AS key"
           " WHERE key.id = agency_key_id AND key.ended_at IS NOT NULL)", name="ended")}
    CREATE POLICY agency_key_asked ON agency_key FOR SELECT TO {OWNER} USING (encircle_called_by_another());
    CREATE POLICY data_key_share_asked ON data_key_share FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    -- Whoever seals to a key, and whoever ends it, wait for each other: no seal is left behind to a key that nobody has.
    CREATE FUNCTION encircle_agency_key_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        IF (OLD.retired_at IS NOT NULL AND NEW.retired_at IS DISTINCT FROM OLD.retired_at)
           OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
            RAISE EXCEPTION 'A key of an agency that was replaced does not come back.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_key_stays_ended';
        END IF;
        IF NEW.ended_at IS NOT NULL AND OLD.ended_at IS NULL THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(OLD.id::text, 46));
            IF EXISTS (SELECT FROM data_key_share AS share WHERE share.agency_key_id = OLD.id) THEN
                RAISE EXCEPTION 'A key of an agency ends when nothing is sealed to it.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_key_ends_empty';
            END IF;
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_agency_key_guard() FROM PUBLIC;
    CREATE TRIGGER agency_key_guard BEFORE UPDATE ON agency_key
        FOR EACH ROW EXECUTE FUNCTION encircle_agency_key_guard();

    CREATE FUNCTION encircle_sealed_to_a_living_key() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.agency_key_id::text, 46));
        IF EXISTS (SELECT FROM agency_key AS key WHERE key.id = NEW.agency_key_id AND key.ended_at IS NOT NULL) THEN
            RAISE EXCEPTION 'Nothing is sealed to a key that has ended.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'agency_key_has_ended';
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_sealed_to_a_living_key() FROM PUBLIC;
    CREATE TRIGGER data_key_share_to_a_living_key BEFORE INSERT ON data_key_share
        FOR EACH ROW EXECUTE FUNCTION encircle_sealed_to_a_living_key();
    CREATE TRIGGER agency_key_share_of_a_living_key BEFORE INSERT ON agency_key_share
        FOR EACH ROW EXECUTE FUNCTION encircle_sealed_to_a_living_key();
    CREATE TRIGGER recovery_share_of_a_living_key BEFORE INSERT ON recovery_share
        FOR EACH ROW EXECUTE FUNCTION encircle_sealed_to_a_living_key();
"""


class Migration(migrations.Migration):

    dependencies = [('records', '0047_passkey_lock')]

    operations = [
        migrations.RemoveConstraint(
            model_name='agencykey',
            name='agency_key_one',
        ),
        migrations.AddField(
            model_name='agencykey',
            name='reason',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='agencykey',
            name='retired_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='agencykey',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='memberkey',
            name='ended_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='records.person'),
        ),
        migrations.AddConstraint(
            model_name='agencykey',
            constraint=models.CheckConstraint(condition=models.Q(('reason__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='agency_key_holds_codes'),
        ),
        migrations.AddConstraint(
            model_name='agencykey',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at__isnull', True), ('retired_at__isnull', False), _connector='OR'), name='agency_key_ends_after_another'),
        ),
        migrations.AddConstraint(
            model_name='agencykey',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at__isnull', True)), fields=('agency',), name='agency_key_one'),
        ),
        migrations.AddIndex(
            model_name='datakeyshare',
            index=models.Index(fields=['agency_key', 'id'], name='data_key_share_of_key'),
        ),
        sql(GUARD),
    ]
