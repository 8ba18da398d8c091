"""The known rows and the document made of them."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from conformance import settings
from conformance.__main__ import main
from conformance.catalogue import CASES
from conformance.known import load
from conformance.plan import Selection, plan

ROOT = Path(__file__).parents[1]
SETTINGS = settings.Settings.read(ROOT)


def test_the_document_is_up_to_date() -> None:
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main(["bugs"]) == 0
    assert (ROOT / "docs" / "bugs.md").read_text("utf-8") == printed.getvalue(), "run `python -m conformance bugs --write`"


@pytest.mark.parametrize("name", settings.adapters(SETTINGS))
def test_every_known_row_speaks_of_planned_checks_and_gives_its_evidence(name: str) -> None:
    checks = [check.id for check in plan(settings.declarations(SETTINGS, name), CASES, Selection("full"))]
    for row in load(ROOT / SETTINGS.known / f"{name}.toml"):
        assert any(map(row.covers, checks)), f"{row.id} matches no check of the full profile"
        for glob in row.checks:
            assert glob.startswith(f"{name}/"), f"{row.id}: {glob}"
        assert row.reason.strip(), row.id
        assert row.confirmed.strip(), row.id
        assert row.reproduction.strip(), row.id
        assert row.versions, f"{row.id} gives no versions"
