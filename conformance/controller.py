"""The process that keeps the records of a run: it expects, adds, buries and counts what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from conformance.compare import Verdict
from conformance.problem import UnwritableRecords
from conformance.record import Record, Writer
from conformance.report.terminal import render
from conformance.session import Session, epitaph


class Controller:
    """Writes one records file, line by line. Raises UnwritableRecords and MissingDevice before anything runs.

    `running` is a folder beside the records in which each process keeps the name of the check it is at. It is removed when the
    run ends well, and names the culprit when it does not.
    """

    def __init__(self, session: Session, path: Path) -> None:
        session.require_device()
        self.session, self.path = session, path
        self.header = session.header()
        self.writer = Writer(path, self.header)
        self.running = path.with_name(path.name + ".running")
        try:
            shutil.rmtree(self.running, ignore_errors=True)
            self.running.mkdir()
        except OSError as fault:
            raise UnwritableRecords(f"cannot make {self.running}: {fault.strerror}", "name a writable folder") from fault
        self.records: dict[str, Record] = {}
        self.expected: dict[str, None] = {}

    def expect(self, checks: Iterable[str]) -> None:
        """These checks are going to run."""
        self.expected.update(dict.fromkeys(check for check in checks if check))

    def add(self, record: Record) -> None:
        """A record has arrived."""
        self.records[record.id] = record
        self.writer.add(record)

    def bury(self, check: str, worker: str) -> None:
        """A worker process died in this check."""
        self.add(self.session.lost(check, epitaph(self.running / worker)[1]))

    def finish(self) -> bool:
        """Record what was expected and did not arrive, and write the footer. Returns whether anything was missing."""
        missing = [check for check in self.expected if check not in self.records]
        for check in missing:
            self.add(self.session.lost(check, Verdict("notrun", "expected, but no record arrived")))
        self.writer.close()
        shutil.rmtree(self.running, ignore_errors=True)
        return bool(missing)

    def summary(self) -> str:
        """The run as a table for the terminal; nothing where no check was expected."""
        return render([(self.path, self.header, tuple(self.records.values()))]) if self.expected else ""
