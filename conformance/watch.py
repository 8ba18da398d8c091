"""What a process tells of the check it is at, so that its end can be told by others."""

from __future__ import annotations

import faulthandler
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from conformance.compare import Verdict
from conformance.plan import AnyCheck

SILENT = "the process died without a word: killed from outside (memory?), or left by a call of _exit"
FRAMES = 12
"""Innermost frames of a stack that go into a record."""


def log_file(folder: Path, name: str) -> Path:
    """A worker's log in the controller's folder, or, on a machine that does not see that folder, in a temporary one."""
    return (folder if folder.is_dir() else Path(tempfile.mkdtemp())) / name


@contextmanager
def watched(check: AnyCheck, log: IO[str], limit: float) -> Iterator[None]:
    """Write the check's id to `log`, and the stack if the process crashes, or is ended after `limit` seconds.

    faulthandler writes from a thread and from signal handlers in C: native code that never returns, or holds the GIL, cannot
    prevent it.
    """
    log.seek(0)
    log.truncate()
    log.write(check.id + "\n")
    log.flush()
    faulthandler.enable(log)  # before each check: pytest and frameworks set handlers of their own
    faulthandler.dump_traceback_later(limit, exit=True, file=log)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def epitaph(path: Path) -> tuple[str, Verdict]:
    """(check id, verdict) that a dead process's log tells: timeout or crash, with the innermost frames of its stack."""
    lines = path.read_text("utf-8", errors="replace").splitlines() if path.is_file() else []
    stack = [line.strip() for line in lines[1:] if line.strip()]
    if not stack:
        return lines[0] if lines else "", Verdict("crash", SILENT)
    outcome = "timeout" if stack[0].startswith("Timeout (") else "crash"
    return lines[0], Verdict(outcome, " | ".join([stack[0], *_culprit(stack[1:])][: FRAMES + 1]))


def culprit(records: Path) -> str:
    """What the log beside a records file that was cut off tells of its end: "" if nothing."""
    check, verdict = epitaph(records.with_name(records.name + ".running") / "main")
    return f"{verdict.outcome} in {check}: {verdict.message}" if check else ""


def _culprit(stack: list[str]) -> list[str]:
    """The frames of the thread that crashed, else of the main thread, which faulthandler writes last."""
    heads = [i for i, line in enumerate(stack) if "hread 0x" in line]
    current = [i for i in heads if stack[i].startswith("Current")] or heads[-1:]
    if not current:
        return stack
    end = next((i for i in heads if i > current[0]), len(stack))
    return [line for line in stack[current[0] + 1 : end] if line.startswith("File ")]
