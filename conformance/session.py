"""One run of the suite: the chosen adapters, their checks, and the records as they arrive. Knows nothing of pytest."""

from __future__ import annotations

import datetime
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from conformance import __version__, known, settings
from conformance.adapter import Adapter
from conformance.catalogue import ASKED
from conformance.compare import Verdict
from conformance.oracle import Oracle
from conformance.plan import AnyCheck, Selection, manifest, plan, questions
from conformance.problem import MissingDevice, NothingSelected
from conformance.record import RED, Header, Record, encodable
from conformance.run import record as record_of
from conformance.run import run

FLAGS = (
    "JAX_DEFAULT_MATMUL_PRECISION",
    "JAX_ENABLE_X64",
    "MXNET_SAFE_ACCUMULATION",
    "NVIDIA_TF32_OVERRIDE",
    "ONEDNN_DEFAULT_FPMATH_MODE",
    "TF_ENABLE_ONEDNN_OPTS",
    "TF_XLA_FLAGS",
    "TORCH_ALLOW_TF32_CUBLAS_OVERRIDE",
    "XLA_FLAGS",
)
"""Environment variables that change the precision with which a framework computes: told in the header, conditions in rows."""


@dataclass(frozen=True)
class Session:
    """What one command runs: adapters on one device, with the checks that the selection leaves.

    `choices` are the names by which the adapters were asked for; `shard` "i/n" takes the i-th of n equal parts of the plan.
    """

    configuration: settings.Settings
    adapters: tuple[Adapter, ...]
    selection: Selection
    device: str
    shard: str = "1/1"
    choices: dict[str, str] = field(default_factory=dict)

    @classmethod
    def choose(cls, root: Path, names: Iterable[str], selection: Selection, device: str, shard: str = "1/1") -> Session:
        """The session for adapter names or `module:name` strings; none: every adapter whose framework is installed here.

        Raises Problem.
        """
        configuration = settings.Settings.read(root)
        names = tuple(names)
        chosen = tuple(settings.adapter(configuration, name) for name in names) or settings.available(configuration)
        if not chosen:
            raise NothingSelected("no framework is installed here", "install one, e.g. `pip install '.[autograd]'`")
        choices = {adapter.name: name for adapter, name in zip(chosen, names, strict=False)}
        return cls(configuration, chosen, selection, device, shard, choices)

    @cached_property
    def plans(self) -> dict[str, tuple[AnyCheck, ...]]:
        """The checks of each adapter, by its name."""
        return {adapter.name: plan(adapter, ASKED, self.selection, self.device) for adapter in self.adapters}

    @cached_property
    def checks(self) -> dict[str, AnyCheck]:
        """Every check by its id, in the order in which they run."""
        return {check.id: check for checks in self.plans.values() for check in checks}

    @cached_property
    def mine(self) -> dict[str, AnyCheck]:
        """The checks of this shard: neighbours in the plan, so that a case's checks stay together."""
        number, parts = map(int, self.shard.split("/"))
        start, stop = (len(self.checks) * i // parts for i in (number - 1, number))
        return dict(list(self.checks.items())[start:stop])

    @cached_property
    def oracle(self) -> Oracle:
        """The reference."""
        return settings.oracle(self.configuration)

    @cached_property
    def known(self) -> dict[str, tuple[known.Known, ...]]:
        """The known rows of each adapter, by its name."""
        folder = self.configuration.root / self.configuration.known
        return {adapter.name: known.load(folder / f"{adapter.name}.toml") for adapter in self.adapters}

    @cached_property
    def versions(self) -> dict[str, dict[str, str]]:
        """Installed versions by adapter, the framework's own first."""
        return {adapter.name: dict(adapter.version()) for adapter in self.adapters}

    def run(self, check: AnyCheck) -> Record:
        """Run one check."""
        adapter = next(adapter for adapter in self.adapters if adapter.name == check.adapter)
        return self.explained(run(check, adapter, self.oracle, self.device))

    def lost(self, check: str, verdict: Verdict) -> Record:
        """The record of a check that could not make its own: crash, timeout, notrun."""
        return self.explained(record_of(self.checks[check], self.device, verdict))

    def explained(self, record: Record) -> Record:
        """The record with its known row, if one covers it; a row that is not met exactly turns the record's message."""
        version = next(iter(self.versions[record.adapter].values()), "")
        row, fault = known.explain(self.known[record.adapter], record, version, flags())
        return replace(record, known="" if fault else row, message=encodable(fault or record.message))

    def header(self) -> Header:
        """What is asked, and where."""
        return Header(
            suite=__version__,
            profile=self.selection.profile,
            device=self.device,
            planned=len(self.checks),
            manifests={name: manifest(checks) for name, checks in self.plans.items()},
            versions=self.versions,
            interpreter=f"{platform.python_implementation()} {platform.python_version()}",
            platform=platform.platform(),
            longdouble=int(np.finfo(np.longdouble).nmant) + 1,
            flags=flags(),
            plan=tuple(self.checks),
            questions=questions(self.checks.values()),
            filters=self.selection.filters,
            shard=self.shard,
            started=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )

    def require_device(self) -> None:
        """Ask each framework, in a process of its own, whether it finds the device. Raises MissingDevice."""
        for adapter in self.adapters if self.device != "cpu" else ():
            found = find_devices(adapter.name, self.device)
            if self.device not in found:
                raise MissingDevice(
                    f"{adapter.name} finds no device {self.device!r} here", f"choose among {', '.join(found) or 'none'}"
                )


def find_devices(adapter: str, wanted: str = "cpu") -> list[str]:
    """The devices that a framework finds when started for `wanted`; a crash of the framework cannot hurt the caller."""
    command = [sys.executable, "-m", "conformance", "devices", adapter, "--start", wanted]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.stdout.split() if answer.returncode == 0 else []


def flags() -> dict[str, str]:
    """The variables of FLAGS that are set."""
    return {name: os.environ[name] for name in FLAGS if name in os.environ}


def unexplained(record: Record) -> str:
    """Why a record fails its run: "" where it does not."""
    if record.outcome in RED and not record.known:
        return f"{record.outcome}: {record.message}"
    return record.message if record.message.startswith("known row ") else ""


def shard(text: str) -> str:
    """ "i/n" as given on the command line. Raises ValueError."""
    number, parts = map(int, text.split("/"))
    if not 1 <= number <= parts:
        raise ValueError(text)
    return f"{number}/{parts}"
