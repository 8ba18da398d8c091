"""What a closed form is, and how the operators of the suite are read off one.

Promised: the operators are contractions of the derivatives that a form states, in the dtype of the arguments; nothing
is differentiated here, by rule or by difference. Not promised: every derivative of every form; one that is not stated is
a LookupError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Arrays = tuple[Array, ...]
Entries = Callable[..., Sequence[Any]]


@dataclass(frozen=True)
class ClosedForm:
    """A function y = f(x₁, …, xₙ) of arrays and its derivatives as formulas; dimensionless, in the dtype of the arguments.

    value     (*args) -> y
    jacobian  (*args) -> for each argument ∂y/∂xᵢ of shape y.shape + xᵢ.shape: the gradient where y is 0-dimensional
    hessian   (*args) -> rows of ∂²y/∂xᵢ∂xⱼ of shape xᵢ.shape + xⱼ.shape; None where y is an array, or too large to build
    hvp       (args, tangents) -> for each argument Σⱼ ∂²y/∂xᵢ∂xⱼ·tⱼ; None where it is a contraction of `hessian`
    third     (args, tangents) -> for each argument Σⱼₖ ∂³y/∂xᵢ∂xⱼ∂xₖ·tⱼ·tₖ; None where y is an array
    """

    value: Callable[..., Array]
    jacobian: Callable[..., Arrays]
    hessian: Callable[..., tuple[Arrays, ...]] | None = None
    hvp: Callable[[Arrays, Arrays], Arrays] | None = None
    third: Callable[[Arrays, Arrays], Arrays] | None = None


def of_scalars(value: Callable[..., Any], first: Entries, second: Entries, third: Entries) -> ClosedForm:
    """The form of a function of 0-dimensional arguments from its distinct partial derivatives.

    `first`, `second` and `third` return them in the order of itertools.combinations_with_replacement: for arguments x, y the
    second derivatives are xx, xy, yy. A ValueError says that the number of entries is wrong.
    """

    def hessian(*args: Array) -> tuple[Arrays, ...]:
        entry, n = _table(second, 2, args), range(len(args))
        return tuple(like(args, [entry[min(i, j), max(i, j)] for j in n]) for i in n)

    return ClosedForm(
        value,
        lambda *args: like(args, first(*args)),
        hessian,
        contraction(second, 2),
        contraction(third, 3),
    )


def contraction(entries: Entries, order: int) -> Callable[[Arrays, Arrays], Arrays]:
    """(args, tangents) -> Σ of the derivatives of this order times order − 1 tangents, elementwise in the arguments."""

    def contracted(args: Arrays, tangents: Arrays) -> Arrays:
        entry, n = _table(entries, order, args), range(len(args))

        def term(i: int, rest: tuple[int, ...]) -> Any:
            return entry[tuple(sorted((i, *rest)))] * np.prod([tangents[j] for j in rest], axis=0)

        return like(args, [sum(term(i, rest) for rest in product(n, repeat=order - 1)) for i in n])

    return contracted


def gradient_of(form: ClosedForm) -> ClosedForm:
    """The gradient of a form of 0-dimensional arguments, stacked, as a function of its own."""

    def jacobian(*args: Array) -> Arrays:
        assert form.hessian is not None
        rows = form.hessian(*args)
        return tuple(np.stack([row[j] for row in rows]) for j in range(len(args)))

    return ClosedForm(lambda *args: np.stack(form.jacobian(*args)), jacobian)


def like(args: Arrays, entries: Sequence[Any]) -> Arrays:
    """Each entry as an array of the shape and dtype of its argument."""
    return tuple(np.full_like(x, entry) for x, entry in zip(args, entries, strict=True))


def evaluate(form: ClosedForm, args: Arrays, operator: str, tangents: Arrays, cotangent: Array | None) -> Any:
    """The answer of a form to one operator: an array (value, jvp), a tuple over the arguments, or a tuple of tuples (hessian).

    `tangents` have the shapes of `args`, `cotangent` that of the value. Raises LookupError where the form does not cover it.
    """
    if operator == "value":
        return np.asarray(form.value(*args))
    if operator in ("jacobian", "gradient", "jvp", "vjp"):
        return _first(form, args, operator, tangents, cotangent)
    if operator == "hessian" and form.hessian is not None:
        return form.hessian(*args)
    if operator == "hvp" and (form.hvp or form.hessian) is not None:
        return form.hvp(args, tangents) if form.hvp else _hvp(form, args, tangents)
    if operator == "third" and form.third is not None:
        return form.third(args, tangents)
    raise LookupError(f"no closed form covers {operator}")


def _first(form: ClosedForm, args: Arrays, operator: str, tangents: Arrays, cotangent: Array | None) -> Any:
    blocks = form.jacobian(*args)
    if operator == "jvp":
        return np.asarray(sum(_contract(block, t) for block, t in zip(blocks, tangents, strict=True)))
    if operator == "vjp":
        assert cotangent is not None, "vjp needs a cotangent"
        return tuple(np.tensordot(cotangent, block, axes=cotangent.ndim) for block in blocks)
    if operator == "gradient" and np.ndim(form.value(*args)) > 0:
        raise LookupError("no gradient: the value is an array")
    return blocks


def _hvp(form: ClosedForm, args: Arrays, tangents: Arrays) -> Arrays:
    assert form.hessian is not None
    rows = form.hessian(*args)
    products = ([_contract(block, t) for block, t in zip(row, tangents, strict=True)] for row in rows)
    return like(args, [sum(row) for row in products])


def _contract(block: Array, tangent: Array) -> Array:
    return np.tensordot(block, tangent, axes=tangent.ndim)


def _table(entries: Entries, order: int, args: Arrays) -> dict[tuple[int, ...], Any]:
    return dict(zip(combinations_with_replacement(range(len(args)), order), entries(*args), strict=True))
