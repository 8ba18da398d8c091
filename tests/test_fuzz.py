"""Files that were damaged in any way: a clear message and exit 2, never a traceback, never a file changed.

`python -m tests.test_fuzz [NUMBER]` mutates that many files (default 10400) and prints what came of them.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conformance.__main__ import command_line, run_command
from conformance.problem import InvalidRecords
from conformance.record import Record
from tests.synthetic import LATER, ROW, name, record, run, toml, write

F, G = name("torch", "f"), name("torch", "g")
NUMBER = 10_400
"""Mutated files, over all kinds of file."""
KINDS = ("records", "old records", "known rows", "manifest")
NASTY = [
    b"", b"\x00", b"\xff\xfe", b"\n", b"\n\n", b"{", b"[" * 3000, b'"', b"null", b"true", b"-1", b"1e999", b"9" * 400,
    b"NaN", b"Infinity", b'"\\ud800"', b"\xed\xa0\x80", b"\xe2\x80\xa8", b'{"a": {}}', b"[[known]]\n", b"[[accepted]]\n", b"#",
    b"'''", b"../../x", b"*" * 200, b"[!", b"crash", b"notrun", b'"kind": "footer"', b'"schema": 2', b"!!python/object",
    b"\x80\x04.",
]  # fmt: skip


def files(folder: Path) -> dict[str, Path]:
    """Good files of every kind that the tools read."""
    checks: dict[str, str | Record] = {F: record(F, message="é \u2028"), G: "wrong-value"}
    row = {"id": "g", "checks": ["torch/g/*"], "beta": [1.0, 9.0], "versions": "<2", "expires": "2999-01-01", **ROW}
    accepted = {"checks": ["torch/h/*"], "change": "vanished", "reason": "gone"}
    (folder / "torch.toml").write_text(toml(row) + toml(accepted, table="accepted"), "utf-8")
    now, old = write(folder / "now.jsonl", run(checks, started=LATER)), write(folder / "old.jsonl", run(checks))
    return {"records": now, "manifest": now, "old records": old, "known rows": folder / "torch.toml"}


@st.composite
def mutations(draw: st.DrawFn) -> list[tuple[str, float, bytes]]:
    """Where (a fraction of the file's length) something is cut out, put in, doubled or cut off."""
    deed = st.sampled_from(["insert", "replace", "delete", "double", "truncate", "flip"])
    place = st.floats(0, 1, allow_nan=False)
    return draw(st.lists(st.tuples(deed, place, st.sampled_from(NASTY) | st.binary(max_size=6)), min_size=1, max_size=4))


def mutated(content: bytes, changes: list[tuple[str, float, bytes]], within: int) -> bytes:
    """The content changed at these places of its first `within` bytes."""
    for deed, place, text in changes:
        i = int(place * min(len(content), within))
        j = min(len(content), i + max(len(text), 1))
        content = {
            "insert": content[:i] + text + content[i:],
            "replace": content[:i] + text + content[j:],
            "delete": content[:i] + content[i + 8 :],
            "double": content[:j] + content[i:],
            "truncate": content[:i],
            "flip": content[:i] + bytes(b ^ 1 for b in content[i : i + 1]) + content[i + 1 :],
        }[deed]
    return content


def commands(folder: Path, paths: dict[str, Path]) -> list[argparse.Namespace]:
    """The command lines, parsed: building the parser costs more than judging a small file."""
    files = [str(paths["records"]), "--against", str(paths["old records"])]
    lines = [["gate", *files, "--expect", "torch", "--known", str(folder)], ["report", str(paths["records"])]]
    return [command_line().parse_args(line) for line in lines]


def judged(folder: Path, paths: dict[str, Path], kind: str, content: bytes, parsed: list[argparse.Namespace]) -> str:
    """What the commands make of the mutated file: the gate's exit status. Raises AssertionError."""
    paths[kind].write_bytes(content)
    before = {path: path.read_bytes() for path in paths.values()}
    gate, report = parsed
    code = _status(gate, {0, 1, 2, 3, 4})
    if kind in ("records", "manifest"):
        _status(report, {0, 3, InvalidRecords.code})
    assert {path: path.read_bytes() for path in paths.values()} == before, "a file was changed"
    assert set(folder.iterdir()) == set(paths.values()), "a file was left behind"
    return str(code)


def _status(options: argparse.Namespace, allowed: set[int]) -> int:
    told = io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        code = run_command(options)
    assert code in allowed, (options, code)
    assert (code in (2, InvalidRecords.code)) == ("\n  remedy: " in told.getvalue()), told.getvalue()
    return code


def fuzz(number: int, kind: str) -> Counter[str]:
    """Mutate this many files of one kind; how often each status was met."""
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        paths = files(folder)
        good = {kind: path.read_bytes() for kind, path in paths.items()}
        header = good["records"].index(b"\n")
        parsed = commands(folder, paths)

        @settings(
            max_examples=number,
            deadline=None,
            database=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(mutations())
        def each(changes: list[tuple[str, float, bytes]]) -> None:
            content = mutated(good[kind], changes, header if kind == "manifest" else len(good[kind]))
            found[judged(folder, paths, kind, content, parsed)] += 1

        each()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_files(kind: str) -> None:
    found = fuzz(NUMBER // len(KINDS), kind)
    assert found.total() * len(KINDS) >= 10_000
    assert found["2"] > found.total() / 4, "the mutations hardly damage anything"
    assert len(found) > 1, "nothing survives: the mutations damage everything"


def test_an_undamaged_file_is_judged(tmp_path: Path) -> None:
    paths = files(tmp_path)
    assert judged(tmp_path, paths, "records", paths["records"].read_bytes(), commands(tmp_path, paths)) == "0"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=NUMBER)
    number = parser.parse_args().number
    counted = sum((fuzz(number // len(KINDS), kind) for kind in KINDS), Counter[str]())
    print(f"{counted.total()} mutated files; exit status: {dict(sorted(counted.items()))}; no traceback, no file changed")
