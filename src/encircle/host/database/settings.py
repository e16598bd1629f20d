"""The settings of the embedded server: small, private, safe on power loss. Written anew at each start."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from encircle.host.database.account import Account
from encircle.host.database.folder import Place, make_folder, write
from encircle.host.database.process import mark_of
from encircle.host.database.role import DATABASE, KEEPER, Connection, DatabaseRole
from encircle.host.database.unavailable import DatabaseUnavailable

SAFE_ON_POWER_LOSS = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}

SETTINGS: dict[str, str] = {
    # Private: no network, no outward connections, no settings changed from inside.
    "listen_addresses": "",
    "port": "5432",
    "allow_alter_system": "off",
    "max_wal_senders": "0",
    "max_replication_slots": "0",
    "max_logical_replication_workers": "0",
    # Small: the whole product should rest below 350 MB.
    "shared_buffers": "32MB",
    "max_connections": "40",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "effective_cache_size": "256MB",
    "io_method": "sync",
    "max_worker_processes": "2",
    "max_parallel_workers": "0",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "jit": "off",
    "huge_pages": "off",
    "dynamic_shared_memory_type": "mmap",
    # Steady: recovery after a crash stays short, the disk use bounded.
    "wal_level": "minimal",
    "checkpoint_timeout": "15min",
    "min_wal_size": "32MB",
    "max_wal_size": "256MB",
    "autovacuum": "on",
    "autovacuum_worker_slots": "3",
    "autovacuum_max_workers": "2",
    "autovacuum_vacuum_scale_factor": "0.1",
    "restart_after_crash": "on",
    "client_connection_check_interval": "10s",
    # Silent: statements, parameters and the details of errors can hold what was said about a child.
    "log_destination": "stderr",
    "logging_collector": "off",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "timezone": "UTC",
}

MEMORY_OPTION = "ENCIRCLE_DATABASE_MEMORY_MB"
LEAST_MB, MOST_MB = 32, 65_536
LARGEST_LOG_MB = 16_384
"""However much memory: a log beyond this makes the start after a power cut long."""

STATES = """
select name, setting, coalesce(sourcefile || ' line ' || sourceline, 'its settings') from pg_settings
 where name in ('fsync', 'full_page_writes', 'synchronous_commit')
"""
WRITTEN = """
select name, setting, sourcefile || ' line ' || sourceline from pg_file_settings
 where name in ('fsync', 'full_page_writes', 'synchronous_commit')
"""
FOR_ROLES = """
select split_part(entry, '=', 1), split_part(entry, '=', 2), 'a setting of a role or database (ALTER ... SET)'
  from pg_db_role_setting, unnest(setconfig) as entry where split_part(entry, '=', 1) = 'synchronous_commit'
"""


def memory_for(environ: Mapping[str, str]) -> int:
    """How many megabytes the server keeps for its pages. Refuses: DatabaseUnavailable, a text that is no such number."""
    text = environ.get(MEMORY_OPTION) or str(LEAST_MB)
    if not text.isascii() or not text.isdigit() or not LEAST_MB <= int(text) <= MOST_MB:
        raise DatabaseUnavailable(
            code="bad_memory",
            reason=f"{MEMORY_OPTION} is {text!r}, which is no number of megabytes from {LEAST_MB} to {MOST_MB}.",
            instead="Give about a quarter of the memory of the machine, or leave it out.",
        )
    return int(text)


def sized(memory_mb: int) -> dict[str, str]:
    """The settings with so many megabytes for pages; what else grows with the records grows along."""
    if memory_mb == LEAST_MB:
        return SETTINGS
    return SETTINGS | {
        "shared_buffers": f"{memory_mb}MB",
        "effective_cache_size": f"{max(256, memory_mb * 3)}MB",
        "maintenance_work_mem": f"{max(32, memory_mb // 8)}MB",
        "max_wal_size": f"{min(LARGEST_LOG_MB, max(256, memory_mb * 4))}MB",
    }


def write_settings(
    place: Place, *, web: Account, keeper: Account, every_database: bool, memory_mb: int
) -> None:
    """Write the settings, who may connect and as which role.

    `every_database` lets the four roles into databases besides `encircle` (for the databases of tests).
    """
    other = place.account.uid != os.geteuid()
    gid = place.account.gid if other else None
    make_folder(
        place.settings, mode=0o710 if other else 0o700, owner=(os.geteuid(), gid) if gid is not None else None
    )
    texts = {
        "postgresql.conf": "".join(f"{name} = '{value}'\n" for name, value in sized(memory_mb).items()),
        "pg_hba.conf": _who_may_connect(every_database=every_database),
        "pg_ident.conf": _who_is_who(web=web, keeper=keeper),
    }
    for name, text in texts.items():
        file = place.settings / name
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            write(file, text, mode=0o640 if other else 0o600, gid=gid)


def command_line(place: Place, *, postgres: Path, sockets: Path) -> Sequence[str | Path]:
    """How the server is called. What keeps it safe stands here too, as a command line beats every file."""
    firm = {
        "config_file": str(place.settings / "postgresql.conf"),
        "hba_file": str(place.settings / "pg_hba.conf"),
        "ident_file": str(place.settings / "pg_ident.conf"),
        "unix_socket_directories": str(sockets),
        # The folder around the socket is closed, and each connection is asked who it is.
        "unix_socket_permissions": "0777",
        "listen_addresses": "",
        "cluster_name": mark_of(place.cluster),
        **SAFE_ON_POWER_LOSS,
    }
    options = [word for name, value in firm.items() for word in ("-c", f"{name}={value}")]
    return [postgres, "-D", place.cluster, *options]


def refuse_if_unsafe(connection: Connection, *, embedded: bool) -> None:
    """Refuses: a server that would confirm what a power cut can take away, now or by its files."""
    found = list(connection.execute(STATES))
    if embedded:
        found += [*connection.execute(WRITTEN), *connection.execute(FOR_ROLES)]
    for name, setting, where in found:
        if str(setting).lower() in ("off", "false", "no", "0"):
            raise DatabaseUnavailable(
                code="not_safe_on_power_loss",
                reason=f"The database has {name} switched off ({where}): "
                "what was confirmed could be lost when the power fails.",
                instead=f"Set {name} to on, or remove that line.",
            )
    checksums = connection.execute("select current_setting('data_checksums')").fetchone()
    if embedded and checksums != ("on",):
        raise DatabaseUnavailable(
            code="no_checksums",
            reason="The database files have no checksums, so damage by the disk would go unseen.",
            instead="Run pg_checksums --enable on the stopped database, or restore a backup.",
        )


def _who_may_connect(*, every_database: bool) -> str:
    """pg_hba.conf: the local socket only, and only accounts that are mapped to the role."""
    roles = ",".join(role.value for role in DatabaseRole)
    databases = "all" if every_database else DATABASE
    return (
        "# Written by Encircle at each start; changes are lost.\n"
        f"local {databases} {roles} peer map=roles\n"
        f"local all {KEEPER} peer map=keeper\n"
        "local all all reject\n"
    )


def _who_is_who(*, web: Account, keeper: Account) -> str:
    """pg_ident.conf: which account of the operating system may be which role."""
    lines = ["# Written by Encircle at each start; changes are lost."]
    lines += [f'roles "{keeper.name}" {role.value}' for role in DatabaseRole]
    if web != keeper:
        lines += [
            f'roles "{web.name}" {role.value}' for role in DatabaseRole if role is not DatabaseRole.OWNER
        ]
    lines.append(f'keeper "{keeper.name}" {KEEPER}')
    return "\n".join(lines) + "\n"
