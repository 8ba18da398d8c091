"""What a user can mend: each problem is one message, its remedy, and an exit code of its own."""

from __future__ import annotations


class Problem(Exception):
    """A mistake outside the suite. `code` is the exit status of every command that meets it."""

    code = 2

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}\n  remedy: {remedy}")


class BadSettings(Problem):
    """pyproject.toml or a known-rows file cannot be read."""

    code = 10


class UnknownAdapter(Problem):
    """No adapter of this name is listed."""

    code = 11


class UnresolvedAdapter(Problem):
    """A `module:name` string does not lead to an adapter."""

    code = 12


class MissingFramework(Problem):
    """The adapter's framework is not installed here."""

    code = 13


class MissingDevice(Problem):
    """The framework does not find this device here."""

    code = 14


class UnwritableRecords(Problem):
    """The records file cannot be written."""

    code = 15


class NothingSelected(Problem):
    """No case, route, operator, dtype or check has this name, or their combination selects nothing."""

    code = 16


class InvalidRecords(Problem):
    """A records file cannot be trusted; each way has a subclass in conformance.record."""

    code = 17
