"""Known rows are strict in both directions, under their conditions, and malformed files are told with their remedy."""

from __future__ import annotations

from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from conformance.known import Known, explain, load
from conformance.problem import BadSettings
from conformance.record import Record

ROW = Known("pow", ("mini/f/*",), "wrong-value", "why", "mpmath", "code", except_=("*/q/*",), beta=(2.0, 10.0))
RED = Record("mini/f/p/value/eager/np/float32", "mini", "value", "float32", "cpu", "wrong-value", beta=3.0)


def test_a_check_that_fails_as_the_row_says_is_known() -> None:
    assert explain([ROW], RED, "1.0") == ("pow", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"outcome": "pass", "beta": 0.5}, "but the check is pass: mend the row"),
        ({"outcome": "unsupported"}, "but the check is unsupported"),
        ({"beta": 11.0}, "but got wrong-value with 11.0"),
        ({"outcome": "nonfinite"}, "but got nonfinite"),
    ],
)
def test_any_other_result_is_a_fault(change: dict[str, object], words: str) -> None:
    row, fault = explain([ROW], replace(RED, **change), "1.0")  # type: ignore[arg-type]
    assert row == "pow"
    assert words in fault


def test_of_two_rows_for_a_check_that_depends_on_memory_one_has_to_say_so() -> None:
    other = replace(ROW, id="pow-2", outcome="nonfinite")
    assert explain([other, ROW], RED, "1.0") == ("pow", "")
    assert explain([ROW, other], replace(RED, outcome="error"), "1.0")[0] == "pow"


def test_exceptions_and_other_checks_are_not_covered() -> None:
    assert explain([ROW], replace(RED, id="mini/f/q/value/eager/np/float32"), "1.0") == ("", "")
    assert explain([ROW], replace(RED, id="mini/g/p/value/eager/np/float32"), "1.0") == ("", "")


@pytest.mark.parametrize(
    ("version", "device", "holds"), [("1.0", "cpu", True), ("2.1", "cpu", False), ("1.0", "cuda:0", False)]
)
def test_conditions(version: str, device: str, holds: bool) -> None:
    row = replace(ROW, versions="<2", devices=("cpu*",))
    assert bool(explain([row], replace(RED, device=device), version)[0]) is holds


@pytest.mark.parametrize("glob", ["a/b/c", "a/b/*", "a/*/c", "*/b/c", "a/*", "*", "a/[b]/c", "a/b?/c", "?/b/*", "a/b*"])
def test_a_glob_covers_what_fnmatch_says(glob: str) -> None:
    row = replace(ROW, checks=(glob,), except_=())
    for check in ("a/b/c", "a/b/c/d", "a/bb/c", "b/b/c", "a/b"):
        assert row.covers(check) == fnmatchcase(check, glob), (glob, check)


GOOD = 'id = "a"\nchecks = ["x/*"]\noutcome = "near"\nreason = "r"\nconfirmed = "c"\nreproduction = "p"\n'


def test_a_file_of_rows_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(f'[[known]]\n{GOOD}except = ["x/y"]\nbeta = [1.0, 2.0]\n', "utf-8")
    (row,) = load(tmp_path / "a.toml")
    assert (row.checks, row.except_, row.beta) == (("x/*",), ("x/y",), (1.0, 2.0))
    assert load(tmp_path / "missing.toml") == ()


@pytest.mark.parametrize(
    "text",
    [
        "[[known]",
        "known = 3",
        "known = [3]",
        "[[known]]\n",
        f"[[known]]\n{GOOD}surprise = 1\n",
        f"[[known]]\n{GOOD}".replace('"near"', '"pass"'),
        f"[[known]]\n{GOOD}".replace('["x/*"]', '"x/*"'),
        f"[[known]]\n{GOOD}beta = [1.0]\n",
        f'[[known]]\n{GOOD}versions = "newest"\n',
        f"[[known]]\n{GOOD}[[known]]\n{GOOD}",
    ],
)
def test_a_malformed_file_is_one_message_with_its_remedy(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.toml").write_text(text, "utf-8")
    with pytest.raises(BadSettings, match="remedy:"):
        load(tmp_path / "a.toml")
