"""The book's claims as rows of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def claims_table(claims: Sequence[Any]) -> list[list[str]]:
    """One row per claim: verdict, edition, tab, statement and, where it is refuted, the truth."""
    rows = [["claim", "verdict", "edition", "tab", "statement", "truth"]]
    for claim in claims:
        finding = claim.check()
        verdict = "holds" if finding.holds else "refuted"
        rows.append([claim.id, verdict, claim.edition, claim.tab, claim.statement, "" if finding.holds else finding.truth])
    return rows
