"""The process that keeps the records of a run: it expects, adds, buries, asks again and counts what is missing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from conformance.again import ask_again
from conformance.compare import Verdict
from conformance.cost import cost, peak
from conformance.problem import UnwritableRecords
from conformance.record import Record, Writer
from conformance.report.terminal import render
from conformance.resume import resume
from conformance.session import Session, unexplained
from conformance.watch import epitaph


class Controller:
    """Writes one records file, line by line. Raises UnwritableRecords and MissingDevice before anything runs.

    `running` is a folder beside the records in which each process keeps the name of the check it is at. It is removed when the
    run ends well, and names the culprit when it does not. `todo` are the ids that are to run.
    """

    def __init__(self, session: Session, path: Path, limit: float, resumed: bool = False) -> None:
        session.require_device()
        self.session, self.path, self.limit = session, path, limit
        self.running = path.with_name(path.name + ".running")
        self.header, kept = resume(session, path, self.running, limit) if resumed else (session.header(), ())
        self.records = {record.id: record for record in kept}
        self.expected: dict[str, None] = {}
        self.doubled = False
        self.started = time.monotonic()
        self.peaks: list[float] = []
        self.writer = Writer(path, self.header, kept)
        self.todo = [check for check in session.mine if check not in self.records]
        try:
            shutil.rmtree(self.running, ignore_errors=True)
            self.running.mkdir()
        except OSError as fault:
            raise UnwritableRecords(f"cannot make {self.running}: {fault.strerror}", "name a writable folder") from fault

    def expect(self, checks: Iterable[str]) -> None:
        """These checks are going to run."""
        self.expected.update(dict.fromkeys(check for check in checks if check in self.session.checks))

    def add(self, record: Record) -> None:
        """A record has arrived; a later one of the same check takes its place."""
        if record.id in self.records:
            self.doubled = True  # the file has a line for it, and is written afresh at the end
        else:
            self.writer.add(record)
        self.records[record.id] = record

    def bury(self, check: str, worker: str) -> None:
        """A worker process died in this check."""
        culprit, verdict = epitaph(self.running / worker)
        if culprit != check:
            verdict = Verdict("crash", f"the process died without a word; the last check it told of is {culprit or 'none'}")
        self.add(self.session.lost(check, verdict))

    def ask_again(self, at_most: int) -> None:
        """Ask unexplained failing checks once more, each in a process of its own; the first `at_most` of them."""
        failing = [record for record in self.records.values() if unexplained(record) and not record.again]
        for record in failing[:at_most]:
            self.add(replace(record, again=ask_again(self.session, record, self.running / "again", self.limit)))

    def finish(self) -> bool:
        """Record what was expected and did not arrive, and write the footer. Returns whether anything was missing."""
        missing = [check for check in self.expected if check not in self.records]
        for check in missing:
            self.add(self.session.lost(check, Verdict("notrun", "expected, but no record arrived")))
        if self.doubled:
            self.writer.leave()
            self.writer = Writer(self.path, self.header, self.records.values())
        self.writer.close()
        shutil.rmtree(self.running, ignore_errors=True)
        return bool(missing)

    def summary(self) -> str:
        """The run as a table for the terminal; nothing where no check was expected."""
        if not self.expected:
            return ""
        table = render([(self.path, self.header, tuple(self.records.values()))])
        return table + "\n" + cost(time.monotonic() - self.started, self.peaks or [peak()])
