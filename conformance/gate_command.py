"""python -m conformance gate: files in, verdict out.

Exit status: 0 ok, 1 regression, 2 usage or malformed input, 3 incomplete, 4 only stale or expired rows.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from conformance import settings
from conformance.files import write
from conformance.gate import Runs, judge
from conformance.invalid import NotRecords
from conformance.known import Ledger, ledger
from conformance.merge import current, merge, sheets
from conformance.problem import Problem, UnwritableRecords
from conformance.record import Run, read
from conformance.report.annotations import commands
from conformance.report.ctrf import ctrf
from conformance.report.junit import junit
from conformance.report.summary import summary, terminal
from conformance.update import opening, text, updated
from conformance.verdict import INCOMPLETE, USAGE, Finding, Verdict
from conformance.watch import culprit

Ledgers = Mapping[str, Ledger]


def arguments(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("results", nargs="+", type=Path, metavar="RESULTS", help="records files; any number is joined")
    parser.add_argument("--against", action="append", default=[], type=Path, metavar="OLD", help="records of an earlier run")
    parser.add_argument("--expect", metavar="NAMES", help='e.g. "torch,jax@cuda*"; default: every adapter of the settings')
    parser.add_argument("--known", type=Path, metavar="FOLDER", help="known rows; default: the folder of the settings")
    parser.add_argument("--update", action="store_true", help="rewrite the known rows so that they explain these results")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="append the verdict as Markdown ($GITHUB_STEP_SUMMARY)")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML")
    parser.add_argument("--ctrf", type=Path, metavar="FILE", help="write Common Test Report Format")
    parser.add_argument("--annotations", action="store_true", help="print GitHub annotations, ten at most")


def gate(options: argparse.Namespace, root: Path) -> int:
    """Judge and report. Whatever is wrong with the input is told with its remedy, and the status is 2."""
    try:
        verdict = _verdict(options, root)
        print(terminal(verdict), end="")
        _outputs(options, verdict)
    except Problem as problem:
        print(f"conformance: {problem}", file=sys.stderr)
        return USAGE
    if options.annotations:
        print(commands(verdict), end="")
    return verdict.code


def _verdict(options: argparse.Namespace, root: Path) -> Verdict:
    configuration = settings.Settings.read(root)
    runs, earlier = _read(options.results), _read(options.against)
    names = sorted({_name(name) for run in runs.values() for name in (*run.header.manifests, *run.header.versions)})
    folder = options.known or root / configuration.known
    ledgers = {name: ledger(folder / f"{name}.toml") for name in names}
    listed = names if options.update else settings.adapters(configuration)
    expected = list(filter(None, options.expect.split(","))) if options.expect is not None else list(listed)
    today = datetime.now(UTC).date()
    verdict = judge(runs, ledgers, today, expected, earlier or None)
    if options.update and not any(finding.code == INCOMPLETE for finding in verdict.findings):
        verdict = judge(runs, _update(folder, runs, ledgers, verdict), today, expected, earlier or None)
    return replace(verdict, findings=(*verdict.findings, *_culprits(runs)))


def _read(paths: list[Path]) -> dict[str, Run]:
    return {str(path): read(path) for path in paths}


def _name(name: str) -> str:
    """An adapter's name, which becomes a file's name. Raises NotRecords."""
    if not re.fullmatch(r"\w[\w.-]*", name):
        raise NotRecords(f"{name!r} is no name of an adapter", "name a file written with --records")
    return name


def _culprits(runs: Runs) -> list[Finding]:
    found = {name: culprit(Path(name)) for name, run in runs.items() if not run.complete}
    return [Finding("incomplete", name, "", f"the run ended with a {told}") for name, told in found.items() if told]


def _update(folder: Path, runs: Runs, ledgers: Ledgers, verdict: Verdict) -> Ledgers:
    """Rewrite what has changed; every new text is made before the first file is touched."""
    live, _ = current(merge(*(sheets(run, name) for name, run in runs.items())))
    fresh, texts = {}, {}
    for name, old in ledgers.items():
        path = folder / f"{name}.toml"
        mine = {environment: sheet for environment, sheet in live.sheets.items() if environment.adapter == name}
        labels = {environment.label for environment in mine}
        fresh[name] = updated(old, mine, [finding for finding in verdict.findings if finding.where in labels])
        before = path.read_text("utf-8") if path.exists() else ""
        texts[path] = (before, text(fresh[name], opening(before)))
    for path, (before, after) in texts.items():
        if after != before:
            write(path, after)
            print(f"rewritten: {path}")
    return fresh


def _outputs(options: argparse.Namespace, verdict: Verdict) -> None:
    if options.summary:
        _append(options.summary, summary(verdict))
    if options.junit:
        write(options.junit, "".join(junit(verdict)))
    if options.ctrf:
        write(options.ctrf, ctrf(verdict))


def _append(path: Path, addition: str) -> None:
    """What a workflow's other steps have written stays."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(addition)
            os.fsync(file.fileno())
    except OSError as fault:
        raise UnwritableRecords(f"cannot write {path}: {fault.strerror}", "name a writable file") from fault
