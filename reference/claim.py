"""What a claim of the book is: a sentence put as mathematics, and a check that finds out whether it holds.

Promised: the verdict comes from computing both sides at several points against the closed forms; it is not stored with
the claim. Not promised: a proof for all points, except where the check of a claim says how it is one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .closed_form import Array

EARLY, MID, LATE, PT = "d2l-early", "d2l-mid", "d2l-late", "d2l-pt"
LATER = f"{MID}, {PT}"
WHOLE = f"{EARLY}, {MID}, {PT}"
ALL = f"{EARLY}, {MID}, {LATE}, {PT}"
"""Editions of *Dive into Deep Learning*, sec_multivariable_calculus. `d2l-late` is a fragment, from chain rule to Hessians."""

SLACK = 2.0**12 * float(np.finfo(np.longdouble).eps)
"""Two ways of writing one function differ by rounding, some eps; a wrong formula differs by a part of order one."""


@dataclass(frozen=True)
class Finding:
    """The outcome of a check: whether the claim holds, what it says and what is true, at the point that decided."""

    holds: bool
    said: str
    truth: str


@dataclass(frozen=True)
class Claim:
    """One claim of one or more editions.

    edition    short names of the editions it stands in, joined by ", "
    tab        code tab it stands in, or "text"; several are joined by ", "
    place      section of the chapter, or "code" or "exercise" with its subject
    statement  what is claimed, in our words and mathematical notation
    check      () -> Finding
    """

    id: str
    edition: str
    tab: str
    place: str
    statement: str
    check: Callable[[], Finding]


def wide(values: Any) -> Array:
    """As np.longdouble."""
    return np.asarray(values, np.longdouble)


def agree(one: Any, other: Any) -> bool:
    """Same shape, and equal but for rounding of the largest entry; NaN agrees with nothing."""
    a, b = wide(one), wide(other)
    return a.shape == b.shape and bool(np.all(np.abs(a - b) <= SLACK * np.max(np.abs(b))))


def equal(said: Callable[..., Any], true: Callable[..., Any], truth: str, *points: tuple[Any, ...]) -> Callable[[], Finding]:
    """A check that said(*point) is true(*point) at every point; `truth` names the right formula."""

    def check() -> Finding:
        args = [tuple(wide(x) for x in point) for point in points]
        differ = [n for n, a in enumerate(args) if not agree(said(*a), true(*a))]
        n = differ[0] if differ else 0
        where = f" at {points[n]}" if points[n] else ""
        return Finding(not differ, show(said(*args[n])) + where, f"{truth} = {show(true(*args[n]))}{where}")

    return check


def is_true(condition: Callable[[], bool], said: str, truth: str) -> Callable[[], Finding]:
    """A check of a yes-or-no fact."""
    return lambda: Finding(bool(condition()), said, truth)


def figure(digits: str, true: Callable[[], Any], truth: str) -> Callable[[], Finding]:
    """A check that a printed decimal is the true value rounded to its digits."""

    def check() -> Finding:
        value, half = true(), wide(10.0) ** -len(digits.partition(".")[2]) / 2
        return Finding(bool(abs(value - wide(digits)) <= half), digits, f"{truth} = {show(value)}")

    return check


def show(value: Any) -> str:
    """Numbers on one line, to ten digits; long arrays abridged."""
    return np.array2string(wide(value), precision=10, separator=", ", threshold=6).replace("\n", "")
