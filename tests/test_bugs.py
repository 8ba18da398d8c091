"""The known rows and the document made of them."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from conformance import evidence, settings
from conformance.__main__ import main
from conformance.catalogue import ASKED
from conformance.known import Known, load
from conformance.plan import Selection, plan

ROOT = Path(__file__).parents[1]
SETTINGS = settings.Settings.read(ROOT)


def test_the_document_is_up_to_date() -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main(["bugs"]) == 0
    assert (ROOT / "docs" / "bugs.md").read_text("utf-8") == printed.getvalue(), "run `python -m conformance bugs --write`"


@pytest.mark.parametrize("name", settings.adapters(SETTINGS))
def test_every_known_row_speaks_of_planned_checks_and_gives_its_evidence(name: str) -> None:
    checks = [check.id for check in plan(settings.declarations(SETTINGS, name), ASKED, Selection("full"))]
    for row in load(ROOT / SETTINGS.known / f"{name}.toml"):
        assert any(map(row.covers, checks)), f"{row.id} matches no check of the full profile"
        for glob in row.checks:
            assert glob.startswith(f"{name}/"), f"{row.id}: {glob}"
        assert row.reason.strip(), row.id
        assert row.confirmed.strip(), row.id
        assert row.reproduction.strip(), row.id
        assert "# true: " in row.reproduction.strip().splitlines()[-1], f"{row.id} does not end by the true value"
        assert evidence.tidy(row.prints), f"{row.id} does not say what its program prints"
        assert row.versions, f"{row.id} gives no versions"


def row(name: str, program: str, prints: str) -> Known:
    return Known(name, ("mini/*",), "wrong-value", "why", "by hand", program, prints=prints)


ROWS = (
    row("same", "print('a ')\nprint('b')", "a\nb\n"),
    row("raises", "print(1)\nraise ValueError('first\\n[12:34:56] last')", "1\nlast"),
    row("noted", "e = ValueError('why')\ne.add_note('advice')\nraise e", "ValueError: why"),
    row("long", "raise KeyError('x' * 999)", "KeyError: '" + "x" * 189),
    row("other", "print(2)", "3"),
    row("silent", "pass", ""),
)


def test_a_program_that_prints_something_else_is_reported() -> None:
    lines, as_said = evidence.compare(ROWS, *evidence.answers(ROWS, ROOT))
    assert not as_said
    assert lines == [
        "same: as said",
        "raises: as said",
        "noted: as said",
        "long: as said",
        "other: differs: got '2', the row says '3'",
        "silent: differs: got '', and the row does not say what it prints",
    ]


def test_rows_that_print_what_they_say_are_as_said() -> None:
    lines, as_said = evidence.compare(ROWS[:1], *evidence.answers(ROWS[:1], ROOT))
    assert (lines, as_said) == (["same: as said"], True)


def test_a_program_sees_nothing_of_another_one() -> None:
    pair = (row("first", "x = 1\nprint(x)", "1"), row("second", "print(x)", "NameError: name 'x' is not defined"))
    assert evidence.compare(pair, *evidence.answers(pair, ROOT)) == (["first: as said", "second: as said"], True)


@pytest.mark.parametrize(
    ("program", "limit", "why"),
    [("import os\nos._exit(3)", 60.0, "the process ended with 3"), ("while True: pass", 5.0, "5 s were over")],
)
def test_the_end_of_the_process_is_told_of_each_row_without_answer(program: str, limit: float, why: str) -> None:
    rows = (ROWS[0], row("ends", program, "x"), row("after", "print(1)", "1"))
    lines, as_said = evidence.compare(rows, *evidence.answers(rows, ROOT, limit))
    assert not as_said
    assert lines == ["same: as said", f"ends: differs: no answer, {why}", f"after: differs: no answer, {why}"]


def test_the_programs_of_autograd_print_what_their_rows_say() -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main(["bugs", "--run", "autograd"]) == 0, printed.getvalue()
    assert len(printed.getvalue().splitlines()) == len(load(ROOT / SETTINGS.known / "autograd.toml"))


def test_a_program_is_a_module_of_its_own() -> None:
    """torch.compile looks in the module of a function for what it calls by name."""
    program = "import sys\nprint(vars(sys.modules[__name__]) is globals(), 'before' in globals())\nbefore = 1"
    assert [evidence.printed(program) for _ in range(2)] == ["True False"] * 2
