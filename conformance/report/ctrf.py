"""A verdict in the Common Test Report Format (https://ctrf.io, specification 0.1): one test per planned check."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from conformance import __version__
from conformance.report.escape import plain
from conformance.verdict import OK, Finding, Judged, Verdict

STATUSES = ("passed", "failed", "skipped", "pending", "other")


def ctrf(verdict: Verdict) -> str:
    """The document. Status `other`: a known failure, or an outcome that is neither a pass nor a failure.

    It gives no times of day, since runs of different days are joined: `start` is 0 and `stop` the milliseconds spent.
    """
    tests = [_test(one) for one in verdict.judged]
    tests += [_apart(f) for f in verdict.findings if f.code != OK and (not f.check or f.kind == "vanished")]
    counted = Counter(test["status"] for test in tests)
    summary = {
        "tests": len(tests),
        **{status: counted[status] for status in STATUSES},
        "flaky": sum(test.get("flaky", False) for test in tests),
        "start": 0,
        "stop": sum(test["duration"] for test in tests),
        "extra": {"verdict": verdict.title, "code": verdict.code},
    }
    results = {"tool": {"name": "conformance", "version": __version__}, "summary": summary, "tests": tests}
    return json.dumps({"reportFormat": "CTRF", "specVersion": "0.1.0", "results": results}, ensure_ascii=True) + "\n"


def _test(one: Judged) -> dict[str, Any]:
    record, finding = one.record, one.finding
    test: dict[str, Any] = {
        "name": record.id,
        "status": _status(one),
        "duration": round(record.seconds * 1000),
        "rawStatus": record.outcome,
        "suite": [one.environment.label],
    }
    if message := finding.text if finding else f"known: {one.known}" if one.known else record.message:
        test["message"] = plain(message)
    if finding and finding.kind == "flaky":
        test["flaky"] = True
    return test


def _status(one: Judged) -> str:
    if one.finding and one.finding.code != OK:
        return "failed"
    return {"pass": "passed", "unsupported": "skipped"}.get(one.record.outcome if not one.known else "", "other")


def _apart(finding: Finding) -> dict[str, Any]:
    name = " ".join(filter(None, (finding.kind, finding.where, finding.check)))
    return {"name": name, "status": "failed", "duration": 0, "suite": ["gate"], "message": plain(finding.text)}
