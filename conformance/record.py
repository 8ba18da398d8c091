"""Records: JSON lines, one per check, between a header and a footer; the named ways in which such a file can be invalid.

The format is published in conformance/schema.json. A number that is not finite is written as "inf", "-inf" or "nan".
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from conformance.build import build
from conformance.files import replacing
from conformance.invalid import BrokenLine as BrokenLine
from conformance.invalid import DuplicateCheck as DuplicateCheck
from conformance.invalid import EmptyFile as EmptyFile
from conformance.invalid import NotRecords as NotRecords
from conformance.invalid import OtherSchema as OtherSchema
from conformance.invalid import UnknownOutcome as UnknownOutcome
from conformance.invalid import WrongCounts as WrongCounts
from conformance.invalid import WrongManifest as WrongManifest
from conformance.problem import UnwritableRecords

T = TypeVar("T")

SCHEMA = 1

OUTCOMES = (
    "pass",
    "unresolved",
    "convention",
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


@dataclass(frozen=True, slots=True)
class Record:
    """What came out of one check. Figures are absolute (error, bound) or dimensionless (beta, rho), of the worst element.

    `again` is the outcome of a failing check when it was asked once more in a fresh process; "" where it was not.
    """

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
    again: str = ""


@dataclass(frozen=True)
class Header:
    """What was asked, and where: enough to tell whether two files answer the same questions, and whether one is complete.

    plan       ids of every planned check, those of other shards included; manifests: their hash, by adapter
    questions  hash of the text and points of each case that is asked
    filters    options that left checks out; shard "i/n": the part of the plan that this file answers for
    flags      environment variables that change how a framework computes
    """

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
    plan: tuple[str, ...] = ()
    questions: Mapping[str, str] = field(default_factory=dict)
    filters: str = ""
    shard: str = "1/1"


@dataclass(frozen=True)
class Run:
    """One records file as read."""

    header: Header
    records: tuple[Record, ...]
    complete: bool


def line(kind: str, content: Mapping[str, Any]) -> str:
    """One JSON line with its newline."""
    return json.dumps({"kind": kind, **{k: _plain(v) for k, v in content.items()}}, ensure_ascii=False, allow_nan=False) + "\n"


def counts(records: Any) -> dict[str, int]:
    """Number of records per outcome, in the order of OUTCOMES, zeros left out."""
    found = Counter(record.outcome for record in records)
    return {outcome: found[outcome] for outcome in OUTCOMES if found[outcome]}


def digest(ids: Iterable[str], questions: Mapping[str, str]) -> str:
    """The manifest's hash: of the ids of one adapter, and of the questions that they ask."""
    ids = sorted(ids)
    asked = sorted({name.split("/")[1] for name in ids if name.count("/")} & set(questions))
    text = "\n".join([*ids, *(f"{case} {questions[case]}" for case in asked)])
    return hashlib.sha256(text.encode()).hexdigest()


class Writer:
    """Appends records to a file as results arrive, flushed line by line. Raises UnwritableRecords.

    The file takes its place with the records already `kept` in it, in one step; what was there before is replaced.
    """

    def __init__(self, path: Path, header: Header, kept: Iterable[Record] = ()) -> None:
        self._outcomes: Counter[str] = Counter()
        self._file, temporary = replacing(path)
        self._put(line("header", asdict(header)))
        for record in kept:
            self.add(record)
        try:
            os.replace(temporary, path)
        except OSError as fault:
            temporary.unlink(missing_ok=True)
            raise UnwritableRecords(f"cannot write {path}: {fault.strerror}", "name a writable file") from fault

    def add(self, record: Record) -> None:
        """Append one record."""
        self._outcomes[record.outcome] += 1
        self._put(line("check", asdict(record)))

    def close(self) -> None:
        """Append the footer."""
        ordered = {outcome: self._outcomes[outcome] for outcome in OUTCOMES if self._outcomes[outcome]}
        self._put(line("footer", {"counts": ordered, "recorded": sum(ordered.values())}))
        self.leave()

    def leave(self) -> None:
        """Close the file without a footer."""
        self._file.close()

    def _put(self, text: str) -> None:
        self._file.write(text)
        self._file.flush()


def read(path: Path) -> Run:
    """A records file; `complete` is false where the footer is missing (the run was cut off). Raises InvalidRecords."""
    lines = _lines(path)
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
    _planned(path, header, records)
    return Run(header, found, footer is not None)


def _lines(path: Path) -> list[str]:
    """The lines of a file, separated by newlines only; a last one that was cut inside a character is spoilt for good."""
    try:
        text = path.read_bytes()
        whole, _, last = text.removesuffix(b"\n").rpartition(b"\n")
        try:
            lines = text.decode("utf-8").removesuffix("\n").split("\n")
        except UnicodeDecodeError:
            if not whole:
                raise
            lines = [*whole.decode("utf-8").split("\n"), last.decode("utf-8", "replace")[:-1]]
    except (OSError, UnicodeDecodeError) as fault:
        raise NotRecords(f"{path}: {fault}", "name a file written with --records") from fault
    if lines == [""]:
        raise EmptyFile(f"{path} is empty", "run it again with --records")
    return lines


def _planned(path: Path, header: Header, records: Mapping[str, Record]) -> None:
    """A plan without ids is no plan: `conformance.gate` calls such a file incomplete."""
    if not header.plan:
        return
    remedy = "run it again with --records"
    for adapter, hashed in header.manifests.items():
        if digest((name for name in header.plan if name.split("/")[0] == adapter), header.questions) != hashed:
            raise WrongManifest(f"{path}: the planned checks of {adapter!r} do not have the hash given for them", remedy)
    if strange := records.keys() - set(header.plan):
        raise WrongManifest(f"{path}: {min(strange)} is recorded, but was not planned", remedy)


def _header(path: Path, text: str) -> Header:
    content = _object(path, 1, text, cut_off=False) or {}
    if content.pop("kind", None) != "header" or "schema" not in content:
        raise NotRecords(f"{path} does not begin with a header of this suite", "name a file written with --records")
    if content["schema"] is True or content["schema"] != SCHEMA:
        raise OtherSchema(
            f"{path} has schema {content['schema']!r}, this version reads {SCHEMA}",
            "read it with the suite that wrote it",
        )
    header = _build(Header, content, f"{path}:1")
    if header.plan and len(set(header.plan)) != header.planned:
        named = f"{header.planned} checks planned, but {len(set(header.plan))} named"
        raise WrongManifest(f"{path}: {named}", "run it again with --records")
    return header


def _object(path: Path, number: int, text: str, cut_off: bool) -> dict[str, Any] | None:
    """The JSON object of a line; None for a last line that was cut off while it was written."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as fault:
        if cut_off and isinstance(fault, ValueError):
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
    try:
        return build(kind, content)
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise BrokenLine(f"{where}: {type(fault).__name__}: {fault}", "run it again with --records") from fault


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return encodable(value)
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value


def encodable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, spelt out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
