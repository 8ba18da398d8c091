"""One verdict, five outputs: the same numbers in each, inside each format's limits, and no text that can act as markup."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conformance.__main__ import main
from conformance.gate import judge
from conformance.known import UNREVIEWED, Known, Ledger
from conformance.report.annotations import commands
from conformance.report.ctrf import ctrf
from conformance.report.escape import markdown, plain
from conformance.report.junit import junit
from conformance.report.summary import LIMIT, SHOWN, summary, terminal
from conformance.verdict import Verdict
from tests.synthetic import name, record, run, write

HOSTILE = (
    "</td><script>alert(1)</script> ]]> & \" ' | `x` ``y`` [a](javascript:b) ![i](u) <!-- --> @everyone #1 \x1b[31m\x00\x0b"
    "\u2028\n::error::x\n##[error]y\n::add-mask::z %0A %25 \r\n# heading\n| a | b |\n\u202e\ufeff\ufffe 🙂"
)
F = name("torch", "f")
CTRF = {
    "type": "object",
    "required": ["reportFormat", "specVersion", "results"],
    "properties": {
        "reportFormat": {"const": "CTRF"},
        "specVersion": {"pattern": r"^\d+\.\d+\.\d+$"},
        "results": {
            "type": "object",
            "required": ["tool", "summary", "tests"],
            "properties": {
                "tool": {"required": ["name"], "properties": {"name": {"minLength": 1}}},
                "summary": {
                    "required": ["tests", "passed", "failed", "skipped", "pending", "other", "start", "stop"],
                    "additionalProperties": {"type": ["integer", "object"]},
                },
                "tests": {
                    "items": {
                        "required": ["name", "status", "duration"],
                        "additionalProperties": False,
                        "properties": {
                            "name": {"type": "string", "minLength": 1},
                            "status": {"enum": ["passed", "failed", "skipped", "pending", "other"]},
                            "duration": {"type": "integer"},
                            "rawStatus": {"type": "string"},
                            "suite": {"type": "array", "minItems": 1, "items": {"type": "string"}},
                            "message": {"type": "string"},
                            "flaky": {"type": "boolean"},
                        },
                    }
                },
            },
        },
    },
}
"""What of the published schema (ctrf-io/ctrf, schema/ctrf.schema.json, 0.1) concerns the fields that are written."""


def verdict(failing: int = 3, message: str = HOSTILE) -> Verdict:
    """Passes, known failures, unsupported, flaky, notrun, a stale row and `failing` failures with this message."""
    outcomes = {name("torch", f"bad{i}"): record(name("torch", f"bad{i}"), "error", message=message) for i in range(failing)}
    outcomes[F] = record(F)
    for case, outcome, more in (("k", "wrong-value", {}), ("u", "unsupported", {}), ("y", "crash", {"again": "pass"})):
        outcomes[name("torch", case)] = record(name("torch", case), outcome, message=message, **more)
    rows = (
        Known("k", ("torch/k/*",), "wrong-value", "a defect", "c", "p"),
        Known("none", ("torch/none/*",), "near", "a defect", "c", "p"),
        Known("new", ("torch/none2/*",), "near", UNREVIEWED, "c", "p"),
    )
    content = run(outcomes, planned=[name("torch", "missing")])
    return judge({"x": content}, {"torch": Ledger(rows)}, date(2026, 1, 1), ["torch", "jax"])


def test_the_numbers_are_the_same_everywhere() -> None:
    found = verdict()
    red = {"failing": 3, "flaky": 1, "unreviewed": 1, "notrun": 1, "incomplete": 1, "stale row": 2}
    assert found.kinds == red
    root = ElementTree.fromstring("".join(junit(found)).encode())  # noqa: S314 - our own text
    checks, apart = root
    assert [checks.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["8", "4", "1", "2"]
    assert [apart.get(key) for key in ("tests", "failures", "errors")] == ["4", "3", "1"]
    document = json.loads(ctrf(found))
    jsonschema.validate(document, CTRF)
    counted = {key: document["results"]["summary"][key] for key in ("tests", "passed", "failed", "skipped", "other", "flaky")}
    assert counted == {"tests": 12, "passed": 1, "failed": 9, "skipped": 1, "other": 1, "flaky": 1}
    for text in (terminal(found), summary(found)):
        assert found.title.startswith("regression: 1 of 8 planned checks pass; 3 failing")
        assert all(f"{count} {kind}" in text or f"| {kind} | {count} |" in text for kind, count in red.items())


def test_the_verdict_stands_first() -> None:
    assert terminal(verdict()).splitlines()[0] == verdict().title
    assert summary(verdict()).splitlines()[0].startswith("## ❌ Conformance: `regression")
    good = judge({"x": run({F: "pass"})}, {}, date(2026, 1, 1), ["torch"])
    assert summary(good).startswith("## ✅ Conformance: `ok: 1 of 1 planned checks pass`")
    assert commands(good) == ""


@pytest.mark.parametrize("failing", [0, 49, 50, 51, 20_000])
def test_a_summary_of_any_size_fits(failing: int) -> None:
    text = summary(verdict(failing, "m" * 500))
    assert len(text.encode()) <= LIMIT + 200
    opened, _, folded = text.partition("<details>")
    assert sum("| `torch 1.0 on cpu` |" in line or "known rows" in line for line in opened.splitlines()) <= SHOWN
    assert bool(folded) is (failing + 6 > SHOWN)
    assert ("left out for size" in text) is (failing == 20_000)
    rows = sum(line.startswith("| failing |") and "torch/bad" in line for line in text.splitlines())
    left = re.search(r"and (\d+) more, left out", text)
    assert rows + int(left[1] if left else 0) == failing or failing == 20_000


@pytest.mark.parametrize("failing", [1, 3, 4, 5, 500])
def test_annotations_are_ten_at_most(failing: int) -> None:
    lines = commands(verdict(failing)).splitlines()
    assert len(lines) == min(failing + 6, 10)
    assert all(re.fullmatch(r"::error title=[^:,]*::.*", line) for line in lines)
    assert (f"{failing + 6 - 9} more" in lines[-1]) is (failing + 6 > 10)


def safe_lines(text: str) -> bool:
    return not any(line.lstrip().startswith("::") or "##[" in line for line in text.splitlines())


def test_hostile_text_stays_text() -> None:
    found = verdict()
    assert safe_lines(terminal(found))
    assert safe_lines(summary(found))
    assert "\x1b" not in terminal(found) + summary(found) + commands(found) + "".join(junit(found)) + ctrf(found)
    for line in commands(found).splitlines():
        assert "::" not in line.split("::", 2)[2]
    for line in summary(found).splitlines():
        if line.startswith("| failing | `"):
            assert len(re.findall(r"(?<!\\)\|", line)) == 5
            assert "<script>" not in re.sub(r"(`+).*?\1(?!`)", "", line)


TEXT = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from([HOSTILE, "`", "``", "|", "\\", "\\|", "%"])


@settings(max_examples=500, deadline=None)
@given(TEXT)
def test_any_text_is_harmless(message: str) -> None:
    found = verdict(1, message)
    root = ElementTree.fromstring("".join(junit(found)).encode())  # noqa: S314 - our own text
    assert len(root) == 2
    jsonschema.validate(json.loads(ctrf(found)), CTRF)
    for text in (terminal(found), summary(found), commands(found)):
        text.encode()
    assert safe_lines(terminal(found))
    assert len(commands(found).split("\n")) == 8
    span = markdown(message)
    assert "\n" not in span
    assert not re.search(r"(?<!\\)\|", span)
    if span:
        fence = re.match("`+", span)
        assert fence
        assert span.endswith(fence[0])
        assert fence[0] not in re.split(r"(?<!`)" + fence[0] + r"(?!`)", span)[1]


def test_plain_keeps_what_is_plain() -> None:
    assert plain("wrong-value: got 1.5 (0x1.8p+0), expected √2 ÷ β") == "wrong-value: got 1.5 (0x1.8p+0), expected √2 ÷ β"


def test_the_command_writes_them_all_and_appends_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "s.md").write_text("what another step has written\n", "utf-8")
    files = {option: tmp_path / file for option, file in (("--summary", "s.md"), ("--junit", "j.xml"), ("--ctrf", "c.json"))}
    outputs = [str(part) for pair in files.items() for part in pair]
    results = write(tmp_path / "r.jsonl", run({F: "near"}))
    assert main(["gate", str(results), "--known", str(tmp_path), "--expect", "torch", "--annotations", *outputs]) == 1
    assert "::error title=failing" in capsys.readouterr().out
    assert (tmp_path / "s.md").read_text("utf-8").startswith("what another step has written\n## ❌")
    ElementTree.parse(tmp_path / "j.xml")  # noqa: S314 - our own text
    jsonschema.validate(json.loads((tmp_path / "c.json").read_text("utf-8")), CTRF)
    assert {path.name for path in tmp_path.iterdir()} == {"s.md", "j.xml", "c.json", "r.jsonl"}


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = write(tmp_path / "r.jsonl", run({F: "pass"}))
    for option in ("--summary", "--junit", "--ctrf"):
        assert main(["gate", str(results), "--known", str(tmp_path), "--expect", "torch", option, str(tmp_path)]) == 2
        assert "remedy: " in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.jsonl"]
