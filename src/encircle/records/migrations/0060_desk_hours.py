"""Out of hours: which desk is there when no other one is, which hours an agency has set, and what came outside all of them."""

from django.db import migrations, models

from encircle.records.migrations._guard import DOOR, JOBS, WEB, sql

# Hours that an operator has set stay; those that were never touched follow the practice of the country.
KEPT = "UPDATE agency SET hours_set = true WHERE (opens_at, closes_at) <> (time '08:00', time '16:00')"
GRANTED = f"""
    GRANT UPDATE (hours_set, region) ON agency TO {JOBS};
    GRANT UPDATE (out_of_hours) ON report_recipient TO {JOBS};
"""
RECEIVE = f"""
    DROP FUNCTION encircle_report_recipients();
    CREATE FUNCTION encircle_report_recipients()
        RETURNS TABLE (agency_id uuid, public_key bytea, role text, country text, opens_at time, closes_at time,
                       region text, out_of_hours boolean)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
        AS $$ SELECT own.agency_id, held.public, agency.role, agency.country,
                     CASE WHEN agency.hours_set THEN agency.opens_at END,
                     CASE WHEN agency.hours_set THEN agency.closes_at END, agency.region, own.out_of_hours
                FROM report_recipient AS own JOIN agency ON agency.id = own.agency_id
                JOIN agency_key AS held ON held.agency_id = own.agency_id AND held.in_use_at IS NOT NULL AND held.retired_at IS NULL
               WHERE own.ended_at IS NULL AND agency.ended_at IS NULL ORDER BY own.made_at, own.id $$;
    REVOKE EXECUTE ON FUNCTION encircle_report_recipients() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_report_recipients() TO {WEB}, {DOOR}, {JOBS};
"""


class Migration(migrations.Migration):

    dependencies = [
        ('records', '0059_held_reports'),
    ]

    operations = [
        migrations.AddField(model_name='agency', name='hours_set', field=models.BooleanField(db_default=False)),
        migrations.AddField(model_name='report', name='out_of_hours', field=models.BooleanField(db_default=False)),
        migrations.AddField(model_name='reportrecipient', name='out_of_hours', field=models.BooleanField(db_default=False)),
        sql(KEPT),
        sql(GRANTED),
        sql(RECEIVE),
    ]
