"""Reports under a new key of an agency: each is sealed to it as well, before the older one ends.

A seal of a report is only ever added. What is still sealed to the older key alone is what has to be done.
"""

from uuid import uuid4

from django.db import connection

from encircle.crypto.people import KeyPair
from encircle.crypto.report import name_of_key, open_report_key, seal_report_key
from encircle.crypto.sealed import SealBroken
from encircle.records.agency_keys import Moved
from encircle.vocabulary.identifier import AgencyId


def reports_left(agency: AgencyId, *, old: bytes, new: bytes) -> int:
    """How many reports this agency opens with the old public key, and not with the new one."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {_LEFT}", _given(agency, old, new))  # nosec B608  # our own words
        (count,) = cursor.fetchone()
        return int(count)


def move_reports(pair: KeyPair, agency: AgencyId, *, new: bytes, at_most: int) -> Moved:
    """Seal the next ones to the new public key as well; one that does not open is left as it is. `pair`: the old one's."""
    done = broken = 0
    with connection.cursor() as cursor:
        found = f"SELECT own.report_id::text, own.sealed {_LEFT} ORDER BY own.report_id LIMIT %(most)s"  # nosec B608  # as above
        cursor.execute(found, {**_given(agency, pair.public, new), "most": at_most})
        for report, sealed in cursor.fetchall():
            try:
                key = open_report_key(pair, bytes(sealed), report=report)
            except SealBroken:
                broken += 1
                continue
            anew = seal_report_key(key, new, report=report)
            cursor.execute(_ADD, (str(uuid4()), report, agency, anew.recipient_key, anew.sealed))
            done += 1
    return Moved(done, broken)


def _given(agency: AgencyId, old: bytes, new: bytes) -> dict[str, str | bytes | int]:
    return {"agency": agency, "old": name_of_key(old), "new": name_of_key(new)}


_LEFT = """
      FROM report_seal AS own
     WHERE own.agency_id = %(agency)s AND own.recipient_key = %(old)s AND NOT EXISTS (
        SELECT FROM report_seal AS newer WHERE newer.report_id = own.report_id
           AND newer.agency_id = own.agency_id AND newer.recipient_key = %(new)s)
"""
_ADD = """
    INSERT INTO report_seal (id, report_id, agency_id, recipient_key, sealed) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (report_id, agency_id, recipient_key) DO NOTHING
"""
