"""Going on with a run that was cut off: what is recorded stays, the culprit is named, the rest runs."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from conformance.invalid import OtherRun
from conformance.record import Header, Record, read
from conformance.session import Session
from conformance.watch import epitaph


def resume(session: Session, path: Path, running: Path) -> tuple[Header, tuple[Record, ...]]:
    """The file's header, and its records with those of the checks in which a process died. Raises InvalidRecords, OtherRun.

    A check that was not run is not kept. With workers, the end of the controller ends innocent checks too: only a log that
    shows a stack convicts. The log of a process without workers convicts as it is, since the run ended with that process.
    """
    run, now = read(path), session.header()
    for name in (f.name for f in fields(Header) if f.name != "started"):
        if getattr(run.header, name) != getattr(now, name):
            raise OtherRun(f"{path} is of another run: its {name} differs", "give the options of that run, in its environment")
    kept = {record.id: record for record in run.records if record.outcome != "notrun"}
    for log in sorted(running.iterdir()) if running.is_dir() and not run.complete else ():
        check, verdict = epitaph(log)
        if check in session.checks and check not in kept and (log.name == "main" or _stack(log)):
            kept[check] = session.lost(check, verdict)
    return run.header, tuple(kept.values())


def _stack(log: Path) -> bool:
    return len(log.read_text("utf-8", errors="replace").splitlines()) > 1
