"""Whether results may pass: a pure function of runs, known rows and, where given, an earlier run.

Every planned check has to be there, every failure has to be explained by a reviewed row, every row has to explain a failure.
Against an earlier run nothing may get worse or go missing unless an accepted row says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fnmatch import fnmatchcase, translate

from conformance.difference import Earlier, grown, lost
from conformance.known import UNREVIEWED, Known, Ledger, explain
from conformance.merge import Environment, Merged, Sheet, current, merge, sheets
from conformance.record import RED, Record, Run
from conformance.verdict import Finding, Judged, Verdict

Runs = Mapping[str, Run]
"""Runs by the name under which they are told of: a file name."""


def judge(
    runs: Runs,
    ledgers: Mapping[str, Ledger],
    today: date,
    expected: Iterable[str] = (),
    earlier: Runs | None = None,
) -> Verdict:
    """The verdict on `runs`. `expected` are names or "name@device" globs of environments.

    Raises InvalidRecords for what cannot be joined, OtherScope for what cannot be compared.
    """
    live, stale = current(_joined(runs))
    older = Earlier.of(merge(*(sheets(run, name) for name, run in earlier.items()))) if earlier is not None else None
    judged: list[Judged] = []
    findings = [*_cut(runs), *_absent(live, expected), *_outdated(live, stale)]
    for environment, sheet in live.sheets.items():
        ledger = ledgers.get(environment.adapter, Ledger())
        rows = [row for row in ledger.known if row.holds(environment.version, environment.device, dict(environment.flags))]
        sheet_judged, row_findings = _sheet(environment, sheet, rows, ledger, older)
        judged += sheet_judged
        findings += row_findings
    findings += [finding for ledger in ledgers.values() for finding in _rows(ledger, today)]
    if older is not None:
        findings += older.compared(live, ledgers)
    findings += [one.finding for one in judged if one.finding]
    planned = sum(len(sheet.planned | sheet.answers.keys()) for sheet in live.sheets.values())
    return Verdict(planned, tuple(judged), tuple(findings), _ages(live))


def _joined(runs: Runs) -> Merged:
    """All runs, those that were cut off included: they are told of apart."""
    return merge(*(sheets(replace(run, complete=True), name) for name, run in runs.items()))


def _cut(runs: Runs) -> Iterator[Finding]:
    for name, run in runs.items():
        if not run.complete:
            yield Finding("incomplete", name, "", f"cut off before its footer; finish it with --resume {name}")
        if len(set(run.header.plan)) != run.header.planned:
            yield Finding("incomplete", name, "", f"{run.header.planned} checks planned, {len(run.header.plan)} named")
        if not run.header.planned:
            yield Finding("incomplete", name, "", "nothing was planned")


def _absent(live: Merged, expected: Iterable[str]) -> Iterator[Finding]:
    for name in expected:
        adapter, _, device = name.partition("@")
        if not any(e.adapter == adapter and fnmatchcase(e.device, device or "*") and s.planned for e, s in live.sheets.items()):
            yield Finding("incomplete", name, "", "expected, but no results are given")


def _outdated(live: Merged, stale: Mapping[Environment, Sheet]) -> Iterator[Finding]:
    """Answers to older questions are told of; they are incomplete where nobody has answered today's question."""
    newest = max((sheet.started for sheet in live.sheets.values()), default="")
    answered = {(e.adapter, e.device, check) for e, sheet in live.sheets.items() for check, _ in sheet.planned}
    for environment, sheet in stale.items():
        age = f"{_days(sheet.started, newest):.1f} days older"
        lacking = sum((environment.adapter, environment.device, check) not in answered for check, _ in sheet.planned)
        text = f"{len(sheet.planned)} checks answer questions that have changed since, {age} than the newest results"
        yield Finding("stale results", environment.label, "", text)
        if lacking:
            yield Finding(
                "incomplete", environment.label, "", f"{lacking} checks have only answers to older questions; run it again"
            )


@dataclass
class _Tally:
    """Per known row: whether it matched, and how many of its checks did not fail."""

    matched: bool = False
    healthy: int = 0


def _sheet(
    environment: Environment, sheet: Sheet, rows: Sequence[Known], ledger: Ledger, older: Earlier | None
) -> tuple[list[Judged], list[Finding]]:
    judged, tallies = [], {row.id: _Tally() for row in rows}
    anything = re.compile("|".join(translate(glob) for row in rows for glob in row.checks) or r"\Z\A.")
    for cell in sorted(sheet.planned - sheet.answers.keys()):
        missing = Finding("notrun", environment.label, cell[0], "planned, but not recorded")
        judged.append(Judged(environment, _absentee(environment, cell[0]), "", missing))
    for (check, question), answer in sheet.answers.items():
        row, fault = (
            explain(rows, answer.record, environment.version, dict(environment.flags)) if anything.match(check) else ("", "")
        )
        if row:
            tallies[row].matched = True
            tallies[row].healthy += bool(fault) and answer.record.outcome not in RED
        old = older.record(environment, check, question) if older else None
        judged.append(_judged(environment, answer.record, row, fault, old, ledger))
    return judged, list(_stale_rows(environment, rows, tallies, sheet))


def _absentee(environment: Environment, check: str) -> Record:
    return Record(check, environment.adapter, "", "", environment.device, "notrun", message="planned, but not recorded")


def _judged(environment: Environment, record: Record, row: str, fault: str, old: Record | None, ledger: Ledger) -> Judged:
    kind, text = _finding(record, row, fault, old, ledger)
    finding = Finding(kind, environment.label, record.id, text) if kind else None
    return Judged(environment, record, "" if fault else row, finding)


def _finding(record: Record, row: str, fault: str, old: Record | None, ledger: Ledger) -> tuple[str, str]:
    """(kind, text) of what there is to tell of one record; ("", "") if nothing."""
    was = f"was {old.outcome}" if old else "not in an earlier run"
    if record.outcome == "notrun":
        return "notrun", record.message
    if row and not fault:
        return "", ""
    if record.outcome in RED:
        if record.again and record.again != record.outcome:
            return "flaky", f"{record.outcome}, then {record.again}: {record.message}"
        if row:
            return "otherwise", fault
        if old and record.outcome in ("crash", "timeout") and old.outcome not in ("crash", "timeout"):
            return "newly crashing", f"{record.outcome}, {was}: {record.message}"
        return "regressed" if old and old.outcome not in RED else "failing", f"{record.outcome}, {was}: {record.message}"
    if old and lost(old, record):
        return "regressed", f"{record.outcome}, {was}: {record.message}"
    if old and (text := grown(old, record, ledger)):
        return "error grew", text
    if old and (old.outcome, record.outcome) == ("convention", "convention") and old.got != record.got:
        return "convention changed", f"{record.got}, was {old.got}"
    return ("fixed", f"{record.outcome}, {was}") if old and old.outcome in RED else ("", "")


def _stale_rows(
    environment: Environment, rows: Sequence[Known], tallies: Mapping[str, _Tally], sheet: Sheet
) -> Iterator[Finding]:
    """A flaky row is stale only where it covers no check: what its checks do may depend on memory."""
    for row in rows:
        tally = tallies[row.id]
        if tally.healthy:
            text = f"known row {row.id!r}: {tally.healthy} of its checks do not fail; mend it, or run gate --update"
            yield Finding("stale row", environment.label, "", text)
        elif sheet.whole and not tally.matched and not (row.flaky and any(row.covers(check) for check, _ in sheet.planned)):
            yield Finding("stale row", environment.label, "", f"known row {row.id!r} matches no check")


def _rows(ledger: Ledger, today: date) -> Iterator[Finding]:
    for row in ledger.known:
        if row.expires and date.fromisoformat(row.expires) < today:
            yield Finding("expired row", "known rows", "", f"known row {row.id!r} expired on {row.expires}: {row.reason}")
        if row.reason == UNREVIEWED:
            yield Finding("unreviewed", "known rows", "", f"known row {row.id!r}: write its reason, confirmed and reproduction")
    for accepted in ledger.accepted:
        if accepted.reason == UNREVIEWED:
            text = f"accepted row ({accepted.change}) for {', '.join(accepted.checks)}: write its reason"
            yield Finding("unreviewed", "accepted rows", "", text)


def _ages(live: Merged) -> dict[Environment, float]:
    newest = max((sheet.started for sheet in live.sheets.values()), default="")
    return {environment: _days(sheet.started, newest) for environment, sheet in live.sheets.items()}


def _days(started: str, newest: str) -> float:
    try:
        return (datetime.fromisoformat(newest) - datetime.fromisoformat(started)).total_seconds() / 86400
    except (ValueError, TypeError):
        return float("nan")
