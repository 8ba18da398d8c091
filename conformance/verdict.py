"""What a gate finds: one object, from which terminal text, summary, annotations, JUnit and CTRF are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from conformance.merge import Environment
from conformance.record import OUTCOMES, Record

OK, REGRESSION, USAGE, INCOMPLETE, STALE = range(5)
"""Exit codes. Where several things are wrong the first of regression, incomplete, stale counts."""

WORDS = {OK: "ok", REGRESSION: "regression", USAGE: "malformed input", INCOMPLETE: "incomplete", STALE: "stale rows"}

KINDS: dict[str, tuple[int, str]] = {
    "newly crashing": (REGRESSION, "ended the process or never returned; it did not in the earlier run"),
    "regressed": (REGRESSION, "worse than in the earlier run"),
    "failing": (REGRESSION, "fails, and no known row says so"),
    "flaky": (REGRESSION, "failed, and did otherwise when it was asked once more in a fresh process"),
    "otherwise": (REGRESSION, "fails otherwise than its known row says"),
    "error grew": (REGRESSION, "inside the bound, but far more of it is used than in the earlier run"),
    "vanished": (REGRESSION, "was asked in the earlier run, is not asked now, and no accepted row says so"),
    "unreviewed": (REGRESSION, "a row of which nobody has found the reason yet"),
    "notrun": (INCOMPLETE, "planned, but not recorded"),
    "incomplete": (INCOMPLETE, "a part of the results is missing"),
    "stale row": (STALE, "a known row that matches nothing, or a check that does not fail"),
    "expired row": (STALE, "a known row that has to be reviewed again"),
    "convention changed": (OK, "where mathematics leaves a choice, another one than in the earlier run"),
    "fixed": (OK, "failed in the earlier run"),
    "appeared": (OK, "not asked in the earlier run"),
    "stale results": (OK, "answers to a question that has changed since; not judged"),
}
"""Kind of finding → (exit code it causes, what it means), worst first."""


@dataclass(frozen=True)
class Finding:
    """One thing to tell: about a check in an environment, or, with an empty `check`, about an environment, row or file."""

    kind: str
    where: str
    check: str
    text: str

    @property
    def code(self) -> int:
        """The exit code that this finding alone causes."""
        return KINDS[self.kind][0]


@dataclass(frozen=True)
class Judged:
    """One record of the runs judged; `known` names the row that explains it, `finding` what is found about it."""

    environment: Environment
    record: Record
    known: str = ""
    finding: Finding | None = None


@dataclass(frozen=True)
class Verdict:
    """The gate's answer. `planned` counts cells: checks × environments. `ages` are days since each environment's run began."""

    planned: int
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]
    ages: Mapping[Environment, float]

    @cached_property
    def code(self) -> int:
        """The exit code."""
        found = {finding.code for finding in self.findings}
        return next((code for code in (REGRESSION, INCOMPLETE, STALE) if code in found), OK)

    @cached_property
    def kinds(self) -> dict[str, int]:
        """Number of findings by kind, worst first."""
        found = Counter(finding.kind for finding in self.findings)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    @cached_property
    def outcomes(self) -> dict[str, int]:
        """Number of records by outcome; those that a known row explains are counted as `known`."""
        found = Counter("known" if judged.known else judged.record.outcome for judged in self.judged)
        return {name: found[name] for name in (*OUTCOMES, "known") if found[name]}

    @property
    def title(self) -> str:
        """The verdict in one line."""
        kinds = ", ".join(f"{count} {kind}" for kind, count in self.kinds.items() if KINDS[kind][0] != OK)
        passed = self.outcomes.get("pass", 0)
        return f"{WORDS[self.code]}: {passed} of {self.planned} planned checks pass" + (f"; {kinds}" if kinds else "")
