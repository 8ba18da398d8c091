"""Text from frameworks and files made harmless in each format that it is written into."""

from __future__ import annotations

import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|[\ud800-\udfff]")


def plain(text: str, limit: int = 1000) -> str:
    """One line without control characters, and without the marks by which CI systems recognise commands in output."""
    line = " ".join(CONTROL.sub(" ", text).split())
    line = line.replace("##[", "# #[").replace("::", ": :")
    return line if len(line) <= limit else line[: limit - 1] + "…"


def markdown(text: str, limit: int = 300) -> str:
    """A code span that cannot end early, fit for a table's cell: in a code span no markup, link or mention is seen.

    A pipe is escaped with a backslash; a backslash that already stands before one is set off, so as not to undo that.
    """
    line = plain(text, limit).replace("\\|", "\\ |")
    if not line:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")


def annotation(text: str, limit: int = 1000) -> str:
    """The message of a workflow command."""
    return plain(text, limit).replace("%", "%25")


def attribute(text: str) -> str:
    """A property of a workflow command."""
    return annotation(text, 200).replace(":", "%3A").replace(",", "%2C")
