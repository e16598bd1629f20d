"""Complaints, sealed to a body which is not the one complained of; and what the page of a child reads of its own duties."""

import django.db.models.deletion
from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, sql

OWN = "encircle_childs_session() IS NOT NULL AND root_id = (SELECT encircle_childs_root())"
RIGHTS = "'D02a', 'D02b', 'D02c', 'D04', 'D23', 'D24', 'D25', 'D26', 'D34'"
GUARD = f"""
    {close("complaint")}
    {allow("complaint", WEB, "SELECT INSERT", "encircle_is_typed_report(report_id)", name="typed_code")}
    {allow("complaint", WEB, "SELECT UPDATE", "encircle_is_recipient(report_id)", name="recipient")}
    GRANT UPDATE (promised_by, acknowledged_hour, outcome, answered_hour, given_on_hour) ON complaint TO {WEB};
    {jobs("complaint", "SELECT", "sweep")}
    -- The child may tell the body the number of its own record.
    {allow("root", WEB, "SELECT", "encircle_childs_session() IS NOT NULL AND id = (SELECT encircle_childs_root())", name="child")}
    -- The page tells the child how far these duties towards it have come; of no other does it learn.
    {allow("duty_row", WEB, "SELECT", f"{OWN} AND scope = 'child' AND code IN ({RIGHTS})", name="child")}
    CREATE POLICY complaint_asked ON complaint FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    ALTER TABLE complaint ADD CONSTRAINT complaint_hours_are_whole CHECK (
        acknowledged_hour = date_trunc('hour', acknowledged_hour, 'UTC')
        AND answered_hour = date_trunc('hour', answered_hour, 'UTC')
        AND given_on_hour = date_trunc('hour', given_on_hour, 'UTC'));
    ALTER TABLE complaint ADD CONSTRAINT complaint_answer_has_an_outcome CHECK (answered_hour IS NULL OR outcome IS NOT NULL);

    -- Nothing of what became of it is taken back, and what it is about stays as it was said.
    CREATE FUNCTION encircle_complaint_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (NEW.report_id, NEW.about, NEW.complainant) IS DISTINCT FROM (OLD.report_id, OLD.about, OLD.complainant)
           OR (OLD.promised_by IS NOT NULL AND NEW.promised_by IS NULL)
           OR (OLD.outcome IS NOT NULL AND NEW.outcome IS NULL)
           OR (OLD.acknowledged_hour IS NOT NULL AND NEW.acknowledged_hour IS DISTINCT FROM OLD.acknowledged_hour)
           OR (OLD.answered_hour IS NOT NULL AND NEW.answered_hour IS DISTINCT FROM OLD.answered_hour)
           OR (OLD.given_on_hour IS NOT NULL AND NEW.given_on_hour IS DISTINCT FROM OLD.given_on_hour) THEN
            RAISE EXCEPTION 'What became of a complaint is not taken back.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_is_not_taken_back';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER complaint_guard BEFORE UPDATE ON complaint FOR EACH ROW EXECUTE FUNCTION encircle_complaint_guard();

    -- The bodies that receive complaints: agencies of these roles whose key is in use.
    CREATE FUNCTION encircle_complaint_bodies(roles text[], about text) RETURNS TABLE (agency_id uuid, public_key bytea)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
        AS $$ SELECT agency.id, held.public FROM agency
                JOIN agency_key AS held ON held.agency_id = agency.id AND held.in_use_at IS NOT NULL AND held.retired_at IS NULL
               WHERE agency.role = ANY (roles) AND agency.role <> about AND agency.ended_at IS NULL ORDER BY agency.id $$;
    REVOKE EXECUTE ON FUNCTION encircle_complaint_bodies(text[], text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_complaint_bodies(text[], text) TO {WEB}, {JOBS};

    -- Whatever a page does: no key of a complaint for an agency of the role that it is about, nor for a desk of reports.
    CREATE FUNCTION encircle_complaint_not_to_them() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        IF NEW.agency_id IS NOT NULL AND EXISTS (
            SELECT FROM complaint JOIN agency ON agency.id = NEW.agency_id
             WHERE complaint.report_id = NEW.report_id
               AND (agency.role = complaint.about OR EXISTS (SELECT FROM report_recipient AS desk
                     WHERE desk.agency_id = NEW.agency_id AND desk.ended_at IS NULL))) THEN
            RAISE EXCEPTION 'A complaint is not given to those whom it is about.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_not_to_whom_it_is_about';
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_complaint_not_to_them() FROM PUBLIC;
    CREATE TRIGGER report_seal_of_complaint BEFORE INSERT ON report_seal
        FOR EACH ROW EXECUTE FUNCTION encircle_complaint_not_to_them();
    -- It stands before the first seal: else the guard above would not know that it is one.
    CREATE FUNCTION encircle_complaint_comes_first() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public AS $$
    BEGIN
        IF EXISTS (SELECT FROM report_seal AS own WHERE own.report_id = NEW.report_id) THEN
            RAISE EXCEPTION 'What was sealed as a report does not become a complaint.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'complaint_from_the_start';
        END IF;
        RETURN NEW;
    END $$;
    REVOKE EXECUTE ON FUNCTION encircle_complaint_comes_first() FROM PUBLIC;
    CREATE TRIGGER complaint_comes_first BEFORE INSERT ON complaint
        FOR EACH ROW EXECUTE FUNCTION encircle_complaint_comes_first();
    CREATE TRIGGER complaint_stays BEFORE DELETE OR TRUNCATE ON complaint
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0054_report_pieces'),
    ]

    operations = [
        migrations.CreateModel(
            name='Complaint',
            fields=[
                ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.report')),
                ('about', models.CharField(max_length=64)),
                ('complainant', models.CharField(max_length=64)),
                ('promised_by', models.DateField(null=True)),
                ('acknowledged_hour', models.DateTimeField(null=True)),
                ('outcome', models.CharField(max_length=64, null=True)),
                ('answered_hour', models.DateTimeField(null=True)),
                ('given_on_hour', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'complaint',
                'constraints': [models.CheckConstraint(condition=models.Q(('about__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('complainant__regex', '^[a-z0-9][a-z0-9_.:-]*$'), ('outcome__regex', '^[a-z0-9][a-z0-9_.:-]*$')), name='complaint_holds_codes')],
            },
        ),
        sql(GUARD),
    ]
