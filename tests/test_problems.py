"""Bad input of any kind: one clear message with the remedy, an exit code of its own, no traceback, and no harm to records."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import problem, settings
from conformance.__main__ import main

ROOT = Path(__file__).parents[1]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def suite(tmp_path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    records = () if "--records" in options else ("--records", str(tmp_path / "run.jsonl"))
    return python("-m", "pytest", "conformance", "-q", "-p", "no:cacheprovider", *records, *options)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (["--adapter", "tensorfow"], problem.UnknownAdapter.code, "no adapter is called 'tensorfow'"),
        (["--adapter", "no.such:ADAPTER"], problem.UnresolvedAdapter.code, "'no.such:ADAPTER' does not resolve"),
        (["--adapter", "adapters:NOTHING"], problem.UnresolvedAdapter.code, "has no attribute 'NOTHING'"),
        (["--adapter", "adapters:ADAPTERS"], problem.UnresolvedAdapter.code, "is not an adapter: it lacks"),
        (["--adapter", "adapters:"], problem.UnresolvedAdapter.code, "is not of the form module:name"),
        (["--adapter", "tests.miniatures:ABSENT"], problem.MissingFramework.code, "needs no_such_framework"),
        (["--adapter", "autograd", "--device", "cuda:7"], problem.MissingDevice.code, "autograd finds no device 'cuda:7'"),
        (["--adapter", "autograd", "--records", "/proc/none/run.jsonl"], problem.UnwritableRecords.code, "cannot write"),
        (["--adapter", "autograd", "--case", "nothing"], problem.NothingSelected.code, "no case of 'autograd' matches"),
        (["--adapter", "autograd", "--route", "nothing"], problem.NothingSelected.code, "no route of 'autograd'"),
        (["--adapter", "autograd", "--operator", "nothing"], problem.NothingSelected.code, "no operator of"),
        (["--adapter", "autograd", "--dtype", "float8"], problem.NothingSelected.code, "no dtype of"),
        (["--adapter", "autograd", "--check", "nothing"], problem.NothingSelected.code, "leaves no check"),
    ],
)
def test_a_wrong_command_line(tmp_path: Path, options: list[str], code: int, words: str) -> None:
    answer = suite(tmp_path, *options)
    text = answer.stdout + answer.stderr
    assert answer.returncode == code, text
    assert words in text
    assert "remedy: " in text
    assert "Traceback" not in text


def test_it_works_without_xdist(tmp_path: Path) -> None:
    answer = suite(
        tmp_path, "-p", "no:xdist", "-o", "addopts=--import-mode=importlib", "--adapter", "autograd", "--case", "saddle"
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_a_wrong_command_line_does_not_touch_records_already_written(tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text("precious", "utf-8")
    assert suite(tmp_path, "--adapter", "autograd", "--case", "nothing").returncode == problem.NothingSelected.code
    assert (tmp_path / "run.jsonl").read_text("utf-8") == "precious"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["report", "missing.jsonl"], problem.InvalidRecords.code, "missing.jsonl"),
        (["explain", "missing.jsonl", "x"], problem.InvalidRecords.code, "missing.jsonl"),
        (["list", "--adapter", "tensorfow"], problem.UnknownAdapter.code, "tensorfow"),
        (["devices", "tests.miniatures:ABSENT"], problem.MissingFramework.code, "no_such_framework"),
    ],
)
def test_a_wrong_command(arguments: list[str], code: int, words: str) -> None:
    answer = python("-m", "conformance", *arguments)
    assert answer.returncode == code
    assert words in answer.stderr
    assert "remedy: " in answer.stderr
    assert "Traceback" not in answer.stderr


def test_every_problem_has_an_exit_code_of_its_own() -> None:
    kinds = problem.Problem.__subclasses__()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert not {kind.code for kind in kinds} & {0, 1, 2, 3, 4, 5}


@pytest.mark.parametrize("text", ["[tool.conformance", "[tool]", "[tool.conformance]\nadapters = 'a:b'", "\x00"])
def test_malformed_settings(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, "utf-8")
    with pytest.raises(problem.BadSettings, match="remedy: "):
        settings.Settings.read(tmp_path)


def test_doctor_names_what_is_here_and_what_is_missing() -> None:
    answer = python("-m", "conformance", "doctor")
    assert answer.returncode == 0, answer.stderr
    assert "autograd" in answer.stdout
    assert "float64 float32 float16" in answer.stdout
    for name, target in settings.adapters(settings.Settings.read(ROOT)).items():
        missing = [m for m in settings.resolve(target).modules if not settings.installed(m)]
        assert (f"`tox -e {name}`" in answer.stdout) is bool(missing)


def test_one_check_is_told_without_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "autograd", "autograd/saddle/critical/gradient/grad/autograd.numpy/float64"]) == 0
    assert "pass" in capsys.readouterr().out
