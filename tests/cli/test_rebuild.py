"""`encircle rebuild` tells how far it is: a bar on a terminal, lines in a file."""

import io

from encircle.cli.rebuild import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def told(out: io.StringIO, *steps: int, seconds: float = 60.0) -> str:
    times = iter([0.0, *(seconds * number for number in range(1, 20))])
    progress = Progress(out, clock=lambda: next(times))
    for done in steps:
        progress.tell(done, 400)
    return out.getvalue()


def test_on_a_terminal_a_bar_moves_and_says_how_long_it_takes():
    assert told(Terminal(), 0, 100, 200, 400).split("\x1b[K") == [
        "\r[..............................]   0% 0 of 400 records are done.",
        "\r[#######.......................]  25% 100 of 400 records are done. 3 min left",
        "\r[###############...............]  50% 200 of 400 records are done. 2 min left",
        "\r[##############################] 100% 400 of 400 records are done.",
        "\n",
    ]


def test_the_last_minute_is_told_in_seconds():
    assert "390 of 400 records are done. 2 s left" in told(Terminal(), 390)


def test_in_a_file_there_is_a_line_for_each_hundredth_part_at_most():
    assert told(io.StringIO(), 0, 1, 2, 3, 4, 5, 400).splitlines() == [
        "0 of 400 records are done.",
        "4 of 400 records are done.",
        "400 of 400 records are done.",
    ]


def test_nothing_to_do_is_told_too():
    out = io.StringIO()
    Progress(out).tell(0, 0)
    assert out.getvalue() == "0 of 0 records are done.\n"
