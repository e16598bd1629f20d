"""Files at the door: sealed pieces, seen by the form that added them, and by those who see the report once it is sent."""

from django.db import migrations, models

from encircle.records.migrations._guard import JOBS, OWNER, WEB, allow, close, jobs, sql

# A part of a report is seen by its recipients and by who typed the code: whoever sees it sees the pieces of its file.
SENT = "EXISTS (SELECT 1 FROM report_part AS own WHERE own.id = file OFFSET 0)"
# The hash of a form cannot be made without a key that is not in the database, as that of a code.
WAITS = "held_by = encircle_code() AND NOT encircle_file_is_sent(file)"
GUARD = f"""
    {close("report_piece")}

    CREATE FUNCTION encircle_file_is_sent(asked uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT EXISTS (SELECT 1 FROM report_part AS own WHERE own.id = asked) $$;
    REVOKE EXECUTE ON FUNCTION encircle_file_is_sent(uuid) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_file_is_sent(uuid) TO {WEB}, {JOBS};
    CREATE POLICY report_part_asked ON report_part FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    -- How many files wait for their form, of all forms together: the disk is not filled by what nobody sends.
    CREATE FUNCTION encircle_files_waiting() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
        SET search_path = pg_catalog, public
        AS $$ SELECT count(*) FROM report_piece WHERE number = 0 $$;
    REVOKE EXECUTE ON FUNCTION encircle_files_waiting() FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION encircle_files_waiting() TO {WEB};
    CREATE POLICY report_piece_asked ON report_piece FOR SELECT TO {OWNER} USING (encircle_called_by_another());

    {allow("report_piece", WEB, "SELECT INSERT DELETE", WAITS, name="waits")}
    {allow("report_piece", WEB, "SELECT", SENT, name="sent")}
    {jobs("report_piece", "SELECT DELETE", "sweep")}

    -- Once sent, no piece goes or changes; the label went before the part came.
    CREATE FUNCTION encircle_piece_of_sent() RETURNS trigger LANGUAGE plpgsql
        SET search_path = pg_catalog, public, pg_temp AS $$
    BEGIN
        IF TG_OP <> 'DELETE' OR encircle_file_is_sent(OLD.file) THEN
            RAISE EXCEPTION USING MESSAGE = 'A file that was sent is only ever added to.', ERRCODE = '42501';
        END IF;
        RETURN OLD;
    END $$;
    CREATE TRIGGER report_piece_of_sent BEFORE UPDATE OR DELETE ON report_piece
        FOR EACH ROW EXECUTE FUNCTION encircle_piece_of_sent();
    ALTER TABLE report_piece ENABLE ALWAYS TRIGGER report_piece_of_sent;
    CREATE TRIGGER report_piece_is_not_emptied BEFORE TRUNCATE ON report_piece
        FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
    ALTER TABLE report_piece ENABLE ALWAYS TRIGGER report_piece_is_not_emptied;

    ALTER TABLE report_piece ADD CONSTRAINT report_piece_hour_is_whole CHECK (hour = date_trunc('hour', hour, 'UTC'));
    -- Sealed bytes do not get smaller.
    ALTER TABLE report_piece ALTER COLUMN sealed SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):

    dependencies = [("records", "0051_told_of_key")]

    operations = [
        migrations.CreateModel(
            name="ReportPiece",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("file", models.UUIDField()),
                ("number", models.IntegerField()),
                ("held_by", models.BinaryField()),
                ("hour", models.DateTimeField()),
                ("sealed", models.BinaryField()),
            ],
            options={"db_table": "report_piece"},
        ),
        migrations.AddConstraint(
            model_name="reportpiece",
            constraint=models.UniqueConstraint(fields=("file", "number"), name="report_piece_once"),
        ),
        migrations.AddIndex(
            model_name="reportpiece",
            index=models.Index(
                condition=models.Q(("number", 0)), fields=["held_by"], name="report_piece_labels"
            ),
        ),
        sql(GUARD),
    ]
