"""A verdict as JUnit XML: one suite per environment, one test case per planned check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from conformance.report.escape import CONTROL
from conformance.verdict import INCOMPLETE, OK, Finding, Judged, Verdict


def junit(verdict: Verdict) -> Iterator[str]:
    """The lines of the document. Findings that belong to no check are test cases of a suite `gate`."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="conformance">\n'
    for environment, judged in groupby(sorted(verdict.judged, key=_place), key=lambda one: one.environment):
        yield from _suite(environment.label, [(one.record.id, one.record.seconds, _body(one)) for one in judged])
    others = [(f"{f.kind} {f.where} {f.check}".strip(), 0.0, _failure(f)) for f in verdict.findings if _apart(f, verdict)]
    yield from _suite("gate", others)
    yield "</testsuites>\n"


def _place(one: Judged) -> tuple[object, ...]:
    return one.environment, one.record.id


def _apart(finding: Finding, verdict: Verdict) -> bool:
    return finding.code != OK and (not finding.check or finding.kind == "vanished")


def _suite(name: str, cases: Iterable[tuple[str, float, str]]) -> Iterator[str]:
    cases = list(cases)
    kinds = ("<failure", "<error", "<skipped")
    failures, errors, skipped = (sum(body.startswith(kind) for _, _, body in cases) for kind in kinds)
    counted = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    yield f"<testsuite name={_quoted(name)} {counted}>\n"
    for case, seconds, body in cases:
        yield f'<testcase classname={_quoted(name)} name={_quoted(case)} time="{seconds:.6f}">{body}</testcase>\n'
    yield "</testsuite>\n"


def _body(one: Judged) -> str:
    if one.finding and one.finding.code != OK:
        return _failure(one.finding)
    if one.known:
        return f"<skipped message={_quoted(f'known: {one.known}')}/>"
    if one.record.outcome == "unsupported":
        return f"<skipped message={_quoted(f'unsupported: {one.record.message}')}/>"
    return ""


def _failure(finding: Finding) -> str:
    element = "error" if finding.code == INCOMPLETE else "failure"
    return f"<{element} type={_quoted(finding.kind)} message={_quoted(finding.text[:200])}>{_text(finding.text)}</{element}>"


def _text(text: str) -> str:
    return escape(CONTROL.sub(" ", text))


def _quoted(text: str) -> str:
    return quoteattr(CONTROL.sub(" ", text))
