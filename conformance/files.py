"""Writing a file whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

from conformance.problem import UnwritableRecords


def replacing(path: Path) -> tuple[IO[str], Path]:
    """An open temporary file beside `path`, to be moved over it with os.replace. Raises UnwritableRecords."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return temporary.open("w", encoding="utf-8", newline="\n"), temporary
    except OSError as fault:
        raise UnwritableRecords(f"cannot write {path}: {fault.strerror}", "name a writable file") from fault


def write(path: Path, text: str) -> None:
    """Replace the contents of `path` in one step: a reader sees the old text or the new. Raises UnwritableRecords."""
    file, temporary = replacing(path)
    try:
        with file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise UnwritableRecords(f"cannot write {path}: {fault.strerror}", "name a writable file") from fault
