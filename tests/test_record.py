"""Records survive the way to a file and back, and every named way of being invalid is told apart."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import jsonschema
import pytest

from conformance import record as records
from conformance.record import Header, Record, Writer, read

HEADER = Header("0.1.0", "quick", "cpu", 2, {"mini": "0" * 64}, {"mini": {"mini": "1"}}, "CPython 3.11", "Linux", 64)
CHECK = Record("mini/f/p/value/eager/np/float32", "mini", "value", "float32", "cpu", "pass", case="f", beta=0.5, rho=1e-7)
OTHER = replace(CHECK, id="mini/f/q/value/eager/np/float32", outcome="nonfinite", error=float("nan"), bound=float("inf"))
SCHEMA = json.loads((Path(records.__file__).with_name("schema.json")).read_text("utf-8"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "new" / "run.jsonl"
    writer = Writer(target, HEADER)
    writer.add(CHECK)
    writer.add(OTHER)
    writer.close()
    return target


def test_what_is_written_is_read(path: Path) -> None:
    run = read(path)
    assert run.complete
    assert run.header == HEADER
    assert run.records[0] == CHECK
    assert str(asdict(run.records[1])) == str(asdict(OTHER))


def test_every_line_fits_the_published_schema(path: Path) -> None:
    for line in path.read_text("utf-8").splitlines():
        jsonschema.validate(json.loads(line), SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"kind": "check", "id": "x", "outcome": "fine"}, SCHEMA)


def test_each_line_is_on_disk_as_soon_as_it_is_added(tmp_path: Path) -> None:
    writer = Writer(tmp_path / "run.jsonl", HEADER)
    writer.add(CHECK)
    run = read(tmp_path / "run.jsonl")
    assert run.records == (CHECK,)
    assert not run.complete
    writer.close()


def test_a_cut_off_last_line_loses_only_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    path.write_text(text[: text.index('"nonfinite"')], "utf-8")
    run = read(path)
    assert run.records == (CHECK,)
    assert not run.complete


def spoiled(lines: list[str], how: str) -> list[str]:
    match how:
        case "EmptyFile":
            return []
        case "NotRecords":
            return ['{"some": "json"}', *lines[1:]]
        case "OtherSchema":
            return [lines[0].replace('"schema": 1', '"schema": 99'), *lines[1:]]
        case "BrokenLine":
            return [lines[0], lines[1][:40], *lines[2:]]
        case "UnknownOutcome":
            return [lines[0], lines[1].replace('"pass"', '"fine"'), *lines[2:]]
        case "DuplicateCheck":
            return [lines[0], lines[1], lines[1], *lines[2:]]
        case "WrongCounts":
            return [*lines[:-1], lines[-1].replace('"pass": 1', '"pass": 7')]
    raise AssertionError(how)


@pytest.mark.parametrize(
    "how", ["EmptyFile", "NotRecords", "OtherSchema", "BrokenLine", "UnknownOutcome", "DuplicateCheck", "WrongCounts"]
)
def test_each_named_way_of_being_invalid(path: Path, how: str) -> None:
    path.write_text("\n".join(spoiled(path.read_text("utf-8").splitlines(), how)), "utf-8")
    with pytest.raises(getattr(records, how), match="remedy:"):
        read(path)


@pytest.mark.parametrize("line", ["[]", "null", '{"kind": "check", "outcome": "pass", "beta": "much"}', '{"kind": "x"}'])
def test_a_line_of_the_wrong_make_is_broken(path: Path, line: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0], line, *lines[1:]]), "utf-8")
    with pytest.raises(records.BrokenLine, match=":2"):
        read(path)


def test_text_that_is_no_utf8_and_a_missing_file(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    for name in ("binary", "missing"):
        with pytest.raises(records.NotRecords):
            read(tmp_path / name)
