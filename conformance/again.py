"""A failing check asked once more, alone in a fresh process: an outcome that then differs is flaky."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from conformance.record import OUTCOMES, Record
from conformance.session import Session
from conformance.watch import epitaph


def ask_again(session: Session, record: Record, log: Path, limit: float) -> str:
    """The outcome of the same check in a process of its own, which may die; `log` is that process's, and is overwritten."""
    told = log.with_name(log.name + ".outcome")
    for path in (log, told):
        path.unlink(missing_ok=True)
    command = [sys.executable, "-m", "conformance", "check", session.choices.get(record.adapter, record.adapter), record.id]
    command += ["--device", record.device, "--log", str(log), "--time-limit", str(limit)]
    try:
        subprocess.run(
            command,
            cwd=session.configuration.root,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=limit + 120,  # for planning and importing, which the time limit of the check does not see
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "timeout"
    outcome = told.read_text("utf-8") if told.exists() else epitaph(log)[1].outcome
    return outcome if outcome in OUTCOMES else "crash"
