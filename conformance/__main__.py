"""python -m conformance COMMAND: everything that needs no pytest. Listing, reports and explanations import no framework."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from conformance import evidence, gate_command, known, settings
from conformance.doctor import diagnose
from conformance.plan import PROFILES, Check, Selection
from conformance.problem import NothingSelected, Problem
from conformance.record import read
from conformance.report.bugs import bugs
from conformance.report.claims import claims_table
from conformance.report.conventions import conventions
from conformance.report.detail import detail
from conformance.report.terminal import render, table
from conformance.session import Session, unexplained
from conformance.watch import culprit, watched

ROOT = Path(__file__).parents[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; a Problem is printed and returns its own code."""
    return run_command(command_line().parse_args(arguments))


def run_command(options: argparse.Namespace) -> int:
    """The exit status of a command line that was parsed."""
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except Problem as problem:
        print(f"conformance: {problem}", file=sys.stderr)
        return problem.code
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def command_line() -> argparse.ArgumentParser:
    """Every command and its options."""
    parser = argparse.ArgumentParser(prog="python -m conformance", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    doctor = commands.add_parser("doctor", help="frameworks, versions, devices and dtypes here, and what is missing")
    doctor.set_defaults(command=_doctor)
    listing = commands.add_parser("list", help="the planned checks, or their counts")
    listing.add_argument("--adapter", action="append", default=[])
    listing.add_argument("--profile", choices=PROFILES, default="full")
    listing.add_argument("--json", action="store_true", help="counts by adapter, family and operator, as JSON")
    listing.set_defaults(command=_list)
    claims = commands.add_parser("claims", help="the book's claims: which hold and which are refuted")
    claims.set_defaults(command=_claims)
    document = commands.add_parser("bugs", help="the known bugs of each framework, as Markdown")
    document.add_argument("--write", action="store_true", help="to docs/bugs.md")
    document.add_argument("--run", metavar="ADAPTER", help="run its programs: exit 0 if each prints what its row says, else 1")
    document.set_defaults(command=_bugs)
    choices = commands.add_parser("conventions", help="the answers at kinks and poles, side by side, as Markdown")
    choices.add_argument("records", nargs="+", type=Path)
    choices.add_argument("--write", action="store_true", help="to docs/conventions.md")
    choices.set_defaults(command=_conventions)
    report = commands.add_parser("report", help="one table over any number of records files")
    report.add_argument("records", nargs="+", type=Path)
    report.set_defaults(command=_report)
    gating = commands.add_parser("gate", help="may these results pass? exit 0 ok, 1 regression, 2 input, 3 incomplete, 4 stale")
    gate_command.arguments(gating)
    gating.set_defaults(command=lambda options: gate_command.gate(options, ROOT))
    explain = commands.add_parser("explain", help="all that is known of one check")
    explain.add_argument("records", type=Path)
    explain.add_argument("check")
    explain.set_defaults(command=_explain)
    check = commands.add_parser("check", help="run one check in this process; told on standard output")
    check.add_argument("adapter")
    check.add_argument("check")
    check.add_argument("--device", default="cpu")
    check.add_argument("--time-limit", type=float, default=120.0, metavar="SECONDS")
    check.add_argument("--log", type=Path, help="where the id, and the stack if the process dies, go; the outcome beside it")
    check.set_defaults(command=_check)
    devices = commands.add_parser("devices", help="the devices that one framework finds, one per line")
    devices.add_argument("adapter")
    devices.add_argument("--start", default="cpu", help="device to start the framework for")
    devices.set_defaults(command=_devices)
    return parser


def _doctor(_: argparse.Namespace) -> int:
    print(diagnose(settings.Settings.read(ROOT)))
    return 0


def _list(options: argparse.Namespace) -> int:
    """Without a framework: an adapter's declarations are enough."""
    configuration = settings.Settings.read(ROOT)
    names = options.adapter or list(settings.adapters(configuration))
    chosen = tuple(settings.declarations(configuration, name) for name in names)
    session = Session(configuration, chosen, Selection(options.profile), "cpu")
    if not options.json:
        print("\n".join(session.checks))
        return 0
    counted = {
        adapter: {
            "checks": len(checks),
            "functions": len({check.case for check in checks if isinstance(check, Check)}),
            "points": len({check.point for check in checks if isinstance(check, Check)}),
            "families": Counter(check.case.family for check in checks if isinstance(check, Check)),
            "operators": Counter(check.operator for check in checks),
        }
        for adapter, checks in session.plans.items()
    }
    print(json.dumps(counted, indent=2))
    return 0


def _claims(_: argparse.Namespace) -> int:
    print(table(claims_table(settings.resolve(settings.Settings.read(ROOT).claims))))
    return 0


def _bugs(options: argparse.Namespace) -> int:
    configuration = settings.Settings.read(ROOT)
    folder = configuration.root / configuration.known
    if options.run:
        adapter = settings.adapter(configuration, options.run)
        version = next(iter(adapter.version().values()), "")
        rows = [row for row in known.load(folder / f"{adapter.name}.toml") if row.holds(version, "cpu")]
        lines, as_said = evidence.compare(rows, *evidence.answers(rows, ROOT))
        print("\n".join(lines) or f"no known row of {adapter.name!r} holds for version {version}")
        return 0 if as_said else 1
    _tell(bugs({name: known.load(folder / f"{name}.toml") for name in settings.adapters(configuration)}), "bugs", options.write)
    return 0


def _conventions(options: argparse.Namespace) -> int:
    _tell(conventions(record for path in options.records for record in read(path).records), "conventions", options.write)
    return 0


def _tell(text: str, name: str, write: bool) -> None:
    if write:
        (ROOT / "docs" / f"{name}.md").write_text(text, "utf-8")
    else:
        print(text, end="")


def _report(options: argparse.Namespace) -> int:
    runs = [(path, read(path)) for path in options.records]
    print(render([(path, run.header, run.records) for path, run in runs]), end="")
    cut = [path for path, run in runs if not run.complete]
    for path in cut:
        print(f"\nincomplete, cut off before the footer: {path}")
        print(culprit(path) or f"run the rest with --resume {path}")
    return 3 if cut else 0


def _explain(options: argparse.Namespace) -> int:
    run = read(options.records)
    found = [record for record in run.records if record.id == options.check]
    if not found:
        raise NothingSelected(f"{options.records} has no check {options.check!r}", "copy the id from the report")
    print(detail(run.header, found[0]))
    return 0


def _check(options: argparse.Namespace) -> int:
    session = Session.choose(ROOT, [options.adapter], Selection("full"), options.device)
    check = session.checks.get(options.check)
    if check is None:
        raise NothingSelected(f"{options.adapter!r} has no check {options.check!r}", "copy the id from the report")
    with TemporaryDirectory() as folder:
        log = options.log or Path(folder) / "log"
        with log.open("w", encoding="utf-8") as file, watched(check, file, options.time_limit):
            record = session.run(check)
    if options.log:
        options.log.with_name(options.log.name + ".outcome").write_text(record.outcome, "utf-8")
    print(detail(session.header(), record))
    return 1 if unexplained(record) else 0


def _devices(options: argparse.Namespace) -> int:
    adapter = settings.adapter(settings.Settings.read(ROOT), options.adapter)
    adapter.start(options.start)
    print("\n".join(adapter.devices()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
