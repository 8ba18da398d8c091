"""Going on with a run that was cut off: what is recorded stays, the culprit is named, the rest runs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from conformance.again import ask_again
from conformance.invalid import OtherRun
from conformance.record import Header, Record, read
from conformance.session import Session
from conformance.watch import SILENT, epitaph


def resume(session: Session, path: Path, running: Path, limit: float) -> tuple[Header, tuple[Record, ...]]:
    """The file's header, and its records with those of the checks in which a process died. Raises InvalidRecords, OtherRun.

    A check that was not run is not kept. A log with a stack convicts its check. A log without one may be that of an innocent
    check: workers end with their controller, and a machine may have been switched off. Where the run had no workers, its check
    is asked once more in a fresh process, of at most `limit` seconds: if that dies too, the check is convicted, else it runs.
    """
    run, now = read(path), session.header()
    for name in (f.name for f in fields(Header) if f.name != "started"):
        if getattr(run.header, name) != getattr(now, name):
            raise OtherRun(f"{path} is of another run: its {name} differs", "give the options of that run, in its environment")
    kept = {record.id: record for record in run.records if record.outcome != "notrun"}
    for log in sorted(running.iterdir()) if running.is_dir() and not run.complete else ():
        check, verdict = epitaph(log)
        if check in session.checks and check not in kept:
            record = session.lost(check, verdict)
            if verdict.message != SILENT or (log.name == "main" and _dies(session, record, running, limit)):
                kept[check] = record
    return run.header, tuple(kept.values())


def _dies(session: Session, record: Record, running: Path, limit: float) -> bool:
    return ask_again(session, record, running / "again", limit) in ("crash", "timeout")
