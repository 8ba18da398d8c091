"""The named ways in which a records file cannot be trusted, alone or beside others. Each message carries its remedy."""

from __future__ import annotations

from conformance.problem import InvalidRecords


class EmptyFile(InvalidRecords):
    """Nothing is in it."""


class NotRecords(InvalidRecords):
    """The first line is no header of this suite."""


class OtherSchema(InvalidRecords):
    """Written by a version whose format this one does not know."""


class BrokenLine(InvalidRecords):
    """A line is no JSON object with the fields of a record."""


class UnknownOutcome(InvalidRecords):
    """An outcome outside the closed set."""


class DuplicateCheck(InvalidRecords):
    """One check is recorded twice."""


class WrongCounts(InvalidRecords):
    """The footer's counts are not those of the records."""


class WrongManifest(InvalidRecords):
    """The planned checks are not those whose hash the header gives, or a record is of a check that was not planned."""


class MissingFooter(InvalidRecords):
    """The run was cut off."""


class DifferentQuestions(InvalidRecords):
    """Two files of one environment ask different questions under one id, and nothing tells which file is newer."""


class DisagreeingCells(InvalidRecords):
    """Two files of one environment hold different outcomes for one check."""


class OtherRun(InvalidRecords):
    """The file to be resumed is of another run: other checks, versions, device or machine."""


class OtherScope(InvalidRecords):
    """The earlier run asked for something else: a fuller profile, or other filters."""
