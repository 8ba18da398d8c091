"""The documented examples of the chapter "Multivariable Calculus" of Dive into Deep Learning, one row each.

Every example has the chapter's own point and generic points: the documented point of `backprop4` is degenerate (b = 0 there and
all four partials coincide), so that a framework which mixes up two variables still shows the documented numbers.
Functions whose name ends in `_gradient` are the documented gradient written as a function: its Jacobian is the Hessian of the
example, at first order, which is the way to the documented Hessians for frameworks without second order.
"""

from __future__ import annotations

from typing import Any

from conformance.case import Case, Draw, Point

CHAPTER = "Dive into Deep Learning, sec_multivariable_calculus"
LOG2 = 0.6931471805599453
GRID = tuple(-2.0 + 4.0 * i / 100 for i in range(101))


def logsumexp2(xp: Any, x: Any, y: Any) -> Any:
    return xp.log(xp.exp(x) + xp.exp(y))


def logsumexp2_gradient(xp: Any, x: Any, y: Any) -> Any:
    total = xp.exp(x) + xp.exp(y)
    return xp.stack([xp.exp(x) / total, xp.exp(y) / total])


def steepest_descent(xp: Any, w: Any, v: Any) -> Any:
    p = w + v
    return p[0] ** 2 * p[1] + p[1] ** 2


def quartic(xp: Any, x: Any) -> Any:
    return 3.0 * x**4 - 4.0 * x**3 - 12.0 * x**2


def quartic_gradient(xp: Any, x: Any) -> Any:
    return 12.0 * x * (x - 2.0) * (x + 1.0)


def backprop4(xp: Any, w: Any, x: Any, y: Any, z: Any) -> Any:
    a = (w + x + y + z) ** 2
    b = (w + x - y - z) ** 2
    u = (a + b) ** 2
    v = (a - b) ** 2
    return (u + v) ** 2


def backprop4_gradient(xp: Any, w: Any, x: Any, y: Any, z: Any) -> Any:
    s, d = w + x + y + z, w + x - y - z
    a, b = s**2, d**2
    u, v = (a + b) ** 2, (a - b) ** 2
    f_u = 2.0 * (u + v)
    f_a = f_u * 2.0 * (a + b) + f_u * 2.0 * (a - b)
    f_b = f_u * 2.0 * (a + b) - f_u * 2.0 * (a - b)
    through_a, through_b = f_a * 2.0 * s, f_b * 2.0 * d
    plus, minus = through_a + through_b, through_a - through_b
    return xp.stack([plus, plus, minus, minus])


def backprop4_expanded(xp: Any, w: Any, x: Any, y: Any, z: Any) -> Any:
    s, d = (w + x + y + z) ** 2, (w + x - y - z) ** 2
    return (2.0 * s**2 + 2.0 * d**2) ** 2


def chain_net(xp: Any, w: Any, y: Any, z: Any) -> Any:
    u = w * y + y**2
    v = xp.sin(y) + z
    a = xp.exp(0.5 * u)
    b = v**2
    return a * b + xp.sin(u)


def quadratic2(xp: Any, a: Any, b: Any, c: Any, x: Any) -> Any:
    linear = b[0] * x[0] + b[1] * x[1]
    return a + linear + c[0] * x[0] ** 2 + c[1] * x[0] * x[1] + c[2] * x[1] ** 2


def gaussian_bump(xp: Any, x: Any, y: Any) -> Any:
    return x * xp.exp(-(x**2) - y**2)


def gaussian_bump_gradient(xp: Any, x: Any, y: Any) -> Any:
    bell = xp.exp(-(x**2) - y**2)
    return xp.stack([bell * (1.0 - 2.0 * x**2), bell * (-2.0 * x * y)])


def gaussian_bump_grid(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(x * xp.exp(-(x**2) - y**2))


def gaussian_bump_quadratic(xp: Any, x: Any, y: Any) -> Any:
    return 0.36787944117144233 * (-1.0 - (x + 1.0) + (x + 1.0) ** 2 + y**2)


def newton_step(xp: Any, g: Any, h: Any, v: Any) -> Any:
    return xp.matmul(g, v) + 0.5 * xp.matmul(v, xp.matmul(h, v))


def dot_row(xp: Any, beta: Any, x: Any) -> Any:
    return xp.matmul(beta, x)


def dot_column(xp: Any, beta: Any, x: Any) -> Any:
    return xp.matmul(x, beta)


def quadratic_form(xp: Any, a: Any, x: Any) -> Any:
    return xp.matmul(x, xp.matmul(a, x))


def quadratic_form_gradient(xp: Any, a: Any, x: Any) -> Any:
    return xp.matmul(a + xp.matrix_transpose(a), x)


def quadratic_form_scalar(xp: Any, a: Any, x: Any) -> Any:
    return x * a * x


def matrix_factorization(xp: Any, x: Any, u: Any, v: Any) -> Any:
    return xp.sum((x - xp.matmul(u, v)) ** 2)


def matrix_factorization_gradient(xp: Any, x: Any, u: Any, v: Any) -> Any:
    return -2.0 * xp.matmul(xp.matrix_transpose(u), x - xp.matmul(u, v))


def matrix_factorization_scalar(xp: Any, x: Any, u: Any, v: Any) -> Any:
    return (x - u * v) ** 2


def square_of_sum(xp: Any, x: Any) -> Any:
    return xp.sum(x) ** 2


def norm2(xp: Any, v: Any) -> Any:
    return xp.sqrt(xp.sum(v**2))


def norm2_gradient(xp: Any, v: Any) -> Any:
    return v / xp.sqrt(xp.sum(v**2))


def saddle(xp: Any, x: Any, y: Any) -> Any:
    return x**2 * y + x * y**2


def saddle_gradient(xp: Any, x: Any, y: Any) -> Any:
    return xp.stack([2.0 * x * y + y**2, x**2 + 2.0 * x * y])


def saddle_diagonal(xp: Any, x: Any) -> Any:
    return saddle(xp, x, x)


def sum_of_two(xp: Any, x: Any, y: Any) -> Any:
    g = x**3 + y**2
    h = -3.0 * x - 2.0 * y
    return g + h


def mixed_partials(xp: Any, x: Any, y: Any, z: Any) -> Any:
    return x**2 * y**3 * z + xp.sin(x * y) + x * xp.exp(y * z)


def unused_argument(xp: Any, x: Any, y: Any) -> Any:
    return x**2 + 3.0 * x


TWO = (
    Point("interior", (0.42, -0.75)),
    Point("one_third", (-1 / 12, 1.3)),
    Point("apart", (1.6, 0.35)),
)
FOUR = (
    Point("small", (0.3, -0.7, 0.45, 0.15)),
    Point("thirds", (1 / 3, 0.6, -1 / 12, 0.27)),
    Point("negative", (-0.8, 0.25, -0.35, -0.55)),
    Point("halves", (0.5, -1.0, 0.25, 1.0), "exact"),
)
BACKPROP4 = (Point("documented", (-1.0, 0.0, -2.0, 1.0), "exact"), *FOUR)
QUARTIC = (
    Point("minimum", (2.0,), "exact"),
    Point("zero", (0.0,), "exact"),
    Point("minus_one", (-1.0,), "exact"),
    Point("left", (-1.73,)),
    Point("between", (0.42,)),
    Point("right", (2.6,)),
)
LOGSUMEXP2 = (Point("documented", (0.0, LOG2)), Point("stepped", (0.01, LOG2 - 0.03)), *TWO)
BUMP = (Point("documented", (-1.0, 0.0)), Point("near_minimum", (-0.703125, 0.0625), "stress"), *TWO)
SADDLE = (Point("critical", (0.0, 0.0), "exact"), Point("eighths", (0.375, -1.5), "exact"), *TWO)


def _vectors(*sizes: int) -> tuple[Point, ...]:
    return tuple(Point(f"n{n}", (Draw((n,)),)) for n in sizes)


def _pairs(*sizes: int) -> tuple[Point, ...]:
    return tuple(Point(f"n{n}", (Draw((n,)), Draw((n,)))) for n in sizes)


def _forms(*sizes: int) -> tuple[Point, ...]:
    generic = tuple(Point(f"n{n}", (Draw((n, n)), Draw((n,)))) for n in sizes)
    return (*generic, Point("integers", (Draw((3, 3), 3.0, 1.0), Draw((3,), 2.0, 1.0)), "exact"))


def _factors(*sizes: tuple[int, int, int]) -> tuple[Point, ...]:
    generic = tuple(Point(f"n{n}_m{m}_r{r}", (Draw((n, m), 2.0), Draw((n, r)), Draw((r, m)))) for n, m, r in sizes)
    integers = (Draw((2, 3), 3.0, 1.0), Draw((2, 2), 2.0, 1.0), Draw((2, 3), 2.0, 1.0))
    return (*generic, Point("integers", integers, "exact"))


FORMS = _forms(1, 2, 3, 5, 64)
FACTORS = _factors((1, 1, 1), (3, 4, 2), (4, 2, 3), (2, 5, 1), (64, 33, 16))

CASES: tuple[Case, ...] = (
    Case("logsumexp2", logsumexp2, LOGSUMEXP2, CHAPTER, sample=True),
    Case("logsumexp2_gradient", logsumexp2_gradient, LOGSUMEXP2, CHAPTER, scalar=False),
    Case(
        "steepest_descent",
        steepest_descent,
        (
            Point("descent", ((1.0, 1.5), (0.0, 0.0)), "generic", ((0.0, 0.0), (-0.6, -0.8))),
            Point("ascent", ((1.0, 1.5), (0.0, 0.0)), "generic", ((0.0, 0.0), (0.6, 0.8))),
            Point("interior", ((0.42, -0.75), (0.3, 1.1))),
            Point("thirds", ((-1 / 12, 1.3), (0.25, -0.4))),
            Point("apart", ((1.6, 0.35), (-0.7, 0.9))),
        ),
        CHAPTER,
    ),
    Case("quartic", quartic, QUARTIC, CHAPTER),
    Case("quartic_gradient", quartic_gradient, QUARTIC, CHAPTER, scalar=False),
    Case("backprop4", backprop4, BACKPROP4, CHAPTER),
    Case("backprop4_gradient", backprop4_gradient, BACKPROP4, CHAPTER, scalar=False),
    Case("backprop4_expanded", backprop4_expanded, BACKPROP4, CHAPTER),
    Case(
        "chain_net",
        chain_net,
        (
            Point("interior", (0.42, -0.75, 0.9)),
            Point("thirds", (-1 / 12, 0.8, 0.35)),
            Point("apart", (1.3, 0.6, -0.2)),
        ),
        CHAPTER + "; u = w·y + y², v = sin y + z, a = exp(u/2), b = v², f = a·b + sin u",
    ),
    Case(
        "quadratic2",
        quadratic2,
        (
            Point("documented", (0.75, (0.5, -1.5), (1.0, -0.5, 2.0), (0.0, 0.0)), "exact"),
            Point("elsewhere", (0.75, (0.5, -1.5), (1.0, -0.5, 2.0), (0.5, -1.0)), "exact"),
            Point("interior", (0.42, (-0.75, 0.3), (1.1, -0.6, 0.35), (0.8, -0.45))),
            Point("thirds", (-1 / 12, (1 / 3, 1.3), (-0.7, 0.9, 0.27), (1.6, 0.35))),
            Point("apart", (1.2, (0.15, -0.55), (0.37, 1.4, -0.62), (-0.95, 2.3))),
        ),
        CHAPTER,
    ),
    Case("gaussian_bump", gaussian_bump, BUMP, CHAPTER),
    Case("gaussian_bump_gradient", gaussian_bump_gradient, BUMP, CHAPTER, scalar=False),
    Case(
        "gaussian_bump_grid",
        gaussian_bump_grid,
        (Point("grid101", (tuple((x,) * 101 for x in GRID), (GRID,) * 101)),),
        CHAPTER + "; the 101×101 grid of its figure, index order 'ij'",
    ),
    Case(
        "gaussian_bump_quadratic",
        gaussian_bump_quadratic,
        (Point("documented", (-1.0, 0.0)), *TWO),
        CHAPTER + "; the approximating quadratic at (-1, 0)",
    ),
    Case(
        "newton_step",
        newton_step,
        (
            Point("quadratic2", ((0.0, 7.0), ((2.0, 1.0), (1.0, 4.0)), (1.0, -2.0)), "exact"),
            Point(
                "gaussian_bump",
                ((-0.078125, 0.0546875), ((1.578125, -0.0078125), (-0.0078125, 0.890625)), (0.05, -0.06)),
                "stress",
            ),
            Point("interior", ((0.42, -0.75), ((1.6, 0.35), (0.35, 0.9)), (0.3, 1.1))),
            Point("thirds", ((-1 / 12, 1.3), ((0.7, -0.2), (-0.2, 1.4)), (0.25, -0.4))),
            Point("not_symmetric", ((1.6, 0.35), ((0.7, -0.6), (0.3, 1.4)), (-0.7, 0.9))),
        ),
        CHAPTER + "; the fitted quadratic g·v + v·Hv/2 as a function of the step",
    ),
    Case("dot_row", dot_row, (*_pairs(1, 3, 8, 64), Point("integers", ((3.0, -1.0), (2.0, 5.0)), "exact")), CHAPTER),
    Case("dot_column", dot_column, _pairs(1, 3, 8, 64), CHAPTER),
    Case("quadratic_form", quadratic_form, FORMS, CHAPTER),
    Case("quadratic_form_gradient", quadratic_form_gradient, FORMS, CHAPTER, scalar=False, sample=True),
    Case("quadratic_form_scalar", quadratic_form_scalar, TWO, CHAPTER),
    Case("matrix_factorization", matrix_factorization, FACTORS, CHAPTER),
    Case("matrix_factorization_gradient", matrix_factorization_gradient, FACTORS, CHAPTER, scalar=False),
    Case(
        "matrix_factorization_scalar",
        matrix_factorization_scalar,
        (
            Point("interior", (1.6, 0.42, -0.75)),
            Point("thirds", (0.9, -1 / 12, 1.3)),
            Point("apart", (-0.7, 0.35, 1.1)),
            Point("halves", (1.5, -0.5, 2.0), "exact"),
        ),
        CHAPTER,
    ),
    Case("square_of_sum", square_of_sum, (*_vectors(1, 3, 8, 64), Point("integers", ((1.0, -3.0, 4.0),), "exact")), CHAPTER),
    Case("norm2", norm2, (*_vectors(1, 3, 8, 64), Point("pythagoras", ((3.0, -4.0),))), CHAPTER),
    Case("norm2_gradient", norm2_gradient, _vectors(1, 3, 8, 64), CHAPTER, scalar=False),
    Case("saddle", saddle, SADDLE, CHAPTER),
    Case("saddle_gradient", saddle_gradient, SADDLE, CHAPTER, scalar=False),
    Case(
        "saddle_diagonal",
        saddle_diagonal,
        (Point("zero", (0.0,), "exact"), Point("left", (-1.73,)), Point("middle", (0.42,)), Point("right", (1.3,))),
        CHAPTER + "; f(x, x) = 2x³, one variable passed twice",
    ),
    Case("sum_of_two", sum_of_two, (Point("critical", (1.0, 1.0), "exact"), *TWO), CHAPTER),
    Case(
        "mixed_partials",
        mixed_partials,
        (
            Point("interior", (0.42, -0.75, 0.9)),
            Point("thirds", (-1 / 12, 0.8, 0.35)),
            Point("apart", (1.3, 0.6, -0.2)),
        ),
        CHAPTER,
    ),
    Case(
        "unused_argument",
        unused_argument,
        (Point("halves", (1.5, -0.5), "exact"), *TWO),
        "conformance suite: the second argument does not occur",
    ),
)
