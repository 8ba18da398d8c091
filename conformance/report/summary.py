"""A verdict for people: terminal text, and Markdown for $GITHUB_STEP_SUMMARY. Verdict first, then only what changed."""

from __future__ import annotations

import math
from collections.abc import Sequence

from conformance.report.escape import markdown, plain
from conformance.verdict import KINDS, OK, Finding, Verdict

SHOWN = 50
"""Findings in the open table, the rest is folded."""
LIMIT = 900_000
"""Bytes of Markdown; a step's summary may have 1 MiB."""


def terminal(verdict: Verdict) -> str:
    """The verdict as plain text."""
    parts = [verdict.title, _environments(verdict)]
    parts += [f"{count} {kind}: {KINDS[kind][1]}" for kind, count in verdict.kinds.items()]
    findings = _ordered(verdict)
    parts += [f"- {f.kind}: {plain(f'{f.where} {f.check}')}\n    {plain(f.text, 300)}" for f in findings[:SHOWN]]
    if len(findings) > SHOWN:
        parts.append(f"… and {len(findings) - SHOWN} more; --summary lists them")
    return "\n".join(part for part in parts if part) + "\n"


def summary(verdict: Verdict) -> str:
    """The verdict as Markdown, of at most LIMIT bytes."""
    mark = "✅" if verdict.code == OK else "❌"
    findings = _ordered(verdict)
    head = [f"## {mark} Conformance: {markdown(verdict.title)}", "", *_counts(verdict), ""]
    head += _rows(findings[:SHOWN])
    size = sum(len(line.encode()) + 1 for line in head)
    folded, rest = [], findings[SHOWN:]
    for line in _rows(rest):
        size += len(line.encode()) + 1
        if size > LIMIT:
            break
        folded.append(line)
    if folded:
        left = len(rest) - (len(folded) - 2)
        more = [f"… and {left} more, left out for size"] if left else []
        head += ["", f"<details><summary>{len(rest)} more</summary>", "", *folded, "", "</details>", *more]
    return "\n".join(head) + "\n"


def _ordered(verdict: Verdict) -> list[Finding]:
    place = list(KINDS).index
    return sorted(verdict.findings, key=lambda f: (place(f.kind), f.where, f.check, f.text))


def _counts(verdict: Verdict) -> list[str]:
    lines = ["| finding | number | meaning |", "|---|---:|---|"]
    lines += [f"| {kind} | {count} | {KINDS[kind][1]} |" for kind, count in verdict.kinds.items()]
    outcomes = ", ".join(f"{count} {name}" for name, count in verdict.outcomes.items()) or "none"
    return [*(lines if verdict.kinds else []), "", f"Records: {outcomes}.", "", markdown(_environments(verdict), 4000)]


def _environments(verdict: Verdict) -> str:
    named = []
    for environment, age in sorted(verdict.ages.items()):
        old = "" if math.isnan(age) or age < 1 else f" ({age:.0f} days older than the newest results)"
        named.append(plain(environment.label) + old)
    return "Environments: " + ("; ".join(named) or "none")


def _rows(findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    lines = (f"| {f.kind} | {markdown(f.where)} | {markdown(f.check)} | {markdown(f.text)} |" for f in findings)
    return ["| finding | where | check | what |", "|---|---|---|---|", *lines]
