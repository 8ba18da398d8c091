"""The fewest patterns over check ids that match some ids and no others.

A pattern keeps some of an id's segments (adapter/case/point/operator/route/surface/dtype) and has * for the rest. The smallest
set is a set cover, for which the greedy choice is deterministic and at most ln(n) + 1 times larger than the best (Chvátal,
A greedy heuristic for the set-covering problem, 1979); patterns that later ones made needless are taken out again.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable
from itertools import product

Pattern = tuple[str, ...]
"""Segments, "*" for any. Names contain no "/", so that * cannot reach beyond its segment in a pattern of as many segments."""


def cover(wanted: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """Globs, sorted, that match every id of `wanted` and none of `others`."""
    wanted = set(wanted)
    candidates = _candidates(wanted, set(others) - wanted)
    left, chosen = set(wanted), []
    while left:
        best = min(candidates, key=lambda pattern: (-len(candidates[pattern] & left), _literals(pattern), pattern))
        chosen.append(best)
        left -= candidates[best]
        candidates = {pattern: ids for pattern, ids in candidates.items() if ids & left}
    return tuple(sorted("/".join(map(_escaped, pattern)) for pattern in _needed(chosen, wanted)))


def _candidates(wanted: set[str], others: set[str]) -> dict[Pattern, set[str]]:
    """Every pattern that matches an id of `wanted` and no other, with the ids of `wanted` that it matches."""
    found: dict[Pattern, set[str]] = {}
    for length in {name.count("/") for name in wanted}:
        ours, theirs = ([name.split("/") for name in sorted(some) if name.count("/") == length] for some in (wanted, others))
        for mask in product((True, False), repeat=length):
            spoilt = {_masked(segments, mask) for segments in theirs}
            for segments in ours:
                pattern = _masked(segments, mask)
                if pattern not in spoilt:
                    found.setdefault(pattern, set()).add("/".join(segments))
    return found


def _masked(segments: list[str], mask: tuple[bool, ...]) -> Pattern:
    """The adapter is kept always."""
    return (segments[0], *(name if keep else "*" for name, keep in zip(segments[1:], mask, strict=True)))


def _needed(chosen: list[Pattern], wanted: set[str]) -> list[Pattern]:
    needed = list(chosen)
    for pattern in sorted(chosen):
        rest = [other for other in needed if other != pattern]
        if all(any(_matches(other, name) for other in rest) for name in wanted if _matches(pattern, name)):
            needed = rest
    return needed


def _matches(pattern: Pattern, name: str) -> bool:
    segments = name.split("/")
    return len(segments) == len(pattern) and all(p in ("*", s) for p, s in zip(pattern, segments, strict=True))


def _literals(pattern: Pattern) -> int:
    return sum(part != "*" for part in pattern)


def _escaped(part: str) -> str:
    return part if part == "*" else glob.escape(part)
