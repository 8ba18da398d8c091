"""The known rows rewritten from results, so that an upgrade of a framework is one reviewed difference.

Deterministic: the same results and rows give the same bytes. Minimal: rows that still hold stay as they are, a row that holds
in part keeps its texts and loses the rest, a failure that no row explains gets the fewest patterns that match no other check.
Never silent: a new row has no reason yet, and keeps the gate red until somebody writes one.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace

from conformance.cover import cover
from conformance.invalid import DisagreeingCells
from conformance.known import UNREVIEWED, Accepted, Known, Ledger
from conformance.merge import Environment, Sheet
from conformance.record import RED, Record
from conformance.verdict import Finding

Place = tuple[str, str, tuple[tuple[str, str], ...]]
"""(framework version, device, flags): what the conditions of a row can tell apart."""

Results = dict[Place, dict[str, Record]]


def updated(ledger: Ledger, sheets: Mapping[Environment, Sheet], findings: Iterable[Finding]) -> Ledger:
    """The ledger of one adapter that explains its results: `sheets` and `findings` are those of its environments.

    Raises DisagreeingCells where machines differ in a way that no condition of a row can tell.
    """
    results = _results(sheets)
    whole = all(sheet.whole for sheet in sheets.values())
    rows = [row for old in ledger.known if (row := _mended(old, results, whole)) is not None]
    planned = {check for sheet in sheets.values() for check, _ in sheet.planned}
    accepted = [*ledger.accepted, *_accepted(list(findings), planned, results)]
    return Ledger(tuple(sorted([*rows, *_fresh(rows, results)], key=lambda row: row.id)), tuple(sorted(accepted, key=repr)))


def text(ledger: Ledger, comment: str = "") -> str:
    """The ledger as TOML, in canonical form."""
    parts = [comment] if comment else []
    parts += [_table("known", row, {"except_": "except"}) for row in ledger.known]
    parts += [_table("accepted", row, {}) for row in ledger.accepted]
    return "\n".join(parts)


def opening(toml: str) -> str:
    """The comment with which a file opens."""
    return "".join(line + "\n" for line in re.match(r"(?:#.*\n|[ \t]*\n)*", toml + "\n")[0].rstrip().splitlines())  # type: ignore[index]


def _results(sheets: Mapping[Environment, Sheet]) -> Results:
    results: Results = {}
    for environment, sheet in sorted(sheets.items()):
        place = results.setdefault((environment.version, environment.device, environment.flags), {})
        for answer in sheet.answers.values():
            record = answer.record
            if place.setdefault(record.id, record).outcome != record.outcome:
                raise DisagreeingCells(
                    f"{record.id} is {record.outcome} on {environment.platform}, and otherwise on another machine",
                    "no condition of a known row tells the two apart: write the row by hand, with flaky = true",
                )
    return results


def _mended(row: Known, results: Results, whole: bool) -> Known | None:
    """The row as it still holds; None where nothing of it does. What cannot be seen here stays: other versions, devices."""
    if not any(_holds(row, place) for place in results):
        return row
    kept: set[str] = set()
    others: set[str] = set()
    for place, records in results.items():
        for name, record in records.items() if _holds(row, place) else ():
            if row.covers(name):
                (kept if row.explains(record) else others).add(name)
    if not others:
        return row if kept or not whole else None
    everything = {name for records in results.values() for name in records}
    kept -= others
    return replace(row, checks=cover(kept, everything - kept), except_=()) if kept else None


def _holds(row: Known, place: Place) -> bool:
    version, device, flags = place
    return row.holds(version, device, dict(flags))


def _fresh(rows: Iterable[Known], results: Results) -> list[Known]:
    """Rows for the failures that no row explains; with conditions only where a check fails in some places and not in others."""
    failing: dict[tuple[str, tuple[Place, ...]], set[str]] = {}
    for name in sorted({name for records in results.values() for name in records}):
        for outcome, places in _failures(name, rows, results).items():
            everywhere = all(place in places for place, records in results.items() if name in records)
            conditions: list[tuple[Place, ...]] = [()] if everywhere else [(place,) for place in places]
            for where in conditions:
                failing.setdefault((outcome, where), set()).add(name)
    fresh = []
    for (outcome, where), names in sorted(failing.items()):
        seen = {name for place, records in results.items() if not where or place in where for name in records}
        fresh += [_row(pattern, outcome, where) for pattern in cover(names, seen - names)]
    return fresh


def _failures(name: str, rows: Iterable[Known], results: Results) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place, records in results.items():
        record = records.get(name)
        explained = any(_holds(row, place) and row.covers(name) for row in rows)
        if record and record.outcome in RED - {"notrun"} and not explained:
            found.setdefault(record.outcome, []).append(place)
    return found


def _row(pattern: str, outcome: str, where: tuple[Place, ...]) -> Known:
    version, device, flags = where[0] if where else ("", "", ())
    given = tuple(f"{key}={glob.escape(value)}" for key, value in flags)
    parts = (pattern.replace("*", "x"), outcome, version, device, *given)
    name = "-".join(filter(None, (re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-") for part in parts)))
    row = Known(name, (pattern,), outcome, UNREVIEWED, "", "")
    return replace(row, versions=_exactly(version), devices=(device,), flags=given) if where else row


def _exactly(version: str) -> str:
    return f"=={version.partition('+')[0]}" if version else ""


def _accepted(findings: Sequence[Finding], planned: set[str], results: Results) -> Iterator[Accepted]:
    """Rows for what the earlier run had and this one has not, and for errors that grew; without a reason as yet."""
    vanished, grew = ({f.check for f in findings if f.kind == kind} for kind in ("vanished", "error grew"))
    if vanished:
        yield Accepted(cover(vanished, planned), "vanished", UNREVIEWED)
    for pattern in cover(grew, planned - grew):
        row = Accepted((pattern,), "error-grew", UNREVIEWED)
        betas = [record.beta for records in results.values() for record in records.values() if row.covers(record.id)]
        yield replace(row, beta=max(beta for beta in betas if beta is not None))


def _table(name: str, row: Known | Accepted, spelt: Mapping[str, str]) -> str:
    """One [[name]] table: the fields that are not at their default, in their order."""
    lines = [f"[[{name}]]"]
    for f in fields(row):
        value = getattr(row, f.name)
        if value != f.default:
            lines.append(f"{spelt.get(f.name, f.name)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):
        inner = [_value(part) for part in value]
        one = f"[{', '.join(inner)}]"
        return one if len(one) <= 110 else "[\n" + "".join(f"    {part},\n" for part in inner) + "]"
    return _string(str(value))


def _string(value: str) -> str:
    if "\n" in value and "'''" not in value and all(c.isprintable() or c in "\n\t" for c in value) and not value.endswith("'"):
        return f"'''\n{value}'''"
    escaped = "".join(ESCAPES.get(c) or (c if c.isprintable() else f"\\U{ord(c):08X}") for c in value)
    return f'"{escaped}"'


ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
