"""Expected non-passes: reviewed rows in TOML, one file per framework, strict in both directions.

A row names checks by globs over their ids. It has to match, and to match only checks that fail as it says: with its outcome
and, if it gives a band, with an error ÷ bound inside it. It holds under its conditions only: framework version, device.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase, translate
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

from conformance.build import build
from conformance.problem import BadSettings
from conformance.record import RED, Record

UNREVIEWED = "to be investigated"
"""The reason of a row that nobody has looked at yet: the gate stays red."""


@dataclass(frozen=True)
class Known:
    """One expected non-pass, for one root cause.

    id           names the row
    checks       globs over check ids; `except_` takes some out again
    outcome      the expected outcome, a red one
    beta         band [low, high] of error ÷ bound, dimensionless; empty: any
    versions     specifier of the framework's version, as in requirements ("" any); devices: globs over device names;
                 flags: globs over "NAME=value" of the precision flags in a file's header, each of which has to match one
    flaky        the check may also pass; expires: the ISO date after which the row has to be reviewed again
    reason       one line; reproduction: the smallest program in the framework's own code; prints: what it prints, an
                 exception as its last line (compared by `python -m conformance bugs --run`); confirmed: the independent
                 confirmation (50-digit arithmetic, a second route, by hand); link: the upstream report, if one is known
    """

    id: str
    checks: tuple[str, ...]
    outcome: str
    reason: str
    confirmed: str
    reproduction: str
    except_: tuple[str, ...] = ()
    beta: tuple[float, ...] = ()
    versions: str = ""
    devices: tuple[str, ...] = ("*",)
    flags: tuple[str, ...] = ()
    flaky: bool = False
    expires: str = ""
    prints: str = ""
    link: str = ""

    def covers(self, check: str) -> bool:
        """Whether the row speaks of this check id."""
        return any(_pattern(glob).match(check) for glob in self._about(_case(check))) and not any(
            _pattern(glob).match(check) for glob in self.except_
        )

    def _about(self, case: str) -> tuple[str, ...]:
        """The globs that may cover a check of this case: most name one, and there are thousands of them and of checks."""
        return self._by_case.get(case, ()) + self._by_case.get("", ())

    @cached_property
    def _by_case(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for glob in self.checks:
            found[_case(glob)] = (*found.get(_case(glob), ()), glob)
        return found

    def holds(self, version: str, device: str, flags: Mapping[str, str] | None = None) -> bool:
        """Whether the row's conditions are met."""
        fits = SpecifierSet(self.versions).contains(version, prereleases=True) if self.versions and version else True
        given = [f"{name}={value}" for name, value in (flags or {}).items()]
        set_so = all(any(fnmatchcase(text, glob) for text in given) for glob in self.flags)
        return fits and set_so and any(fnmatchcase(device, glob) for glob in self.devices)

    def explains(self, record: Record) -> bool:
        """Whether the record fails as the row says."""
        if self.flaky and record.outcome == "pass":
            return True
        if record.outcome != self.outcome:
            return False
        return not self.beta or (record.beta is not None and self.beta[0] <= record.beta <= self.beta[1])


@dataclass(frozen=True)
class Accepted:
    """A difference from an earlier run that was reviewed.

    checks   globs over check ids
    change   "vanished": these checks are no longer asked; "error-grew": their error ÷ bound may be as large as `beta`
    """

    checks: tuple[str, ...]
    change: str
    reason: str
    beta: float = 1.0

    def covers(self, check: str) -> bool:
        """Whether the row speaks of this check id."""
        return any(_pattern(glob).match(check) for glob in self.checks)


@dataclass(frozen=True)
class Ledger:
    """One framework's file: tables [[known]] and [[accepted]]."""

    known: tuple[Known, ...] = ()
    accepted: tuple[Accepted, ...] = ()


def load(path: Path) -> tuple[Known, ...]:
    """The known rows of a framework's file; none where there is no file. Raises BadSettings."""
    return ledger(path).known


def ledger(path: Path) -> Ledger:
    """A framework's file; empty where there is none. Raises BadSettings."""
    if not path.exists():
        return Ledger()
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        if unknown := tables.keys() - {"known", "accepted"}:
            raise ValueError(f"unknown table {', '.join(sorted(unknown))}")
        rows = tuple(_row(table) for table in tables.get("known", []))
        accepted = tuple(_accepted(table) for table in tables.get("accepted", []))
        names = [row.id for row in rows]
        if len(names) != len(set(names)):
            raise ValueError("two rows have the same id")
    except (OSError, ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError) as fault:
        text = f"unknown field {fault}" if isinstance(fault, KeyError) else str(fault)
        raise BadSettings(f"{path}: {text}", "see the fields of Known and Accepted in conformance/known.py") from fault
    return Ledger(rows, accepted)


def _accepted(table: dict[str, Any]) -> Accepted:
    row = build(Accepted, table)
    if row.change not in ("vanished", "error-grew"):
        raise ValueError(f"change {row.change!r} is neither 'vanished' nor 'error-grew'")
    return row


def explain(rows: Iterable[Known], record: Record, version: str, flags: Mapping[str, str] | None = None) -> tuple[str, str]:
    """(id of the row that covers the record, fault): the fault is "" where the record fails exactly as its row says.

    Where several rows cover it, for what it does depends on memory, one has to say so.
    """
    covering = [row for row in rows if row.covers(record.id) and row.holds(version, record.device, flags)]
    for row in covering:
        if row.explains(record):
            return row.id, ""
    return (covering[0].id, _fault(covering[0], record)) if covering else ("", "")


def _fault(row: Known, record: Record) -> str:
    if record.outcome not in RED:
        return f"known row {row.id!r} expects {row.outcome}, but the check is {record.outcome}: mend the row"
    band = f" with error ÷ bound in {list(row.beta)}" if row.beta else ""
    return f"known row {row.id!r} expects {row.outcome}{band}, but got {record.outcome} with {record.beta}: {record.message}"


def _row(table: dict[str, Any]) -> Known:
    row = build(Known, {("except_" if key == "except" else key): value for key, value in table.items()})
    if row.outcome not in RED:
        raise ValueError(f"row {row.id!r}: outcome {row.outcome!r} is not one of {', '.join(sorted(RED))}")
    if len(row.beta) not in (0, 2):
        raise ValueError(f"row {row.id!r}: beta must be [low, high]")
    if row.expires:
        date.fromisoformat(row.expires)
    SpecifierSet(row.versions)
    return row


def _case(check: str) -> str:
    """The second part of a check id; "" where there is none, and of a glob that may stand for several."""
    adapter, case, rest = (*check.split("/", 2), "", "")[:3]
    return case if rest and not set("*?[") & set(adapter + case) else ""


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob))
