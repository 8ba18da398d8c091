"""Runs made up for the gate's own tests: real files, invented outcomes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from conformance.record import Header, Record, Run, Writer, digest

FIRST = "2026-01-01T00:00:00+00:00"
LATER = "2026-01-08T00:00:00+00:00"
ROW = {"outcome": "wrong-value", "reason": "a defect", "confirmed": "by hand", "reproduction": "f(0)"}


def name(
    adapter: str, case: str, point: str = "p", route: str = "grad", dtype: str = "float64", operator: str = "gradient"
) -> str:
    """A check id."""
    return f"{adapter}/{case}/{point}/{operator}/{route}/np/{dtype}"


def record(check: str, outcome: str = "pass", device: str = "cpu", **more: Any) -> Record:
    """A record of this check; one that passes has used a quarter of its bound."""
    adapter, case, point, operator, route, surface, dtype = check.split("/")
    more.setdefault("beta", 0.25 if outcome == "pass" else 3.0 if outcome == "wrong-value" else None)
    named: dict[str, Any] = {"case": case, "point": point, "route": route, "surface": surface}
    return Record(check, adapter, operator, dtype, device, outcome, **named, **more)


def run(
    outcomes: Mapping[str, str | Record],
    *,
    planned: Iterable[str] = (),
    version: str = "1.0",
    questions: Mapping[str, str] | None = None,
    complete: bool = True,
    **header: Any,
) -> Run:
    """A run in which these checks came out so; `planned` are further ids that have no record."""
    device = header.setdefault("device", "cpu")
    records = tuple(record(c, o, device) if isinstance(o, str) else replace(o, device=device) for c, o in outcomes.items())
    plan = tuple(dict.fromkeys([*outcomes, *planned]))
    asked = dict(questions) if questions is not None else {check.split("/")[1]: "q" for check in plan}
    adapters = sorted({check.split("/")[0] for check in plan})
    manifests = {a: digest((check for check in plan if check.startswith(a + "/")), asked) for a in adapters}
    given: dict[str, Any] = {
        "suite": "0.1.0",
        "profile": "full",
        "interpreter": "CPython 3.11",
        "platform": "Linux",
        "longdouble": 64,
        "versions": {a: {a: version, "numpy": "2.0"} for a in adapters},
        "started": FIRST,
    }
    made = Header(**(given | header), planned=len(plan), plan=plan, manifests=manifests, questions=asked)
    return Run(made, records, complete)


def write(path: Path, content: Run) -> Path:
    """The run as a file."""
    writer = Writer(path, content.header, content.records)
    writer.close() if content.complete else writer.leave()
    return path


def toml(*rows: Mapping[str, Any], table: str = "known") -> str:
    """Rows as TOML: JSON's texts, numbers and lists are TOML's too."""
    lines = []
    for row in rows:
        lines += [f"[[{table}]]", *(f"{key} = {json.dumps(value)}" for key, value in row.items()), ""]
    return "\n".join(lines)


def plain(content: Run) -> list[dict[str, Any]]:
    """A run's records as dictionaries."""
    return [asdict(one) for one in content.records]
