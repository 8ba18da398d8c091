"""The book's claims: which are refuted is stated here, once, and nowhere in the reference."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from reference.claim import EARLY, LATE, LATER, MID, PT, agree, equal, figure, wide
from reference.claims import CLAIMS

REFUTED = {
    "backwards-method",
    "bump-expansion-point",
    "bump-expansion-point-doubled",
    "bump-quadratic-doubled",
    "bump-quadratic-doubled-code",
    "descent-cosine-without-loss",
    "factorization-scalar-sign",
    "factorization-sign",
    "printed-w",
    "printed-y",
    "printed-z",
}
BY_ID = {claim.id: claim for claim in CLAIMS}


def test_ids_are_unique_and_every_refuted_one_exists() -> None:
    assert [name for name, count in Counter(claim.id for claim in CLAIMS).items() if count > 1] == []
    assert set(BY_ID) >= REFUTED


@pytest.mark.parametrize("claim_id", list(BY_ID))
def test_the_check_finds_out(claim_id: str) -> None:
    finding = BY_ID[claim_id].check()
    assert finding.holds is (claim_id not in REFUTED), f"said {finding.said}, true is {finding.truth}"


def test_exactly_these_claims_are_refuted() -> None:
    assert {claim.id for claim in CLAIMS if not claim.check().holds} == REFUTED


@pytest.mark.parametrize("claim_id", sorted(REFUTED))
def test_a_refutation_names_what_is_said_and_what_is_true(claim_id: str) -> None:
    finding = BY_ID[claim_id].check()
    assert finding.said
    assert finding.truth
    assert finding.said != finding.truth


def test_claims_belong_to_editions() -> None:
    assert {edition for claim in CLAIMS for edition in claim.edition.split(", ")} == {EARLY, MID, LATE, PT}
    assert BY_ID["factorization-sign"].edition == EARLY
    assert BY_ID["factorization"].edition == LATER
    assert BY_ID["bump-quadratic-doubled-code"].tab == "PyTorch, TensorFlow"


def test_the_mix_up_of_printed_gradients_is_seen_only_away_from_the_documented_point() -> None:
    finding = BY_ID["printed-w"].check()
    assert "(-1.0, 0.0, -2.0, 1.0)" not in finding.said
    assert "∂f/∂w" in finding.truth


def test_one_point_of_disagreement_refutes() -> None:
    check = equal(lambda x: x**2, lambda x: x**3, "x³", (1.0,), (0.0,), (2.0,))
    finding = check()
    assert not finding.holds
    assert (finding.said, finding.truth) == ("4. at (2.0,)", "x³ = 8. at (2.0,)")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ([1.0, 2.0], [1.0, 2.0], True),
        ([1.0, 2.0], [1.0, 2.0 + 1e-12], False),
        ([1.0], [-1.0], False),
        (1.0, [1.0], False),
        ([0.0], [0.0], True),
        ([1e-300], [0.0], False),
        (np.nan, np.nan, False),
    ],
)
def test_agreement_is_but_for_rounding(one: object, other: object, expected: bool) -> None:
    assert agree(one, other) is expected


@pytest.mark.parametrize(("digits", "expected"), [("0.333", True), ("0.3333333333", True), ("0.334", False), ("0.3334", False)])
def test_a_figure_is_the_value_rounded(digits: str, expected: bool) -> None:
    assert figure(digits, lambda: wide(1) / 3, "1/3")().holds is expected
