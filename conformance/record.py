"""Records: JSON lines, one per check, between a header and a footer; the named ways in which such a file can be invalid.

The format is published in conformance/schema.json. A number that is not finite is written as "inf", "-inf" or "nan".
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import IO, Any, TypeVar

from conformance.problem import InvalidRecords, UnwritableRecords

T = TypeVar("T")

SCHEMA = 1

OUTCOMES = (
    "pass",
    "unresolved",
    "near",
    "wrong-value",
    "nonfinite",
    "range",
    "wrong-structure",
    "error",
    "unsupported",
    "crash",
    "timeout",
    "notrun",
)
RED = frozenset({"near", "wrong-value", "nonfinite", "wrong-structure", "error", "crash", "timeout", "notrun"})


@dataclass(frozen=True)
class Record:
    """What came out of one check. Figures are absolute (error, bound) or dimensionless (beta, rho), of the worst element."""

    id: str
    adapter: str
    operator: str
    dtype: str
    device: str
    outcome: str
    case: str = ""
    point: str = ""
    route: str = ""
    surface: str = ""
    family: str = ""
    tier: str = ""
    modes: str = ""
    compiled: str = ""
    message: str = ""
    error: float | None = None
    bound: float | None = None
    beta: float | None = None
    rho: float | None = None
    got: str = ""
    expected: str = ""
    known: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Header:
    """What was asked, and where: enough to tell whether two files answer the same questions."""

    suite: str
    profile: str
    device: str
    planned: int
    manifests: Mapping[str, str]
    versions: Mapping[str, Mapping[str, str]]
    interpreter: str
    platform: str
    longdouble: int
    flags: Mapping[str, str] = field(default_factory=dict)
    started: str = ""
    schema: int = SCHEMA


@dataclass(frozen=True)
class Run:
    """One records file as read."""

    header: Header
    records: tuple[Record, ...]
    complete: bool


class EmptyFile(InvalidRecords):
    """Nothing is in it."""


class NotRecords(InvalidRecords):
    """The first line is no header of this suite."""


class OtherSchema(InvalidRecords):
    """Written by a version whose format this one does not know."""


class BrokenLine(InvalidRecords):
    """A line is no JSON object with the fields of a record."""


class UnknownOutcome(InvalidRecords):
    """An outcome outside the closed set."""


class DuplicateCheck(InvalidRecords):
    """One check is recorded twice."""


class WrongCounts(InvalidRecords):
    """The footer's counts are not those of the records."""


def line(kind: str, content: Mapping[str, Any]) -> str:
    """One JSON line with its newline."""
    return json.dumps({"kind": kind, **{k: _plain(v) for k, v in content.items()}}, ensure_ascii=False, allow_nan=False) + "\n"


def counts(records: Any) -> dict[str, int]:
    """Number of records per outcome, in the order of OUTCOMES, zeros left out."""
    found = Counter(record.outcome for record in records)
    return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}


class Writer:
    """Appends records to a file as results arrive, flushed line by line. Raises UnwritableRecords."""

    def __init__(self, path: Path, header: Header) -> None:
        self._outcomes: Counter[str] = Counter()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = path.open("w", encoding="utf-8")
        except OSError as fault:
            raise UnwritableRecords(f"cannot write records to {path}: {fault.strerror}", "name a writable file") from fault
        self._put(line("header", asdict(header)))

    def add(self, record: Record) -> None:
        """Append one record."""
        self._outcomes[record.outcome] += 1
        self._put(line("check", asdict(record)))

    def close(self) -> None:
        """Append the footer."""
        ordered = {outcome: self._outcomes[outcome] for outcome in OUTCOMES if self._outcomes[outcome]}
        self._put(line("footer", {"counts": ordered, "recorded": sum(ordered.values())}))
        self._file.close()

    def _put(self, text: str) -> None:
        self._file.write(text)
        self._file.flush()


def read(path: Path) -> Run:
    """A records file; `complete` is false where the footer is missing (the run was cut off). Raises InvalidRecords."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise NotRecords(f"{path}: {fault}", "name a file written with --records") from fault
    if not lines:
        raise EmptyFile(f"{path} is empty", "run it again with --records")
    header = _header(path, lines[0])
    records: dict[str, Record] = {}
    footer = None
    for number, text in enumerate(lines[1:], 2):
        if footer is not None:
            raise BrokenLine(f"{path}:{number}: text after the footer", "do not join records files; report takes several")
        content = _object(path, number, text, cut_off=number == len(lines))
        if content is None:
            break
        if content.get("kind") == "footer":
            footer = content
            continue
        record = _record(path, number, content)
        if record.id in records:
            raise DuplicateCheck(f"{path}:{number}: {record.id} is recorded twice", "run it again with --records")
        records[record.id] = record
    found = tuple(records.values())
    if footer is not None and footer.get("counts") != counts(found):
        raise WrongCounts(f"{path}: the footer's counts are not those of its records", "run it again with --records")
    return Run(header, found, footer is not None)


def _header(path: Path, text: str) -> Header:
    content = _object(path, 1, text, cut_off=False) or {}
    if content.pop("kind", None) != "header" or "schema" not in content:
        raise NotRecords(f"{path} does not begin with a header of this suite", "name a file written with --records")
    if content["schema"] != SCHEMA:
        raise OtherSchema(
            f"{path} has schema {content['schema']!r}, this version reads {SCHEMA}",
            "read it with the suite that wrote it",
        )
    return _build(Header, content, f"{path}:1")


def _object(path: Path, number: int, text: str, cut_off: bool) -> dict[str, Any] | None:
    """The JSON object of a line; None for a last line that was cut off while it was written."""
    try:
        content = json.loads(text)
    except ValueError as fault:
        if cut_off:
            return None
        raise BrokenLine(f"{path}:{number}: {fault}", "run it again with --records") from fault
    if not isinstance(content, dict):
        raise BrokenLine(f"{path}:{number}: not a JSON object", "run it again with --records")
    return content


def _record(path: Path, number: int, content: dict[str, Any]) -> Record:
    if content.pop("kind", None) != "check":
        raise BrokenLine(f"{path}:{number}: neither a check nor the footer", "run it again with --records")
    if content.get("outcome") not in OUTCOMES:
        raise UnknownOutcome(f"{path}:{number}: outcome {content.get('outcome')!r}", "read it with the suite that wrote it")
    return _build(Record, content, f"{path}:{number}")


def _build(kind: type[T], content: dict[str, Any], where: str) -> T:
    names = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    try:
        return kind(**{key: _number(value, str(names[key].type)) for key, value in content.items()})
    except (KeyError, TypeError, ValueError) as fault:
        raise BrokenLine(f"{where}: {type(fault).__name__}: {fault}", "run it again with --records") from fault


def _number(value: Any, kind: str) -> Any:
    if "float" in kind:
        return None if value is None else float(value)
    if kind == "str" and not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
