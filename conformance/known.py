"""Expected non-passes: reviewed rows in TOML, one file per framework, strict in both directions.

A row names checks by globs over their ids. It has to match, and to match only checks that fail as it says: with its outcome
and, if it gives a band, with an error ÷ bound inside it. It holds under its conditions only: framework version, device.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from fnmatch import fnmatchcase, translate
from functools import cache
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from conformance.problem import BadSettings
from conformance.record import OUTCOMES, RED, Record


@dataclass(frozen=True)
class Known:
    """One expected non-pass, for one root cause.

    id           names the row
    checks       globs over check ids; `except_` takes some out again
    outcome      the expected outcome, a red one
    beta         band [low, high] of error ÷ bound, dimensionless; empty: any
    versions     specifier of the framework's version, as in requirements ("" any); devices: globs over device names
    reason       one line; reproduction: the smallest program in the framework's own code; confirmed: the independent
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
    link: str = ""

    def covers(self, check: str) -> bool:
        """Whether the row speaks of this check id."""
        return any(_pattern(glob).match(check) for glob in self.checks) and not any(
            _pattern(glob).match(check) for glob in self.except_
        )

    def holds(self, version: str, device: str) -> bool:
        """Whether the row's conditions are met."""
        fits = SpecifierSet(self.versions).contains(version, prereleases=True) if self.versions and version else True
        return fits and any(fnmatchcase(device, glob) for glob in self.devices)

    def explains(self, record: Record) -> bool:
        """Whether the record fails as the row says."""
        if record.outcome != self.outcome:
            return False
        return not self.beta or (record.beta is not None and self.beta[0] <= record.beta <= self.beta[1])


def load(path: Path) -> tuple[Known, ...]:
    """The rows of a framework's file; none where there is no file. Raises BadSettings."""
    if not path.exists():
        return ()
    remedy = "see the table of fields in conformance/known.py"
    try:
        tables = tomllib.loads(path.read_text("utf-8")).get("known", [])
        rows = tuple(_row(table) for table in tables)
    except (OSError, UnicodeDecodeError, ValueError, TypeError, AttributeError, InvalidSpecifier) as fault:
        raise BadSettings(f"{path}: {fault}", remedy) from fault
    names = [row.id for row in rows]
    if len(names) != len(set(names)):
        raise BadSettings(f"{path}: two rows have the same id", remedy)
    return rows


def explain(rows: Iterable[Known], record: Record, version: str) -> tuple[str, str]:
    """(id of the row that covers the record, fault): the fault is "" where the record fails exactly as its row says."""
    for row in rows:
        if row.covers(record.id) and row.holds(version, record.device):
            if row.explains(record):
                return row.id, ""
            return row.id, _fault(row, record)
    return "", ""


def _fault(row: Known, record: Record) -> str:
    if record.outcome not in RED:
        return f"known row {row.id!r} expects {row.outcome}, but the check is {record.outcome}: mend the row"
    band = f" with error ÷ bound in {list(row.beta)}" if row.beta else ""
    return f"known row {row.id!r} expects {row.outcome}{band}, but got {record.outcome} with {record.beta}: {record.message}"


def _row(table: dict[str, Any]) -> Known:
    content = {("except_" if key == "except" else key): _frozen(value) for key, value in table.items()}
    unknown = set(content) - {f.name for f in fields(Known)}
    if unknown:
        raise ValueError(f"unknown field {', '.join(sorted(unknown))}")
    row = Known(**content)
    if row.outcome not in OUTCOMES or row.outcome not in RED:
        raise ValueError(f"row {row.id!r}: outcome {row.outcome!r} is not one of {', '.join(sorted(RED))}")
    for name in ("checks", "except_", "devices"):
        if not isinstance(getattr(row, name), tuple) or not all(isinstance(x, str) for x in getattr(row, name)):
            raise ValueError(f"row {row.id!r}: {name} must be a list of texts")
    if len(row.beta) not in (0, 2):
        raise ValueError(f"row {row.id!r}: beta must be [low, high]")
    SpecifierSet(row.versions)
    return row


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@cache
def _pattern(glob: str) -> re.Pattern[str]:
    return re.compile(translate(glob))
