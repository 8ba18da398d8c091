"""Python control flow: branches, loops whose number of passes depends on the data, recursion, early return, guards.

Each function is differentiable at each point: the comparisons are decided by a wide margin, in any format, and the derivative
is that of the path taken. Comparisons are written with the operators of Python on 0-dimensional arrays.
"""

from __future__ import annotations

import math
from functools import partial
from itertools import pairwise
from typing import Any

from conformance.case import Case, Draw
from conformance.catalogue.rows import draw, program

CONTROL = "conformance suite: control flow of Python"
NUMERICAL = "Press et al., Numerical Recipes, chapters 5, 6 and 9"
COEFFICIENTS = (0.5, -1.25, 0.75, 2.0)


def branch(xp: Any, x: Any) -> Any:
    if x > 0.0:
        return x * xp.sin(x)
    return xp.exp(x) - 2.0 * x


def branch_of_three(xp: Any, x: Any) -> Any:
    if x < -1.0:
        y = x**3
    elif x < 1.0:
        y = xp.cos(x)
    else:
        y = xp.log(x)
    return y * y + x


def branch_nested(xp: Any, x: Any, y: Any) -> Any:
    if x > 0.0:
        if y > 0.0:
            return x * y**2
        return xp.exp(x * y)
    if y > x:
        return xp.sin(x) * y
    return x**2 - y**3


def branch_on_sum(xp: Any, v: Any) -> Any:
    if xp.sum(v) > 0.0:
        return xp.sum(v**3)
    return xp.prod(v)


def branch_on_other(xp: Any, x: Any, switch: Any) -> Any:
    return x**3 if switch > 0.0 else xp.tanh(x)


def branch_per_element(xp: Any, v: Any) -> Any:
    total = 1.0
    for i in range(4):
        total = total + (v[i] ** 2 if v[i] > 0.0 else total * v[i])
    return total


def clip_by_norm(xp: Any, v: Any, w: Any) -> Any:
    norm = xp.sqrt(xp.sum(v * v))
    if norm > 1.0:
        v = v / norm
    return xp.sum(v**2 * w)


def early_return(xp: Any, v: Any) -> Any:
    product = v[0]
    for i in range(1, 4):
        if product > 4.0:
            return product * product
        product = product * v[i]
    return xp.sin(product)


def early_break(xp: Any, v: Any) -> Any:
    total = 0.0
    for i in range(5):
        if v[i] < 0.0:
            break
        total = total + xp.sqrt(v[i]) * (i + 1.0)
    return total**2 + v[4]


def skip_negative(xp: Any, v: Any) -> Any:
    total = 1.0
    for i in range(4):
        if v[i] < 0.0:
            continue
        total = total * (1.0 + v[i])
    return xp.log(total) * v[3]


def while_halving(xp: Any, x: Any) -> Any:
    while x > 1.0:
        x = 0.5 * x
    return xp.exp(x) * x


def while_doubling(xp: Any, v: Any) -> Any:
    while xp.sum(v * v) < 10.0:
        v = 2.0 * v
    return xp.sum(xp.sin(v))


def while_power(xp: Any, x: Any) -> Any:
    product = x
    while product < 20.0:
        product = product * x
    return product


def while_counted(xp: Any, x: Any) -> Any:
    """The sum of sin(k·x) over the whole numbers k from 1 that are less than x."""
    k, total = 1.0, x * x
    while x > k:
        total = total + xp.sin(k * x)
        k = k + 1.0
    return total


def while_nested(xp: Any, x: Any) -> Any:
    total = 0.0
    while x > 1.0:
        y = x
        while y > 1.0:
            total = total + y * y
            y = y / 3.0
        x = x / 4.0
    return total + xp.exp(x)


def while_branching(xp: Any, x: Any) -> Any:
    while x > 1.5:
        x = xp.sqrt(x) + 0.125 * x if x > 4.0 else 0.5 * x * x / (x - 0.5)
        x = x - 0.5
    return x**2


def for_horner(xp: Any, x: Any) -> Any:
    y = 0.0
    for c in COEFFICIENTS:
        y = y * x + c
    return y


def for_continued_fraction(xp: Any, x: Any) -> Any:
    """tan(x), nearly: x / (1 - x²/(3 - x²/(5 - x²/7)))."""
    y = 7.0
    for k in (5.0, 3.0, 1.0):
        y = k - x * x / y
    return x / y


def for_enumerated(xp: Any, v: Any) -> Any:
    parts = [xp.exp(v[i]) if i % 2 == 0 else v[i] ** 2 for i in range(5)]
    return sum(part * (i + 1.0) for i, part in enumerate(parts))


def for_triangle(xp: Any, v: Any) -> Any:
    total = 0.0
    for i in range(4):
        for j in range(i):
            total = total + v[i] * v[j] ** 2
    return xp.tanh(total)


def states_stacked(xp: Any, x: Any, w: Any) -> Any:
    states = []
    for _ in range(4):
        x = xp.cos(x)
        states.append(x)
    return xp.sum(xp.stack(states) * w)


def states_named(xp: Any, x: Any, y: Any) -> Any:
    state = {"position": x, "speed": y}
    for _ in range(3):
        state["speed"] = state["speed"] - 0.25 * xp.sin(state["position"])
        state = {**state, "position": state["position"] + 0.25 * state["speed"]}
    return state["position"] * state["speed"]


def swapped(xp: Any, x: Any, y: Any) -> Any:
    for _ in range(3):
        x, y = y, x * y + 0.5
        if x > y:
            x, y = y, x
    return x - 2.0 * y**2


def sorting_network(xp: Any, v: Any) -> Any:
    a, b, c = v[0], v[1], v[2]
    if a > b:
        a, b = b, a
    if b > c:
        b, c = c, b
    if a > b:
        a, b = b, a
    return a + 2.0 * b**2 + 3.0 * c**3


def largest_by_loop(xp: Any, v: Any) -> Any:
    best = v[0]
    for i in range(1, 4):
        if v[i] > best:
            best = v[i]
    return best**3 + xp.sum(v)


def closure(xp: Any, x: Any, y: Any) -> Any:
    def inner(t: Any) -> Any:
        return x * xp.sin(t) + t

    return inner(inner(y)) * inner(x)


def recursion_by_squaring(xp: Any, x: Any) -> Any:
    def power(base: Any, n: int) -> Any:
        if n == 0:
            return 1.0
        half = power(base * base, n // 2)
        return half * base if n % 2 else half

    return power(xp.cos(x), 5) + power(x, 3)


def recursion_on_halves(xp: Any, v: Any) -> Any:
    def tree(first: int, last: int) -> Any:
        if last - first == 1:
            return xp.exp(v[first])
        middle = (first + last) // 2
        return tree(first, middle) * xp.tanh(tree(middle, last))

    return tree(0, 5)


def recursion_on_value(xp: Any, x: Any) -> Any:
    def scaled(t: Any) -> Any:
        return t * scaled(0.5 * t) if t > 1.0 else xp.exp(t)

    return scaled(x)


def newton_root(xp: Any, x: Any) -> Any:
    y = x
    for _ in range(6):
        y = 0.5 * (y + x / y)
    return y


def newton_until_close(xp: Any, x: Any) -> Any:
    y = x
    while y * y - x > 0.5:
        y = 0.5 * (y + x / y)
    return y


def newton_coupled(xp: Any, a: Any) -> Any:
    """The point where x² + y² = a₀ and x·y = a₁, by Newton's method from (2, 1/2)."""
    x, y = 2.0, 0.5
    for _ in range(5):
        f, g = x * x + y * y - a[0], x * y - a[1]
        d = 2.0 * (x * x - y * y)
        x, y = x - (x * f - 2.0 * y * g) / d, y - (2.0 * x * g - y * f) / d
    return x * x - y


def false_position(xp: Any, c: Any) -> Any:
    """Towards the root of t³ = c in [1, 3], three times by the chord."""
    low, high = 1.0, 3.0
    for _ in range(3):
        f, g = low**3 - c, high**3 - c
        middle = (low * g - high * f) / (g - f)
        if middle**3 < c:
            low = middle
        else:
            high = middle
    return low * low + high


def bisection_then_newton(xp: Any, c: Any) -> Any:
    """The root of t·exp(t) = c in [0, 2]: four halvings, which hold no derivative, and three steps of Newton's method."""
    low, high = 0.0, 2.0
    for _ in range(4):
        middle = 0.5 * (low + high)
        if middle * math.exp(middle) < c:
            low = middle
        else:
            high = middle
    t = 0.5 * (low + high) + 0.0 * c  # an array, as xp.exp wants
    for _ in range(3):
        t = t - (t - c * xp.exp(-t)) / (1.0 + t)
    return t


def golden_section(xp: Any, c: Any) -> Any:
    """(t - c)² at the ends of the bracket after three golden sections of [0, 4]."""
    low, high = 0.0, 4.0
    for _ in range(3):
        left, right = high - 0.625 * (high - low), low + 0.625 * (high - low)
        if (left - c) ** 2 < (right - c) ** 2:
            high = right
        else:
            low = left
    return (low - c) ** 2 * (high - c)


def arithmetic_geometric_mean(xp: Any, x: Any, y: Any) -> Any:
    for _ in range(4):
        x, y = 0.5 * (x + y), xp.sqrt(x * y)
    return x


def fixed_point(xp: Any, x: Any, a: Any) -> Any:
    for _ in range(8):
        x = 0.5 * xp.cos(a * x)
    return x


def aitken(xp: Any, x: Any) -> Any:
    first = xp.exp(-x)
    second = xp.exp(-first)
    third = xp.exp(-second)
    return x - (first - x) ** 2 / (second - 2.0 * first + x) + third


def romberg(xp: Any, a: Any, b: Any) -> Any:
    """The integral of exp(-t²) from a to b from 1, 2 and 4 trapezoids, extrapolated twice."""
    sums = []
    for n in (1, 2, 4):
        h = (b - a) / n
        ends = 0.5 * (xp.exp(-(a * a)) + xp.exp(-(b * b)))
        sums.append(h * sum((xp.exp(-((a + k * h) ** 2)) for k in range(1, n)), ends))
    while len(sums) > 1:
        q = 4.0 ** (4 - len(sums))
        sums = [(q * fine - coarse) / (q - 1.0) for coarse, fine in pairwise(sums)]
    return sums[0]


def guarded_log(xp: Any, x: Any) -> Any:
    positive = x > 0.0
    return xp.sum(xp.where(positive, xp.log(xp.where(positive, x, 1.0)), x**2))


def guarded_root(xp: Any, x: Any) -> Any:
    inside = xp.abs(x) < 1.0
    return xp.sum(xp.where(inside, xp.sqrt(1.0 - xp.where(inside, x, 0.0) ** 2), 0.25 * x))


def guarded_quotient(xp: Any, x: Any) -> Any:
    """(exp(x) - 1)/x, near 0 by its series."""
    far = xp.abs(x) > 0.125
    safe = xp.where(far, x, 1.0)
    near = 1.0 + x / 2.0 + x**2 / 6.0 + x**3 / 24.0
    return xp.sum(xp.where(far, xp.expm1(safe) / safe, near))


def unguarded_choice(xp: Any, x: Any) -> Any:
    return xp.sum(xp.where(x > 1.0, xp.log(x), xp.sqrt(x)))


def cubic_spline(xp: Any, x: Any) -> Any:
    r = xp.abs(x)
    outer = xp.where(r < 2.0, (2.0 - r) ** 3 / 6.0, 0.0 * r)
    return xp.sum(xp.where(r < 1.0, 2.0 / 3.0 - r**2 + 0.5 * r**3, outer))


control = partial(program, family="control", source=CONTROL)
numerical = partial(program, family="control", source=NUMERICAL)

BRANCHES = (
    control(branch, "exp sin", {"above": (0.75,), "below": (-0.6,)}, {"far_above": (10.0,), "far_below": (-20.0,)}),
    control(branch_of_three, "cos log", {"low": (-1.75,), "middle": (0.4,), "high": (2.5,)}, {"zero": (0.0,)}),
    control(
        branch_nested,
        "exp sin",
        {"both": (0.75, 1.3), "x_only": (0.75, -0.6), "y_above": (-1.5, -0.4), "y_below": (-0.5, -1.3)},
        {"no_y": (-0.75, 0.0)},
    ),
    control(
        branch_on_sum,
        "prod sum",
        {"above": ((0.5, -0.25, 1.5),), "below": ((0.5, -2.25, 0.75),)},
        {"zero_factor": ((0.0, -2.0, 0.5),)},
    ),
    control(branch_on_other, "tanh", {"on": (0.75, 1.5), "off": (0.75, -1.5)}, {"zero": (0.0, -1.5)}),
    control(
        branch_per_element,
        "",
        {"mixed": ((0.75, -1.25, 0.5, -0.4),)},
        {"all_off": ((-0.5, -1.0, -2.0, -0.25),), "all_on": ((0.5, 1.0, 2.0, 0.25),)},
    ),
    control(
        clip_by_norm,
        "sqrt sum",
        {"clipped": ((1.5, -0.75, 2.0), draw(3)), "kept": ((0.25, -0.4, 0.3), draw(3))},
        {"axis": ((0.0, 2.0), (1.0, -0.5))},
    ),
    control(
        early_return,
        "sin",
        {"at_once": ((5.0, 0.5, 0.5, 0.5),), "later": ((1.5, 4.0, 0.5, 0.5),), "never": ((0.5, 1.25, -0.75, 2.0),)},
        {"zero_factor": ((0.5, 0.0, -0.75, 2.0),)},
    ),
    control(
        early_break,
        "sqrt",
        {"at_third": ((0.5, 2.25, -1.0, 0.7, 0.4),), "never": ((0.5, 2.25, 1.0, 0.7, 0.4),)},
        {"at_once": ((-0.5, 2.0, 1.0, 0.7, 0.4),)},
    ),
    control(
        skip_negative,
        "log",
        {"some": ((0.5, -0.75, 1.5, 0.25),), "none": ((0.5, 0.75, 1.5, 0.25),)},
        {"last": ((1.0, -1.0, -2.0, -0.5),)},
    ),
)

LOOPS = (
    control(
        while_halving,
        "exp",
        {"never": (0.75,), "once": (1.5,), "four_times": (11.0,)},
        {"often": (700.0,), "negative": (-2.0,)},
    ),
    control(while_doubling, "sin sum", {"never": ((2.0, -3.0),), "twice": ((0.5, -0.75, 0.6),)}, {"often": ((0.01, -0.02),)}),
    control(while_power, "", {"slow": (1.375,), "fast": (3.5,)}, {"never": (25.0,), "two": (2.5,)}),
    control(while_counted, "sin", {"never": (0.75,), "twice": (2.5,), "five_times": (5.5,)}, {"zero": (0.0,)}),
    control(while_nested, "exp", {"two": (5.5,), "three": (22.0,)}, {"never": (0.5,)}),
    control(while_branching, "sqrt", {"one": (2.5,), "both": (9.0,)}, {"never": (0.5,), "far": (100.0,)}),
    control(for_horner, "", {"interior": (0.75,), "negative": (-1.3,)}, {"zero": (0.0,), "large": (20.0,)}),
    numerical(for_continued_fraction, "", {"interior": (0.75,), "negative": (-1.2,)}, {"zero": (0.0,)}),
    control(for_enumerated, "exp", {"drawn": (draw(5),)}, {"zero": ((0.0,) * 5,)}),
    control(for_triangle, "tanh", {"drawn": (draw(4),)}, {"zero": ((0.0,) * 4,), "large": (Draw((4,), 4.0),)}),
    control(states_stacked, "cos stack sum", {"drawn": (0.75, draw(4))}, {"zero": (0.0, draw(4))}),
    control(states_named, "sin", {"interior": (0.75, -0.4)}, {"rest": (0.0, 0.0), "fast": (1.0, 20.0)}),
    control(swapped, "", {"ascending": (0.25, 2.0), "mixed": (1.5, -0.75)}, {"zero": (0.0, 2.0)}),
    control(
        sorting_network,
        "",
        {"descending": ((2.0, 0.75, -0.5),), "rotated": ((0.75, 2.0, -0.5),)},
        {"sorted": ((-100.0, 0.0, 100.0),)},
    ),
    control(
        largest_by_loop,
        "sum",
        {"first": ((2.0, 0.75, -0.5, 1.0),), "last": ((-2.0, 0.75, -0.5, 1.5),)},
        {"negative": ((-2.0, -0.25, -8.0, -1.0),)},
    ),
)

FUNCTIONS = (
    control(closure, "sin", {"interior": (0.75, -0.4)}, {"zero": (0.0, 0.5)}),
    control(recursion_by_squaring, "cos", {"interior": (0.75,)}, {"zero": (0.0,), "three": (3.0,)}),
    control(
        recursion_on_halves, "exp tanh", {"drawn": (draw(5),)}, {"zero": ((0.0,) * 5,), "large": ((3.0, 4.0, 5.0, -6.0, 2.0),)}
    ),
    control(recursion_on_value, "exp", {"never": (0.75,), "twice": (3.5,)}, {"five_times": (25.0,), "zero": (0.0,)}),
)

ITERATIONS = (
    numerical(newton_root, "", {"interior": (0.6,), "two": (2.0,)}, {"one": (1.0,), "far": (40.0,)}),
    numerical(newton_until_close, "", {"three_times": (10.0,), "twice": (4.0,)}, {"never": (1.25,), "often": (20.0,)}),
    numerical(newton_coupled, "", {"interior": ((4.4, 0.9),)}, {"exact_start": ((4.25, 1.0),), "no_y": ((4.0, 0.0),)}),
    numerical(false_position, "", {"interior": (8.0,), "low": (3.0,)}, {"high": (20.0,)}),
    numerical(bisection_then_newton, "exp", {"interior": (1.5,), "high": (6.0,)}, {"low": (0.2,)}),
    numerical(golden_section, "", {"left": (0.6,), "right": (3.3,)}, {"outside": (9.0,)}),
    numerical(
        arithmetic_geometric_mean,
        "sqrt",
        {"interior": (1.6, 0.35), "near": (1.1, 0.9)},
        {"equal": (1.0, 1.0), "apart": (100.0, 0.01)},
    ),
    numerical(fixed_point, "cos", {"interior": (0.75, 1.3)}, {"zero": (0.0, 0.0), "steep": (0.4, 3.0)}),
    numerical(aitken, "exp", {"interior": (0.9,), "left": (0.2,)}, {"zero": (0.0,)}),
    numerical(romberg, "exp", {"interior": (-0.4, 0.75)}, {"symmetric": (-0.5, 0.5), "empty": (0.5, 0.5)}),
)

GUARDS = (
    control(guarded_log, "log sum where", {"mixed": ((0.5, -0.75, 1.6, -2.0),)}, {"one_and_below": ((1.0, -1.0, -1e-3),)}),
    control(guarded_root, "abs sqrt sum where", {"mixed": ((0.5, -1.75, 0.8, 3.0),)}, {"zero": ((0.0, 2.0),)}),
    control(
        guarded_quotient,
        "abs expm1 sum where",
        {"mixed": ((0.05, -0.75, 1.6, -0.02),)},
        {"zero": ((0.0, 0.0),), "tails": ((-60.0, 9.0),)},
    ),
    control(unguarded_choice, "log sqrt sum where", {"mixed": ((0.5, 1.75, 0.8, 3.0),)}, {"tails": ((1e-3, 1e4),)}),
    control(cubic_spline, "abs sum where", {"mixed": ((0.5, -1.75, 0.75, 1.25),)}, {"outside": ((-3.0, 1e4, -1.5),)}),
)

CASES: tuple[Case, ...] = (*BRANCHES, *LOOPS, *FUNCTIONS, *ITERATIONS, *GUARDS)
