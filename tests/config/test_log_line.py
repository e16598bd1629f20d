"""Lines of the log: one line each, with time, place and kind; a fault tells where it arose and not what it says."""

import json
import logging
import sys

import pytest

from encircle.config import settings
from encircle.config.log_line import LogLine


def line(message: str, *args: object, fault: BaseException | None = None, **more: object) -> str:
    given = None if fault is None else (type(fault), fault, fault.__traceback__)
    record = logging.LogRecord("encircle.records", logging.WARNING, __file__, 1, message, args, given)
    record.created = 1_795_000_000.25
    vars(record).update(more)
    return LogLine().format(record)


def test_a_line_of_the_log_says_when_where_and_what():
    assert json.loads(line("notice.not_sent", refused="mail_refused", request=object())) == {
        "at": "2026-11-18T11:06:40.250+00:00",
        "level": "warning",
        "from": "encircle.records",
        "what": "notice.not_sent",
        "refused": "mail_refused",
    }


@pytest.mark.parametrize("text", ["a\nb", "a\r\nb", "a\u2028b", "a\x1b[2Kb", 'a", "level": "x'])
def test_no_text_begins_a_line_of_its_own(text: str):
    written = line("%s", text)
    assert len(written.splitlines()) == 1
    assert written.isprintable()
    assert json.loads(written)["what"] == text


def test_a_fault_tells_its_kind_and_place_and_not_its_words():
    try:
        try:
            raise KeyError("Aino lives with her aunt")
        except KeyError as first:
            raise ValueError("Aino again") from first
    except ValueError:
        written = line("fault", fault=sys.exc_info()[1])
    told = json.loads(written)
    assert told["fault"] == ["ValueError", "KeyError"]
    assert [place.rpartition(" ")[2] for place in told["through"]] == [
        "test_a_fault_tells_its_kind_and_place_and_not_its_words"
    ]
    assert "Aino" not in written


def test_logs_go_to_one_place_only():
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"] == {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}}
    assert "loggers" not in settings.LOGGING
