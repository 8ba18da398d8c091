"""A verdict as workflow commands, which GitHub shows beside the run; it takes ten of a kind for each step."""

from __future__ import annotations

from conformance.report.escape import annotation, attribute
from conformance.verdict import KINDS, OK, Verdict

AT_MOST = 10


def commands(verdict: Verdict) -> str:
    """At most ten lines, the worst findings first; the last one says how many more there are."""
    place = list(KINDS).index
    findings = sorted((f for f in verdict.findings if f.code != OK), key=lambda f: (place(f.kind), f.where, f.check))
    shown = findings if len(findings) <= AT_MOST else findings[: AT_MOST - 1]
    lines = [f"::error title={attribute(f'{f.kind} {f.where}')}::{annotation(f'{f.check} {f.text}'.strip())}" for f in shown]
    if len(shown) < len(findings):
        lines.append(f"::error title=more::{annotation(f'{len(findings) - len(shown)} more; {verdict.title}')}")
    return "".join(line + "\n" for line in lines)
