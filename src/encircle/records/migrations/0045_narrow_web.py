"""What the pages may change of accounts, persons, agencies and second factors: less than the whole row.

Triggers, not grants by column: the library of second factors saves whole rows. What the pages never change is refused
to their role whatever context it states; a person's office ends only in the context of its own agency. Agencies are
changed by the operator alone.
"""

from django.db import migrations

from encircle.records.migrations._guard import WEB, sql

WHOSE_AND_WHAT = {
    "account": "id, login, email, made_at",
    "person": "id, account_id, agency_id, role, given_name, surname, region, since",
    "mfa_authenticator": "id, user_id, type, created_at",
}
MORE = {
    "account": """
        IF NEW.is_active AND NOT OLD.is_active THEN RAISE EXCEPTION USING MESSAGE = refused, ERRCODE = '42501'; END IF;
        IF OLD.signed_out_at IS NOT NULL AND NEW.signed_out_at IS DISTINCT FROM OLD.signed_out_at
           AND (NEW.signed_out_at IS NULL OR NEW.signed_out_at < OLD.signed_out_at) THEN
            RAISE EXCEPTION USING MESSAGE = refused, ERRCODE = '42501';
        END IF;
    """,
    "person": """
        IF OLD.until IS NOT NULL AND NEW.until IS DISTINCT FROM OLD.until
           OR OLD.successor_id IS NOT NULL AND NEW.successor_id IS DISTINCT FROM OLD.successor_id
           OR (NEW.until IS DISTINCT FROM OLD.until OR NEW.successor_id IS DISTINCT FROM OLD.successor_id)
              AND OLD.agency_id IS DISTINCT FROM encircle_agency() THEN
            RAISE EXCEPTION USING MESSAGE = refused, ERRCODE = '42501';
        END IF;
    """,
}


def narrowed(table: str, columns: str) -> str:
    """Refuse the role of the pages a change of these columns, and what is refused beside them."""
    old = ", ".join(f"OLD.{column.strip()}" for column in columns.split(","))
    new = ", ".join(f"NEW.{column.strip()}" for column in columns.split(","))
    return f"""
        CREATE FUNCTION encircle_{table}_from_pages() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE refused text := 'The pages may not change this of {table}.';
        BEGIN
            IF ({new}) IS DISTINCT FROM ({old}) THEN RAISE EXCEPTION USING MESSAGE = refused, ERRCODE = '42501'; END IF;
            {MORE.get(table, "")}
            RETURN NEW;
        END $$;
        CREATE TRIGGER {table}_from_pages BEFORE UPDATE ON {table} FOR EACH ROW
            WHEN (current_user = '{WEB}') EXECUTE FUNCTION encircle_{table}_from_pages();
    """


class Migration(migrations.Migration):

    dependencies = [
        ("records", "0044_report_recipients"),
    ]

    operations = [
        sql(f"REVOKE UPDATE ON agency FROM {WEB}"),
        sql("".join(narrowed(table, columns) for table, columns in WHOSE_AND_WHAT.items())),
    ]
