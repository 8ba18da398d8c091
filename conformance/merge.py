"""Any number of runs joined into one: environments, shards, devices, days.

Promised: `merge` is a pure function, associative, commutative and idempotent, and loses nothing: a cell is one check in one
environment with one question (the hash of the case's text and points), so that answers to an older question stay apart from
answers to today's. What cannot be joined honestly is refused by name: a run without footer, two outcomes for one cell,
two questions of which nothing tells the newer. Not promised: that the runs are complete; `conformance.gate` looks after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from conformance.invalid import DifferentQuestions, DisagreeingCells, MissingFooter
from conformance.record import Header, Record, Run

Cell = tuple[str, str]
"""(check id, hash of its question)."""


@dataclass(frozen=True, order=True)
class Environment:
    """Where one framework was run: what has to be the same for two results to be results of the same thing."""

    adapter: str
    device: str
    versions: tuple[tuple[str, str], ...]
    flags: tuple[tuple[str, str], ...] = ()
    interpreter: str = ""
    platform: str = ""
    longdouble: int = 0

    @property
    def version(self) -> str:
        """The framework's own version."""
        return self.versions[0][1] if self.versions else ""

    @property
    def label(self) -> str:
        """Short text for people."""
        return " ".join(filter(None, (self.adapter, self.version, "on", self.device)))


@dataclass(frozen=True)
class Answer:
    """A record, and the time at which its run started (ISO 8601, UTC; "" unknown)."""

    record: Record
    started: str


@dataclass(frozen=True)
class Sheet:
    """What is known of one environment. `scopes` are the (profile, filters) that were asked for."""

    planned: frozenset[Cell] = frozenset()
    answers: Mapping[Cell, Answer] = field(default_factory=dict)
    scopes: frozenset[tuple[str, str]] = frozenset()
    started: str = ""

    @property
    def whole(self) -> bool:
        """Whether everything was asked for."""
        return ("full", "") in self.scopes


@dataclass(frozen=True)
class Merged:
    """Sheets by environment, and when each (case, question) was last asked."""

    sheets: Mapping[Environment, Sheet] = field(default_factory=dict)
    asked: Mapping[Cell, str] = field(default_factory=dict)


def sheets(run: Run, source: str = "the run") -> Merged:
    """One run as the smallest merged thing. Raises MissingFooter."""
    if not run.complete:
        raise MissingFooter(f"{source} was cut off before its footer", "finish it with --resume, or leave it out")
    header = run.header
    cells = {name: (name, header.questions.get(case(name), "")) for name in (*header.plan, *(r.id for r in run.records))}
    found = {
        environment: Sheet(
            frozenset(cells[name] for name in header.plan if owner(name) == environment.adapter),
            {cells[r.id]: Answer(r, header.started) for r in run.records if r.adapter == environment.adapter},
            frozenset({(header.profile, header.filters)}),
            header.started,
        )
        for environment in environments(header)
    }
    return Merged(found, {(case(name), question): header.started for name, question in cells.values() if question})


def merge(*parts: Merged) -> Merged:
    """All the parts in one. Raises DisagreeingCells."""
    found: dict[Environment, Sheet] = {}
    asked: dict[Cell, str] = {}
    for part in parts:
        for environment, sheet in part.sheets.items():
            found[environment] = _join(environment, found[environment], sheet) if environment in found else sheet
        for question, started in part.asked.items():
            asked[question] = max(started, asked.get(question, ""))
    return Merged(found, asked)


def environments(header: Header) -> list[Environment]:
    """The environments of a run, one for each of its adapters."""
    flags = tuple(sorted(header.flags.items()))
    rest = (flags, header.interpreter, header.platform, header.longdouble)
    names = {*header.manifests, *header.versions}
    return [Environment(name, header.device, tuple(header.versions.get(name, {}).items()), *rest) for name in sorted(names)]


def current(merged: Merged) -> tuple[Merged, dict[Environment, Sheet]]:
    """(what answers today's questions, what answers older ones: stale). Today's question of a case is the last one asked.

    Raises DifferentQuestions.
    """
    times: dict[str, list[str]] = {}
    for (name, _), started in merged.asked.items():
        times.setdefault(name, []).append(started)
    for name, some in times.items():
        if some.count(max(some)) > 1:
            raise DifferentQuestions(
                f"case {name!r} was asked in two ways by runs that started at the same time ({max(some) or 'unknown'})",
                "leave out the results of the other version of the catalogue",
            )
    old = {(name, question) for (name, question), started in merged.asked.items() if started < max(times[name])}
    if not old:
        return merged, {}
    live, stale = {}, {}
    for environment, sheet in merged.sheets.items():
        live[environment] = _only(sheet, {cell for cell in sheet.planned if (case(cell[0]), cell[1]) not in old}, old, False)
        stale[environment] = _only(sheet, sheet.planned - live[environment].planned, old, True)
    return Merged(live, merged.asked), {environment: sheet for environment, sheet in stale.items() if sheet.planned}


def case(check: str) -> str:
    """The case in a check id; "" for a preliminary check."""
    parts = check.split("/")
    return parts[1] if len(parts) > 3 else ""


def owner(check: str) -> str:
    """The adapter in a check id."""
    return check.partition("/")[0]


def _join(environment: Environment, a: Sheet, b: Sheet) -> Sheet:
    answers = dict(a.answers)
    for cell, answer in b.answers.items():
        answers[cell] = _agree(environment, answers[cell], answer) if cell in answers else answer
    return Sheet(a.planned | b.planned, answers, a.scopes | b.scopes, max(a.started, b.started))


def _agree(environment: Environment, a: Answer, b: Answer) -> Answer:
    """The one that says more: any outcome beats notrun, then the larger error, then the later run."""
    if a.record.outcome != b.record.outcome and "notrun" not in (a.record.outcome, b.record.outcome):
        raise DisagreeingCells(
            f"{environment.label}: {a.record.id} is {a.record.outcome} in one file and {b.record.outcome} in another",
            "find out why it differs from run to run, or leave one of the files out",
        )
    return max(a, b, key=_rank)


def _rank(answer: Answer) -> tuple[bool, float, str, str]:
    beta = answer.record.beta
    size = -1.0 if beta is None else float("inf") if beta != beta else beta
    return answer.record.outcome != "notrun", size, answer.started, repr(answer.record)


def _only(sheet: Sheet, planned: Iterable[Cell], old: set[Cell], stale: bool) -> Sheet:
    answers = {cell: answer for cell, answer in sheet.answers.items() if ((case(cell[0]), cell[1]) in old) is stale}
    return replace(sheet, planned=frozenset(planned), answers=answers)
