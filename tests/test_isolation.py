"""Crashes and hangs cost exactly the check in which they happen: shown on a miniature framework that really does them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.record import Run, read
from tests.misbehaving import CRASHES, HANGS
from tests.worst_day import CRASHING, FAILING, HANGING, RIGHT, ROOT, checks, suite, tally

VALUES = "misbehaving/*_gradient/*/value/slow/*"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    return tmp_path / "run.jsonl"


@pytest.fixture(scope="module")
def worst(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One run with two workers, more than twenty crashes and four hangs; three failing checks are asked again."""
    path = tmp_path_factory.mktemp("worst") / "run.jsonl"
    process = suite(path, "-n", "2", *checks(*CRASHING, *HANGING, *FAILING, *RIGHT), "--again", "3")
    output, _ = process.communicate()
    assert process.returncode == 1, output
    assert "INTERNALERROR" not in output
    return read(path)


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "conformance", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def route(identifier: str) -> str:
    return (identifier.split("/") + [""] * 5)[4]


def test_nothing_is_lost(worst: Run) -> None:
    found = tally(worst)
    assert worst.complete
    assert found["lost"] == 0
    assert found["crash"] >= 20
    assert {record.id for record in worst.records} == set(worst.header.plan)


def test_each_deed_is_recorded_on_exactly_its_check(worst: Run) -> None:
    expected = {**dict.fromkeys(CRASHES, "crash"), **dict.fromkeys(HANGS, "timeout"), "sys.exit": "error", "mutter": "error"}
    for record in worst.records:
        assert record.outcome == expected.get(route(record.id), "pass"), record


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("abort", "Fatal Python error: Aborted"),
        ("segfault", "in segfault"),
        ("spin", "in spin"),
        ("backtrack", "in backtrack"),
        ("kill", "without a word"),
        ("_exit", "without a word"),
        ("mutter", "\\ud800"),
    ],
)
def test_the_stack_is_in_the_record(worst: Run, name: str, words: str) -> None:
    for record in worst.records:
        if route(record.id) == name:
            assert words in record.message
            assert (record.outcome != "timeout") or record.message.startswith("Timeout (0:00:03)!")


def test_the_first_failing_checks_were_asked_again(worst: Run) -> None:
    again = [record for record in worst.records if record.again]
    assert len(again) == 3
    assert all(record.again == record.outcome for record in again)


def test_a_check_that_fails_once_is_flaky(records: Path, tmp_path: Path) -> None:
    only = checks("misbehaving/quartic/zero/value/once/numpy/float64", "misbehaving/import")
    suite(records, "-n", "1", *only, "--again", "1", MISBEHAVING_MARK=str(tmp_path / "mark")).communicate()
    (flaky,) = (record for record in read(records).records if record.again)
    assert (flaky.outcome, flaky.again) == ("crash", "pass")
    answer = command("gate", str(records), "--expect", "misbehaving")
    assert answer.returncode == 1
    assert "1 flaky" in answer.stdout


@pytest.mark.parametrize(("name", "outcome"), [("segfault", "crash"), ("kill", "crash"), ("spin", "timeout")])
def test_without_workers_the_culprit_is_named_and_resume_does_the_rest(records: Path, name: str, outcome: str) -> None:
    culprit = f"misbehaving/quartic/zero/value/{name}/numpy/float64"
    chosen = checks("misbehaving/quartic/*/value/eager/numpy/float32", culprit, "misbehaving/import")
    suite(records, *chosen).communicate()
    assert not read(records).complete
    for answer in (command("report", str(records)), command("gate", str(records), "--expect", "misbehaving")):
        assert answer.returncode == 3
        assert f"{outcome} in {culprit}" in answer.stdout.replace("\n", " ")
    process = suite(records, *chosen, "--resume", str(records))
    process.communicate()
    run = read(records)
    assert run.complete
    assert tally(run)["lost"] == 0
    assert {record.id: record.outcome for record in run.records if record.outcome != "pass"} == {culprit: outcome}


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_a_killed_controller_loses_nothing_and_resume_completes(records: Path, workers: tuple[str, ...]) -> None:
    process = suite(records, *workers, *checks(VALUES))
    for _ in waiting(process):
        if records.exists() and len(records.read_bytes().splitlines()) > 20:
            process.send_signal(signal.SIGKILL)
            break
    process.communicate()
    cut = read(records)
    assert not cut.complete
    assert 20 <= len(cut.records) < cut.header.planned
    resumed = suite(records, *workers, *checks(VALUES), "--resume", str(records))
    output, _ = resumed.communicate()
    run = read(records)
    assert run.complete, output
    assert {record.id for record in run.records} == set(run.header.plan)
    assert run.records[: len(cut.records)] == cut.records
    assert not [record for record in run.records if record.outcome == "crash"], output
    assert not records.with_name("run.jsonl.running").exists()


def waiting(process: subprocess.Popen[str], seconds: float = 120) -> Iterator[None]:
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        yield
        time.sleep(0.01)


def test_resume_refuses_the_file_of_another_run(records: Path) -> None:
    suite(records, *checks("misbehaving/quartic/*/value/eager/numpy/float32")).communicate()
    before = records.read_bytes()
    for options, environment in ((checks("misbehaving/import"), {}), (checks(VALUES), {"MISBEHAVING_VERSION": "2.0"})):
        process = suite(records, *options, "--resume", str(records), **environment)
        output, _ = process.communicate()
        assert process.returncode == 17, output
        assert "is of another run" in output
        assert "Traceback" not in output
    assert records.read_bytes() == before


def test_resume_of_a_complete_file_changes_nothing(records: Path) -> None:
    chosen = checks("misbehaving/quartic/*/value/eager/numpy/float32")
    suite(records, *chosen).communicate()
    before = records.read_text("utf-8")
    process = suite(records, *chosen, "--resume", str(records))
    process.communicate()
    assert process.returncode == 0
    assert records.read_text("utf-8") == before


def test_shards_join_to_the_whole_and_a_missing_one_is_told(tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.jsonl" for i in (1, 2, 3)]
    chosen = checks("misbehaving/quartic/*/value/eager/*", "misbehaving/import")
    for i, path in enumerate(paths, 1):
        process = suite(path, *chosen, "--shard", f"{i}/3")
        process.communicate()
        assert process.returncode == 0
    runs = [read(path) for path in paths]
    assert sum(len(run.records) for run in runs) == runs[0].header.planned == 13
    whole = command("gate", *map(str, paths), "--expect", "misbehaving")
    assert whole.returncode == 0, whole.stdout
    part = command("gate", *map(str, paths[:2]), "--expect", "misbehaving")
    assert part.returncode == 3
    assert f"{len(runs[2].records)} notrun" in part.stdout


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1", "a/b", "1/0"])
def test_a_wrong_shard_is_a_usage_error(records: Path, shard: str) -> None:
    process = suite(records, "--shard", shard)
    output, _ = process.communicate()
    assert process.returncode == pytest.ExitCode.USAGE_ERROR
    assert "--shard" in output
    assert not records.exists()


def test_a_deselected_check_is_not_green(records: Path) -> None:
    chosen = checks("misbehaving/quartic/*/value/eager/*")
    suite(records, *chosen, "-k", "zero").communicate()
    assert json.loads(records.read_text("utf-8").splitlines()[-1])["recorded"] == 2
    answer = command("gate", str(records), "--expect", "misbehaving")
    assert answer.returncode == 3
    assert "10 notrun" in answer.stdout


def test_an_empty_collection_is_not_green(records: Path) -> None:
    process = suite(records, *checks("misbehaving/import"), "-k", "nothing")
    process.communicate()
    assert process.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert command("gate", str(records), "--expect", "misbehaving").returncode == 3


def test_when_all_workers_are_dead_the_rest_is_notrun_and_resume_runs_it(records: Path) -> None:
    abort = "misbehaving/quartic/zero/value/abort/numpy/float64"
    chosen = checks(abort, "misbehaving/quartic/*/value/eager/numpy/float32")
    process = suite(records, "-n", "1", "--max-worker-restart=0", *chosen)
    process.communicate()
    assert process.returncode != 0
    run = read(records)
    assert run.complete
    assert {record.outcome for record in run.records} == {"crash", "notrun"}
    assert tally(run)["lost"] == 6
    answer = command("gate", str(records), "--expect", "misbehaving")
    assert answer.returncode == 1
    assert "6 notrun" in answer.stdout
    suite(records, "-n", "1", *chosen, "--resume", str(records)).communicate()
    assert tally(read(records)) == {"planned": 7, "recorded": 7, "pass": 6, "crash": 1, "lost": 0}
