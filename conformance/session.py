"""One run of the suite: the chosen adapters, their checks, and the records as they arrive. Knows nothing of pytest."""

from __future__ import annotations

import datetime
import faulthandler
import platform
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import IO

import numpy as np

from conformance import __version__, known, settings
from conformance.adapter import Adapter
from conformance.catalogue import CASES
from conformance.compare import Verdict
from conformance.oracle import Oracle
from conformance.plan import AnyCheck, Selection, manifest, plan
from conformance.problem import MissingDevice, NothingSelected
from conformance.record import RED, Header, Record
from conformance.run import record as record_of
from conformance.run import run


@dataclass(frozen=True)
class Session:
    """What one command runs: adapters on one device, with the checks that the selection leaves."""

    configuration: settings.Settings
    adapters: tuple[Adapter, ...]
    selection: Selection
    device: str

    @classmethod
    def choose(cls, root: Path, names: Iterable[str], selection: Selection, device: str) -> Session:
        """The session for adapter names or `module:name` strings; none: every adapter whose framework is installed here.

        Raises Problem.
        """
        configuration = settings.Settings.read(root)
        names = tuple(names)
        chosen = tuple(settings.adapter(configuration, name) for name in names) or settings.available(configuration)
        if not chosen:
            raise NothingSelected("no framework is installed here", "install one, e.g. `pip install '.[autograd]'`")
        return cls(configuration, chosen, selection, device)

    @cached_property
    def plans(self) -> dict[str, tuple[AnyCheck, ...]]:
        """The checks of each adapter, by its name."""
        return {adapter.name: plan(adapter, CASES, self.selection, self.device) for adapter in self.adapters}

    @cached_property
    def checks(self) -> dict[str, AnyCheck]:
        """Every check by its id, in the order in which they run."""
        return {check.id: check for checks in self.plans.values() for check in checks}

    @cached_property
    def oracle(self) -> Oracle:
        """The reference."""
        return settings.oracle(self.configuration)

    @cached_property
    def known(self) -> dict[str, tuple[known.Known, ...]]:
        """The known rows of each adapter, by its name."""
        folder = self.configuration.root / self.configuration.known
        return {adapter.name: known.load(folder / f"{adapter.name}.toml") for adapter in self.adapters}

    @cached_property
    def versions(self) -> dict[str, dict[str, str]]:
        """Installed versions by adapter, the framework's own first."""
        return {adapter.name: dict(adapter.version()) for adapter in self.adapters}

    def run(self, check: AnyCheck) -> Record:
        """Run one check."""
        adapter = next(adapter for adapter in self.adapters if adapter.name == check.adapter)
        return self.explained(run(check, adapter, self.oracle, self.device))

    def lost(self, check: str, verdict: Verdict) -> Record:
        """The record of a check that could not make its own: crash, timeout, notrun."""
        return self.explained(record_of(self.checks[check], self.device, verdict))

    def explained(self, record: Record) -> Record:
        """The record with its known row, if one covers it; a row that is not met exactly turns the record's message."""
        version = next(iter(self.versions[record.adapter].values()), "")
        row, fault = known.explain(self.known[record.adapter], record, version)
        return replace(record, known="" if fault else row, message=fault or record.message)

    def header(self) -> Header:
        """What is asked, and where."""
        return Header(
            suite=__version__,
            profile=self.selection.profile,
            device=self.device,
            planned=len(self.checks),
            manifests={name: manifest(checks) for name, checks in self.plans.items()},
            versions=self.versions,
            interpreter=f"{platform.python_implementation()} {platform.python_version()}",
            platform=platform.platform(),
            longdouble=int(np.finfo(np.longdouble).nmant) + 1,
            started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )

    def require_device(self) -> None:
        """Ask each framework, in a process of its own, whether it finds the device. Raises MissingDevice."""
        for adapter in self.adapters if self.device != "cpu" else ():
            found = find_devices(adapter.name, self.device)
            if self.device not in found:
                raise MissingDevice(
                    f"{adapter.name} finds no device {self.device!r} here", f"choose among {', '.join(found) or 'none'}"
                )


def find_devices(adapter: str, wanted: str = "cpu") -> list[str]:
    """The devices that a framework finds when started for `wanted`; a crash of the framework cannot hurt the caller."""
    command = [sys.executable, "-m", "conformance", "devices", adapter, "--start", wanted]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.split() if answer.returncode == 0 else []


def unexplained(record: Record) -> str:
    """Why a record fails its run: "" where it does not."""
    if record.outcome in RED and not record.known:
        return f"{record.outcome}: {record.message}"
    return record.message if record.message.startswith("known row ") else ""


@contextmanager
def watched(check: AnyCheck, log: IO[str], limit: float) -> Iterator[None]:
    """Write the check's id to `log`, and the stack if the process is ended after `limit` seconds."""
    log.seek(0)
    log.truncate()
    log.write(check.id + "\n")
    log.flush()
    faulthandler.dump_traceback_later(limit, exit=True, file=log)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def epitaph(path: Path) -> tuple[str, Verdict]:
    """(check id, verdict) that a dead process's log tells: timeout or crash, with the innermost frames of the stack."""
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.exists() else []
    outcome = "timeout" if any(line.startswith("Timeout (") for line in lines) else "crash"
    stack = " | ".join(line.strip() for line in lines[1:12] if line.strip())
    return lines[0] if lines else "", Verdict(outcome, stack or "the process died without a word")
