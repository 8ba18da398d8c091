"""What an earlier run says about this one: checks that vanished or appeared, outcomes that got worse, errors that grew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conformance.invalid import OtherScope
from conformance.known import Ledger
from conformance.merge import Environment, Merged, Sheet
from conformance.record import Record
from conformance.verdict import Finding

GROWTH = 4.0
"""Factor by which error ÷ bound may grow between runs: another order of summation or another kernel stays below it."""
SMALL = 0.125
"""Budgets below this count as this much: an error that was 0 by luck may become half a rounding (β ≤ 1/2) again."""


@dataclass(frozen=True)
class Earlier:
    """An earlier run, by (adapter, device)."""

    sheets: Mapping[tuple[str, str], tuple[tuple[Environment, Sheet], ...]]

    @classmethod
    def of(cls, merged: Merged) -> Earlier:
        """From joined runs; the latest environment of an (adapter, device) stands first."""
        found: dict[tuple[str, str], list[tuple[Environment, Sheet]]] = {}
        for environment, sheet in sorted(merged.sheets.items(), key=lambda item: (item[1].started, item[0]), reverse=True):
            found.setdefault((environment.adapter, environment.device), []).append((environment, sheet))
        return cls({key: tuple(value) for key, value in found.items()})

    def sheet(self, environment: Environment) -> Sheet | None:
        """What to compare an environment with: the same versions if they are there, else the latest run of the framework."""
        candidates = self.sheets.get((environment.adapter, environment.device), ())
        same = [sheet for other, sheet in candidates if other.versions == environment.versions]
        return next(iter(same or [sheet for _, sheet in candidates]), None)

    def record(self, environment: Environment, check: str, question: str) -> Record | None:
        """The earlier answer to the same question."""
        sheet = self.sheet(environment)
        answer = sheet.answers.get((check, question)) if sheet else None
        return answer.record if answer else None

    def compared(self, live: Merged, ledgers: Mapping[str, Ledger]) -> Iterator[Finding]:
        """What appeared and what vanished. Raises OtherScope."""
        here = {(environment.adapter, environment.device) for environment in live.sheets}
        for adapter, device in sorted(self.sheets.keys() - here):
            yield Finding("incomplete", f"{adapter} on {device}", "", "in the earlier run, but no results are given")
        for environment, sheet in live.sheets.items():
            if (old := self.sheet(environment)) is not None:
                yield from _planned(environment, sheet, old, ledgers.get(environment.adapter, Ledger()))


def lost(old: Record, new: Record) -> bool:
    """Whether a check that passed now does anything else."""
    return old.outcome == "pass" and new.outcome != "pass"


def grown(old: Record, new: Record, ledger: Ledger) -> str:
    """Text for an error that grew; "" where it did not, or where an accepted row says so."""
    if new.beta is None or old.beta is None or new.beta < GROWTH * max(old.beta, SMALL):
        return ""
    if any(row.change == "error-grew" and new.beta <= row.beta and row.covers(new.id) for row in ledger.accepted):
        return ""
    return f"error ÷ bound {new.beta:.3g}, was {old.beta:.3g}"


def _planned(environment: Environment, sheet: Sheet, old: Sheet, ledger: Ledger) -> Iterator[Finding]:
    if not old.scopes <= sheet.scopes:
        asked = "; ".join(f"profile {profile} {filters}".strip() for profile, filters in sorted(old.scopes - sheet.scopes))
        raise OtherScope(
            f"{environment.label}: the earlier run asked for {asked}, this one did not",
            "compare runs of the same profile and filters",
        )
    before, now = ({check for check, _ in s.planned} for s in (old, sheet))
    removed = [row for row in ledger.accepted if row.change == "vanished"]
    for check in sorted(before - now):
        if not any(row.covers(check) for row in removed):
            yield Finding("vanished", environment.label, check, "asked in the earlier run, but not now")
    if appeared := now - before:
        yield Finding("appeared", environment.label, "", f"{len(appeared)} checks that the earlier run did not ask")
