"""Constructors of rows: one line for a function of the vocabulary, with its points chosen from its mathematics.

Values of elementwise functions are summed, so that gradient, Hessian and third derivative exist. Where elements of the value
depend on several elements of the arguments, they are weighted by a last argument first, so that no two make up for each other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any

from conformance.case import Case, Draw, Literals, Point, Tier

Inputs = tuple[Literals | Draw, ...]
ELEMENTWISE = "elementwise functions in the sense of the array API standard and of SciPy's special functions"


def unary(
    name: str,
    interior: Sequence[float],
    special: Sequence[float] = (),
    tails: Sequence[float] = (),
    family: str = "elementwise",
    smooth: int = 3,
    case: str = "",
    **options: Any,
) -> Case:
    """The function xp.name(x, **options): all interior values as one vector, each special and tail value as a 0-d point."""
    points = _numbers(interior, special, tails)
    return Case(case or name, applied(name, 1, options), points, ELEMENTWISE, family, smooth=smooth, names=(name,))


def formula(
    case: str,
    name: str,
    f: Callable[[Any, Any], Any],
    interior: Sequence[float],
    special: Sequence[float] = (),
    tails: Sequence[float] = (),
    family: str = "elementwise",
) -> Case:
    """The elementwise function f(xp, x) about xp.name, at points as of `unary`."""

    @wraps(f)
    def fn(xp: Any, x: Any) -> Any:
        return xp.sum(f(xp, x))

    return Case(case, fn, _numbers(interior, special, tails), ELEMENTWISE, family, names=(name,))


def _numbers(interior: Sequence[float], special: Sequence[float], tails: Sequence[float]) -> tuple[Point, ...]:
    return (
        Point("interior", (tuple(interior),)),
        *(Point(f"at_{_text(value)}", (value,), "stress") for value in special),
        *(Point(f"tail_{_text(value)}", (value,), _tier((value,))) for value in tails),
    )


def _tier(inputs: Inputs) -> Tier:
    """What is beyond the range of float16 by far is "wide"."""
    return "wide" if any(x and not 1e-20 < abs(x) < 1e20 for x in _given(inputs)) else "stress"


def _given(inputs: Literals | Draw) -> Iterator[float]:
    if isinstance(inputs, tuple):
        for part in inputs:
            yield from _given(part)
    elif not isinstance(inputs, Draw):
        yield inputs


def binary(
    name: str,
    interior: Sequence[tuple[float, float]],
    special: Sequence[tuple[float, float]] = (),
    tails: Sequence[tuple[float, float]] = (),
    family: str = "elementwise",
    smooth: int = 3,
    case: str = "",
    **options: Any,
) -> Case:
    """The function xp.name(x, y, **options), with its pairs as two vectors, and broadcast both ways."""
    left, right = (tuple(pair[i] for pair in interior) for i in (0, 1))
    points = (
        Point("interior", (left, right)),
        Point("broadcast_right", (left, right[0])),
        Point("broadcast_left", (left[0], right)),
        *(Point(f"at_{_text(x)}_{_text(y)}", (x, y), "stress") for x, y in special),
        *(Point(f"tail_{_text(x)}_{_text(y)}", (x, y), _tier((x, y))) for x, y in tails),
    )
    return Case(case or name, applied(name, 2, options), points, ELEMENTWISE, family, smooth=smooth, names=(name,))


def applied(name: str, arity: int, options: dict[str, Any]) -> Callable[..., Any]:
    """The sum of xp.name(arrays, **options)."""

    def fn(xp: Any, *arrays: Any) -> Any:
        return xp.sum(getattr(xp, name)(*arrays[:arity], **options))

    return fn


def weighted(f: Callable[..., Any]) -> Callable[..., Any]:
    """The function (xp, *arrays, w) -> Σ w·f(xp, *arrays), with w of the shape of f's value."""

    @wraps(f)  # a case's source, which its hash is taken of, is that of f
    def fn(xp: Any, *arrays: Any) -> Any:
        return xp.sum(f(xp, *arrays[:-1]) * arrays[-1])

    return fn


def arrays(
    case: str, fn: Callable[..., Any], points: dict[str, tuple[Literals | Draw, ...]], family: str, **about: Any
) -> Case:
    """A function of arrays, at named points; `names` are the operations of the vocabulary that it uses."""
    rows = tuple(Point(name, inputs) for name, inputs in points.items())
    return Case(case, fn, rows, about.pop("source", ELEMENTWISE), family, **about)


ARRAYS = "functions of arrays in the sense of the array API standard, of NumPy and of SciPy"


def row(
    case: str,
    names: str,
    fn: Callable[..., Any],
    generic: Mapping[str, Inputs],
    stress: Mapping[str, Inputs] | None = None,
    smooth: int = 3,
    family: str = "arrays",
    source: str = ARRAYS,
    truth: Callable[..., Any] | None = None,
) -> Case:
    """A function of arrays about the operations `names` (divided by blanks), at generic points and at special ones."""
    points = (
        *(Point(name, inputs) for name, inputs in generic.items()),
        *(Point(name, inputs, _tier(inputs)) for name, inputs in (stress or {}).items()),
    )
    return Case(case, fn, points, source, family, smooth=smooth, names=tuple(names.split()), truth=truth)


def draw(*shape: int) -> Draw:
    """Numbers of this shape, derived from the names of case, point and argument."""
    return Draw(shape)


def program(
    fn: Callable[..., Any],
    names: str,
    generic: Mapping[str, Inputs],
    stress: Mapping[str, Inputs] | None = None,
    smooth: int = 3,
    *,
    family: str,
    source: str,
) -> Case:
    """A function written out in the catalogue, under its own name, with its source."""
    return row(fn.__name__, names, fn, generic, stress, smooth, family, source)


def _text(value: float) -> str:
    return f"{value:.6g}".replace("-", "m").replace("+", "").replace(".", "p")
