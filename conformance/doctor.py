"""What is here and what is missing: frameworks, versions, devices and dtypes, each with its remedy."""

from __future__ import annotations

import platform

import numpy as np

from conformance import settings
from conformance.problem import Problem
from conformance.report.terminal import table
from conformance.session import find_devices


def diagnose(configuration: settings.Settings) -> str:
    """A table of the listed adapters, and remedies below it. Each framework is asked for devices in a process of its own."""
    bits = np.finfo(np.longdouble).nmant + 1
    lines = [
        f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.platform()}",
        f"reference arithmetic: np.longdouble with {bits} bits"
        + ("" if bits > 53 else ", no wider than double: its own error goes into the bound"),
    ]
    rows, remedies = [["adapter", "versions", "devices", "dtypes on the first"]], []
    for name in settings.adapters(configuration):
        try:
            rows.append(_row(configuration, name))
        except Problem as problem:
            rows.append([name, "missing", "", ""])
            remedies.append(str(problem))
    return "\n".join([*lines, "", table(rows), *(["", *remedies] if remedies else [])])


def _row(configuration: settings.Settings, name: str) -> list[str]:
    adapter = settings.adapter(configuration, name)
    versions = ", ".join(f"{key} {value}" for key, value in adapter.version().items())
    devices = find_devices(name)
    if not devices:
        return [name, versions, "does not start: run `python -m conformance devices " + name + "`", ""]
    return [name, versions, " ".join(devices), " ".join(adapter.dtypes(devices[0]))]
