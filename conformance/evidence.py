"""Do the programs of the known rows still print what the rows say?

All programs of one adapter run in one process, one after the other, because importing a framework takes longer than they do.
Each has a namespace of its own; what it changes in its framework stays, so that a program sets the dtypes it needs.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from conformance.known import Known

TIME_LIMIT = 600.0
"""Seconds for all programs of an adapter together."""
LONGEST = 200
"""Characters that are kept of an exception's last line."""
PROGRAMS = count()
TIME_OF_DAY = re.compile(r"\[\d\d:\d\d:\d\d\] ?")


def printed(program: str) -> str:
    """What the program prints; if it raises, followed by the last line of the exception, without a time of day."""
    output = io.StringIO()
    fault: list[str] = []
    with redirect_stdout(output):
        try:
            exec(compile(program, "<reproduction>", "exec"), _names())  # noqa: S102 - reviewed text of this repository
        except Exception as exception:
            exception.__notes__ = []  # JAX appends what it did to the traceback
            last = "".join(traceback.format_exception_only(exception)).strip().splitlines()[-1]
            fault = [TIME_OF_DAY.sub("", last)[:LONGEST]]
    return tidy("\n".join([*output.getvalue().splitlines(), *fault]))


def _names() -> dict[str, Any]:
    """The names of a module of its own, in which compilers look for what a program calls by name."""
    module = ModuleType(f"program_{next(PROGRAMS)}")
    sys.modules[module.__name__] = module
    return module.__dict__


def tidy(text: str) -> str:
    """The text without blanks at the ends of its lines, and without empty lines around it."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip("\n")


def answers(rows: Sequence[Known], root: Path, limit: float = TIME_LIMIT) -> tuple[dict[str, str], str]:
    """(what the program of each row prints, by the row's id; why the others are missing)."""
    with tempfile.TemporaryDirectory() as folder:
        answered = Path(folder) / "answers"
        answered.touch()
        command = [sys.executable, "-m", "conformance.evidence", str(answered)]
        names = {row.reproduction: row.id for row in rows}  # rows of one root cause may share a program
        programs = json.dumps([[name, program] for program, name in names.items()])
        try:
            done = subprocess.run(
                command, input=programs, cwd=root, stdout=subprocess.DEVNULL, text=True, timeout=limit, check=False
            )
            why = f"the process ended with {done.returncode}" if done.returncode else ""
        except subprocess.TimeoutExpired:
            why = f"{limit:g} s were over"
        told = dict(json.loads(line) for line in answered.read_text("utf-8").splitlines())
        return {row.id: told[name] for row in rows if (name := names[row.reproduction]) in told}, why


def compare(rows: Sequence[Known], got: Mapping[str, str], why: str) -> tuple[list[str], bool]:
    """(one line per row; whether every row is as said)."""
    faults = {row.id: _fault(row, got, why) for row in rows}
    lines = [f"{name}: differs: {fault}" if fault else f"{name}: as said" for name, fault in faults.items()]
    return lines, not any(faults.values())


def _fault(row: Known, got: Mapping[str, str], why: str) -> str:
    if row.id not in got:
        return f"no answer, {why}"
    if not tidy(row.prints):
        return f"got {got[row.id]!r}, and the row does not say what it prints"
    return "" if got[row.id] == tidy(row.prints) else f"got {got[row.id]!r}, the row says {tidy(row.prints)!r}"


def answer(programs: Iterable[tuple[str, str]], path: Path) -> None:
    """Run the programs here, and write a line [id, printed] after each: what is written survives the death of the process."""
    with path.open("w", encoding="utf-8") as file:
        for name, program in programs:
            file.write(json.dumps([name, printed(program)]) + "\n")
            file.flush()


if __name__ == "__main__":
    answer(json.load(sys.stdin), Path(sys.argv[1]))
