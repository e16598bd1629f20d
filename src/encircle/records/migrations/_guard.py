"""The words with which migrations close a table. Frozen: a released migration says the same for ever.

Who may see a row of a child: the agency in `encircle.agency`, while it is a member of the root; or the role jobs,
while `encircle.purpose` is one of the purposes named for the table. Nobody else; the owner only to migrate.
"""

from django.db import migrations

OWNER, WEB, DOOR, JOBS = "encircle_owner", "encircle_web", "encircle_door", "encircle_jobs"


def sql(text: str) -> migrations.RunSQL:
    """One step in SQL. What it makes goes with its table, so there is nothing to reverse but the table."""
    return migrations.RunSQL(text, migrations.RunSQL.noop)


def close(table: str) -> str:
    """Row-level security on, also for the owner. Without a policy nobody sees a row."""
    return f"""
        REVOKE ALL ON {table} FROM PUBLIC;
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY {table}_migrates ON {table} TO {OWNER}
            USING (encircle_purpose() = 'migrate') WITH CHECK (encircle_purpose() = 'migrate');
    """


def member(root: str) -> str:
    """The condition that the agency in the context is a member of this root now.

    OFFSET 0 keeps the planner from listing all roots of the agency first: it asks the index for each row. The inner
    SELECT makes it read the setting once for each query, not for each row.
    """
    return (
        f"EXISTS (SELECT 1 FROM membership AS mine WHERE mine.root_id = {root}"
        " AND mine.agency_id = (SELECT encircle_agency()) AND mine.since <= now()"
        " AND (mine.until IS NULL OR mine.until > now()) OFFSET 0)"
    )


def allow(table: str, role: str, verbs: str, condition: str, *, name: str) -> str:
    """A policy for each of these verbs (SELECT, INSERT, UPDATE, DELETE) under one condition, and the grants."""
    made = []
    for verb in verbs.split():
        using = "" if verb == "INSERT" else f"USING ({condition})"
        check = f"WITH CHECK ({condition})" if verb in ("INSERT", "UPDATE") else ""
        made.append(
            f"CREATE POLICY {table}_{name}_{verb.lower()} ON {table} FOR {verb} TO {role} {using} {check};"
        )
        if verb != "UPDATE":
            made.append(f"GRANT {verb} ON {table} TO {role};")
    return "\n".join(made)


def jobs(table: str, verbs: str, *purposes: str) -> str:
    """What the role jobs may do, and under which named purposes."""
    named = ", ".join(f"'{purpose}'" for purpose in purposes)
    return allow(table, JOBS, verbs, f"encircle_purpose() IN ({named})", name="jobs") + (
        f"GRANT UPDATE ON {table} TO {JOBS};" if "UPDATE" in verbs else ""
    )


def only_added(table: str) -> str:
    """Rows are only ever added: for every role, the owner too, and also when the server replays as a replica."""
    return f"""
        CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION encircle_refuse_change();
        ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_is_only_added_to;
    """
