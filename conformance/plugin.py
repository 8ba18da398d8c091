"""pytest hooks only: doors to session, record and report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import pytest

from conformance.controller import Controller
from conformance.cost import peak
from conformance.plan import PROFILES, AnyCheck, Selection
from conformance.problem import Problem
from conformance.record import Record
from conformance.remote import require_same
from conformance.session import Session, shard
from conformance.watch import log_file, watched

ROOT = Path(__file__).parents[1]
TEST = "test_conformance.py::test_check["
SESSION = pytest.StashKey[Session]()
LOG = pytest.StashKey[IO[str]]()
TODO = pytest.StashKey[list[str]]()
MOST_FAILURES_TOLD = 200
"""pytest's time to print failures grows with their number times that of all tests (1,600 of 47,000: 10 minutes)."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("conformance")
    for name, what in {
        "adapter": "name of an adapter, or module:name; default: every framework installed here",
        "case": "glob over case ids",
        "operator": "glob over operators",
        "route": "glob over route names",
        "dtype": "glob over dtypes",
        "check": "glob over check ids",
    }.items():
        group.addoption(f"--{name}", action="append", default=[], metavar="NAME", help=f"{what}; may be repeated")
    group.addoption("--device", default="cpu", help="device to run on: cpu, cpu:1, cuda:0, mps, ... (default: cpu)")
    group.addoption("--profile", choices=PROFILES, default="quick", help="how much to ask (default: quick)")
    group.addoption("--shard", type=shard, default="1/1", metavar="I/N", help="run the I-th of N equal parts of the plan")
    group.addoption("--resume", type=Path, metavar="FILE", help="run what this records file lacks, and add it there")
    group.addoption("--again", type=int, default=20, metavar="N", help="ask N failing checks once more (default: 20)")
    group.addoption("--records", type=Path, default=Path("results/last.jsonl"), help="file for the records, as JSON lines")
    group.addoption("--time-limit", type=float, default=120.0, metavar="SECONDS", help="for one check (default: 120)")


def pytest_configure(config: pytest.Config) -> None:
    option, worker = config.option, getattr(config, "workerinput", None)
    globs = (tuple(getattr(option, kind)) for kind in ("case", "operator", "route", "dtype", "check"))
    controller = None
    try:
        session = Session.choose(ROOT, option.adapter, Selection(option.profile, *globs), option.device, option.shard)
        if worker is None and not (option.collectonly or option.help):
            controller = Controller(session, option.resume or option.records, option.time_limit, bool(option.resume))
            config.pluginmanager.register(Doors(controller), "conformance-controller")
        session.checks  # noqa: B018 - a wrong selection is told before anything is collected
    except Problem as problem:
        pytest.exit(str(problem), returncode=problem.code)
    config.stash[SESSION] = session
    if worker:
        _prepare(config, worker["todo"], log_file(Path(worker["conformance"]), worker["workerid"]))
    elif controller:
        _prepare(config, controller.todo, controller.running / "main")
    else:
        config.stash[TODO] = list(session.mine)


def _prepare(config: pytest.Config, todo: list[str], log: Path) -> None:
    config.stash[TODO] = todo
    config.stash[LOG] = log.open("w", encoding="utf-8")


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):  # in a worker of pytest-xdist
        session.config.workeroutput["memory"] = peak()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "check" in metafunc.fixturenames:
        session = metafunc.config.stash[SESSION]
        names = metafunc.config.stash[TODO]
        metafunc.parametrize("check", [session.checks[name] for name in names], ids=names)


@pytest.fixture
def conduct(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Callable[[AnyCheck], Record]:
    """Run a check under watch and hand its record to the controller."""

    def conducted(check: AnyCheck) -> Record:
        with watched(check, request.config.stash[LOG], request.config.option.time_limit):
            record = request.config.stash[SESSION].run(check)
        record_property("record", asdict(record))
        return record

    return conducted


class Doors:
    """The hooks of the controller, which alone writes records."""

    def __init__(self, controller: Controller) -> None:
        self.controller = controller

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        try:
            require_same(self.controller.session, node.gateway)
        except Problem as problem:
            pytest.exit(str(problem), returncode=problem.code)
        node.workerinput["conformance"] = str(self.controller.running.resolve())
        node.workerinput["todo"] = self.controller.todo

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.controller.expect(_check(item.nodeid) for item in session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self.controller.expect(map(_check, ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        for name, value in report.user_properties if report.when == "call" else ():
            if name == "record" and isinstance(value, dict):
                self.controller.add(Record(**value))

    @pytest.hookimpl(optionalhook=True)
    def pytest_handlecrashitem(self, crashitem: str, report: Any) -> None:
        if check := _check(crashitem):
            self.controller.bury(check, report.node.gateway.id)

    @pytest.hookimpl(trylast=True, optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self.controller.peaks.append(getattr(node, "workeroutput", {}).get("memory", 0.0))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.testsfailed > MOST_FAILURES_TOLD:
            session.config.option.tbstyle = "no"
        if session.exitstatus == pytest.ExitCode.TESTS_FAILED:
            self.controller.ask_again(session.config.option.again)
        if self.controller.finish() and session.exitstatus == 0:
            session.exitstatus = 1

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        terminalreporter.write(self.controller.summary())


def _check(node: str) -> str:
    return node.partition(TEST)[2].removesuffix("]")
