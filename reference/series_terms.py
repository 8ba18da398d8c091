"""Arithmetic of truncated Taylor series in two variables s and t: dictionaries from (p, q) to the coefficient of s**p * t**q.

An absent term is an exact zero. Products are Cauchy products, quotients follow from them, and an elementary function is its
local Taylor polynomial composed with the rest of its argument: no rule knows an order of differentiation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from reference.series_laurent import Array, Coefficient, Laurent, bilinear, constant_term, divide

Monomial = tuple[int, int]
Terms = dict[Monomial, Coefficient]
Local = Callable[[Array, int], list[Array]]
"""local(x, n): the Taylor coefficients of orders 0..n of an elementary function at each element of x."""

ONE: Monomial = (0, 0)


def monomials(caps: Monomial) -> list[Monomial]:
    """All monomials within the truncation, each after those that divide it."""
    return [(p, q) for p in range(caps[0] + 1) for q in range(caps[1] + 1)]


def product(f: Callable[[Array, Array], Any], x: Terms, y: Terms, caps: Monomial) -> Terms:
    """f, bilinear and acting on the trailing axes: the Cauchy product."""
    terms: dict[Monomial, Any] = {}
    for (p, q), a in x.items():
        for (u, v), b in y.items():
            m = (p + u, q + v)
            if m[0] <= caps[0] and m[1] <= caps[1]:
                term = bilinear(f, a, b)
                terms[m] = terms[m] + term if m in terms else term
    return terms


def quotient(x: Terms, y: Terms, caps: Monomial) -> Terms:
    """x / y, one coefficient after the other from x = (x / y) * y."""
    terms: Terms = {}
    for m in monomials(caps):
        rest: Any = x.get(m)
        for (u, v), b in y.items():
            before = (m[0] - u, m[1] - v)
            if (u, v) != ONE and before in terms:
                part = bilinear(np.multiply, b, terms[before])
                rest = -part if rest is None else rest - part
        if rest is not None:
            terms[m] = divide(rest, y[ONE])
    return terms


def composition(x: Terms, caps: Monomial, local: Local) -> Terms:
    """An elementary function of x, by Horner's rule in what x has beside its value."""
    value, rest = constant_term(x[ONE]), _without_value(x)
    depth = _depth(rest, caps)
    coefficients = local(value, depth)
    result: dict[Monomial, Any] = {ONE: coefficients[depth]}
    for coefficient in reversed(coefficients[:depth]):
        result = product(np.multiply, result, rest, caps)
        result[ONE] = result[ONE] + coefficient if ONE in result else coefficient
    return result


def _without_value(x: Terms) -> Terms:
    rest = {m: c for m, c in x.items() if m != ONE}
    value = x[ONE]
    if isinstance(value, Laurent):
        powers = [np.zeros_like(value[k]) if k == 0 else value[k] for k in range(value.lead, value.end)]
        rest[ONE] = Laurent(value.lead, powers)
    return rest


def _depth(rest: Terms, caps: Monomial) -> int:
    """The highest power of `rest` that is not zero."""
    value = rest.get(ONE)
    known = max(value.end - 1, 0) if isinstance(value, Laurent) else 0
    return known + (sum(caps) if any(m != ONE for m in rest) else 0)
