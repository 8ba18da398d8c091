"""What frameworks do by calls around functions: branches and loops that are recorded, recomputation, derivatives given by hand,
numbers cut off from their origin, arrays with some elements replaced, results used more than once.

`cond(pred, true_fn, false_fn, *operands)`, `while_loop(cond_fn, body_fn, state)` of a tuple, `fori_loop(lower, upper, body,
init)` with body(i, state), `scan(body, init, xs)` -> (state, ys) with body(state, x) -> (state, y), `checkpoint(f)`,
`custom_gradient(f, rule)` with rule(g, *arguments) for the true cotangents, `custom_jvp(f, tangent, rule)` with
tangent(tangents, *arguments) for the true derivative along tangents, `stop_gradient(x)`, `set_at(x, index, value)` and
`add_at(x, index, value)`, which leave x as it is. The operands of branches and the states of loops are arrays.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from conformance.case import Case, Point
from conformance.catalogue.rows import draw, program, weighted

CALLS = "conformance suite: control flow, markers and updates that frameworks offer as functions"


def cond_branch(xp: Any, x: Any) -> Any:
    return xp.cond(x > 0.0, lambda x: x * xp.sin(x), lambda x: xp.exp(x) - 2.0 * x, x)


def cond_two_operands(xp: Any, x: Any, y: Any) -> Any:
    return xp.cond(x > y, lambda x, y: x * y**2, lambda x, y: xp.exp(x * y), x, y)


def cond_unused_operand(xp: Any, x: Any, y: Any) -> Any:
    return x * xp.cond(x > 0.0, lambda x, y: xp.sin(x) * x, lambda x, y: xp.cos(x) * y, x, y)


def cond_captured(xp: Any, x: Any, c: Any) -> Any:
    return xp.cond(x > 0.0, lambda x: c * xp.sin(x), lambda x: xp.tanh(c * x), x)


def cond_of_sum(xp: Any, v: Any, w: Any) -> Any:
    return xp.sum(xp.cond(xp.sum(v) > 0.0, lambda v: v**3, lambda v: xp.exp(v), v) * w)


def cond_pair(xp: Any, x: Any, y: Any) -> Any:
    a, b = xp.cond(x > y, lambda x, y: (xp.sin(x), x * y), lambda x, y: (x + 2.0 * y, xp.cos(y)), x, y)
    return a * b * b


def cond_nested(xp: Any, x: Any, y: Any) -> Any:
    def left(x: Any, y: Any) -> Any:
        return xp.cond(y > 0.0, lambda x, y: x * y**2, lambda x, y: xp.exp(x * y), x, y)

    return xp.cond(x > 0.0, left, lambda x, y: xp.sin(x) * y, x, y)


def cond_after_cond(xp: Any, x: Any) -> Any:
    def bent(x: Any) -> Any:
        return xp.cond(x > 1.0, lambda x: x * x, lambda x: xp.exp(x), x)

    return bent(bent(x)) * bent(x)


def cond_before_pole(xp: Any, x: Any) -> Any:
    """The branch not taken is not finite."""
    return xp.cond(x > 0.0, lambda x: xp.log(x) * x, lambda x: x * x * x, x)


def while_loop_halving(xp: Any, x: Any) -> Any:
    (x,) = xp.while_loop(lambda s: s[0] > 1.0, lambda s: (0.5 * s[0],), (x,))
    return xp.exp(x) * x


def while_loop_power(xp: Any, x: Any) -> Any:
    (product,) = xp.while_loop(lambda s: s[0] < 20.0, lambda s: (s[0] * x,), (x,))
    return product


def while_loop_pair(xp: Any, x: Any) -> Any:
    x, total = xp.while_loop(lambda s: s[0] > 1.0, lambda s: (s[0] / 4.0, s[1] + s[0] * xp.sin(s[0])), (x, x * x))
    return total * x


def while_loop_vector(xp: Any, v: Any, w: Any) -> Any:
    (v,) = xp.while_loop(lambda s: xp.sum(s[0] * s[0]) < 10.0, lambda s: (s[0] * (1.5 + s[0] * s[0]),), (v,))
    return xp.sum(xp.sin(v) * w)


def while_loop_around_cond(xp: Any, x: Any) -> Any:
    def body(s: Any) -> Any:
        return (xp.cond(s[0] > 4.0, lambda x: xp.sqrt(x) + 0.125 * x, lambda x: 0.5 * x * x / (x - 0.5), s[0]) - 0.5,)

    (x,) = xp.while_loop(lambda s: s[0] > 1.5, body, (x,))
    return x * x


def while_loop_inside_cond(xp: Any, x: Any) -> Any:
    def halved(x: Any) -> Any:
        (x,) = xp.while_loop(lambda s: s[0] > 1.0, lambda s: (0.5 * s[0],), (x,))
        return xp.exp(x)

    return xp.cond(x > 0.0, halved, xp.sin, x) * x


def fori_loop_recurrence(xp: Any, x: Any) -> Any:
    return xp.fori_loop(0, 4, lambda i, y: y * x + xp.sin(y), x)


def fori_loop_index(xp: Any, v: Any) -> Any:
    return xp.fori_loop(0, 4, lambda i, total: xp.tanh(total * v[i]) + v[i] * v[i], v[0])


def fori_loop_pair(xp: Any, x: Any, y: Any) -> Any:
    x, y = xp.fori_loop(0, 3, lambda i, s: (s[1], s[0] * s[1] + 0.5), (x, y))
    return x - 2.0 * y * y


def fori_loop_never(xp: Any, x: Any) -> Any:
    return xp.sin(xp.fori_loop(2, 2, lambda i, y: y * x, x)) * x


def scan_products(xp: Any, x: Any, v: Any, w: Any) -> Any:
    last, products = xp.scan(lambda c, a: (c * a, c * xp.sin(a)), x, v)
    return xp.sum(products * w) + last * last


def scan_recurrent(xp: Any, h: Any, rows: Any, a: Any, w: Any) -> Any:
    def cell(h: Any, x: Any) -> Any:
        h = xp.tanh(a * h + x)
        return h, h * x

    last, states = xp.scan(cell, h, rows)
    return xp.sum(states * w) + xp.sum(last * last)


def scan_pair(xp: Any, position: Any, speed: Any, forces: Any) -> Any:
    def step(state: Any, force: Any) -> Any:
        x, v = state
        v = v + 0.25 * (force - xp.sin(x))
        return (x + 0.25 * v, v), x * v

    (x, v), actions = xp.scan(step, (position, speed), forces)
    return x * v + xp.sum(actions)


def scan_last_only(xp: Any, x: Any, coefficients: Any) -> Any:
    y, _ = xp.scan(lambda y, c: (y * x + c, y), x, coefficients)
    return y


def scan_outputs_only(xp: Any, x: Any, v: Any) -> Any:
    _, ys = xp.scan(lambda c, a: (xp.cos(c), c * a), x, v)
    return xp.sum(ys * ys)


def scan_of_cond(xp: Any, x: Any, v: Any) -> Any:
    def step(c: Any, a: Any) -> Any:
        c = xp.cond(a > 0.0, lambda c, a: c * a, lambda c, a: xp.sin(c) + a, c, a)
        return c, c * a

    last, ys = xp.scan(step, x, v)
    return last + xp.sum(ys * ys)


def scan_of_scan(xp: Any, x: Any, rows: Any) -> Any:
    def row(c: Any, r: Any) -> Any:
        return xp.scan(lambda c, a: (xp.sin(c + a), c * a), c, r)

    last, ys = xp.scan(row, x, rows)
    return last * xp.sum(ys)


def checkpoint_product(xp: Any, x: Any) -> Any:
    return xp.sum(xp.checkpoint(lambda x: xp.exp(xp.sin(x)) * x)(x))


def checkpoint_two_arguments(xp: Any, x: Any, y: Any) -> Any:
    return xp.checkpoint(lambda x, y: xp.sum(xp.sin(x * y) * x))(x, y) * xp.sum(y)


def checkpoint_captured(xp: Any, x: Any, c: Any) -> Any:
    return xp.sum(xp.checkpoint(lambda x: xp.sin(c * x) * x)(x * x))


def checkpoint_repeated(xp: Any, x: Any) -> Any:
    layer = xp.checkpoint(lambda x: xp.tanh(x) + 0.5 * x * x)
    return xp.sum(layer(layer(x)) * layer(x))


def checkpoint_nested(xp: Any, x: Any) -> Any:
    inner = xp.checkpoint(lambda x: xp.exp(x) * x)
    return xp.sum(xp.checkpoint(lambda x: xp.sin(inner(x)) * inner(0.5 * x))(x))


def _product(xp: Any) -> Any:
    return xp.custom_gradient(lambda x, y: xp.sin(x) * y, lambda g, x, y: (g * xp.cos(x) * y, g * xp.sin(x)))


def _bump(xp: Any) -> Any:
    return xp.custom_gradient(lambda x: x * xp.exp(x), lambda g, x: (g * (x * xp.exp(x) + xp.exp(x)),))


def custom_one_argument(xp: Any, x: Any) -> Any:
    return xp.sum(_bump(xp)(x))


def custom_two_arguments(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(_product(xp)(x, y))


def custom_same_argument(xp: Any, x: Any) -> Any:
    return xp.sum(_product(xp)(x, x))


def custom_broadcast(xp: Any, x: Any, y: Any) -> Any:
    """A rule for arguments of different shapes: the cotangent of the smaller is summed."""
    scaled = xp.custom_gradient(lambda x, y: x * x * y, lambda g, x, y: (2.0 * g * x * y, xp.sum(g * x * x)))
    return xp.sum(xp.sin(scaled(x, y)))


def custom_used_twice(xp: Any, x: Any) -> Any:
    bump = _bump(xp)
    return xp.sum(bump(bump(x)) * bump(x))


def custom_in_composition(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(xp.sin(_product(xp)(xp.exp(x), x * y)) * y)


def custom_matmul(xp: Any, a: Any, b: Any, w: Any) -> Any:
    def rule(g: Any, a: Any, b: Any) -> Any:
        return xp.matmul(g, xp.matrix_transpose(b)), xp.matmul(xp.matrix_transpose(a), g)

    return xp.sum(xp.custom_gradient(xp.matmul, rule)(a, b) ** 2 * w)


def custom_to_number(xp: Any, x: Any) -> Any:
    """A vector's function that is a number: the cotangent has another shape than the argument."""
    square = xp.custom_gradient(lambda x: xp.sum(x * x * x), lambda g, x: (3.0 * g * x * x,))
    return xp.exp(0.25 * square(x)) * square(xp.sin(x))


def _product_both_ways(xp: Any) -> Any:
    return xp.custom_jvp(
        lambda x, y: xp.sin(x) * y,
        lambda t, x, y: t[0] * xp.cos(x) * y + xp.sin(x) * t[1],
        lambda g, x, y: (g * xp.cos(x) * y, g * xp.sin(x)),
    )


def custom_jvp_one_argument(xp: Any, x: Any) -> Any:
    cube = xp.custom_jvp(lambda x: x * x * x, lambda t, x: 3.0 * x * x * t[0], lambda g, x: (3.0 * x * x * g,))
    return xp.sum(cube(x))


def custom_jvp_two_arguments(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(_product_both_ways(xp)(x, y))


def custom_jvp_used_twice(xp: Any, x: Any, y: Any) -> Any:
    product = _product_both_ways(xp)
    return xp.sum(product(product(x, y), x * y))


def custom_inside_checkpoint(xp: Any, x: Any) -> Any:
    return xp.sum(xp.checkpoint(lambda x: xp.tanh(_bump(xp)(x)) * x)(x))


def stop_product(xp: Any, x: Any) -> Any:
    return xp.sum(x * xp.stop_gradient(x))


def stop_of_function(xp: Any, x: Any) -> Any:
    return xp.sum(x**3 * xp.stop_gradient(xp.exp(x)) + xp.stop_gradient(xp.sin(x) * x))


def stop_everything(xp: Any, x: Any, y: Any) -> Any:
    return xp.sum(xp.sin(xp.stop_gradient(x)) * y)


def stop_straight_through(xp: Any, x: Any, w: Any) -> Any:
    """Rounded forward, the identity backward."""
    rounded = x + xp.stop_gradient(xp.rint(x) - x)
    return xp.sum(rounded * rounded * w)


def stop_baseline(xp: Any, x: Any, reward: Any) -> Any:
    """The score function estimator, with the mean reward of the same parameters as its baseline."""
    gain = reward * xp.exp(x)
    return xp.sum(xp.stop_gradient(gain - xp.mean(gain)) * xp.sin(x))


def stop_magic_box(xp: Any, x: Any, cost: Any) -> Any:
    """exp(p - stop(p)), which is 1 and has all derivatives of log-probability p (Foerster et al. 2018, DiCE)."""
    p = x * xp.sin(x)
    return xp.sum(xp.exp(p - xp.stop_gradient(p)) * cost)


def stop_target(xp: Any, x: Any, y: Any) -> Any:
    """A semi-gradient: the target moves with the parameter, but is not differentiated."""
    error = x * y - xp.stop_gradient(y + 0.5 * xp.tanh(x))
    return xp.sum(error * error)


def set_at_number(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, 1, y * y) ** 2


def set_at_constant(xp: Any, x: Any) -> Any:
    """What is overwritten has no derivative."""
    return xp.set_at(x * x, slice(1, 3), 0.5) ** 2


def set_at_places(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, xp.asarray((2, 0)), y * y) ** 2


def set_at_slice(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, slice(1, 3), y * y) ** 2


def set_at_block(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, (slice(None), slice(0, 2)), y) ** 2


def set_at_column(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, (slice(None), 1), y * x[:, 0]) ** 2


def set_at_every_second(xp: Any, x: Any, y: Any) -> Any:
    return xp.set_at(x * x, slice(None, None, 2), y * y) ** 2


def set_at_mask(xp: Any, x: Any) -> Any:
    return xp.set_at(x**3, x < 0.0, 0.0)


def set_at_twice(xp: Any, x: Any, y: Any) -> Any:
    """What is written first is lost again, in part."""
    return xp.set_at(xp.set_at(x * x, slice(0, 2), y), slice(1, 3), y * y) * x


def set_at_own_elements(xp: Any, x: Any) -> Any:
    """A recurrence that is written into the array it is read from."""
    for i in range(3):
        x = xp.set_at(x, i + 1, xp.sin(x[i]) * x[i + 1])
    return x * x


def add_at_number(xp: Any, x: Any, y: Any) -> Any:
    return xp.add_at(x * x, 1, y * y) ** 2


def add_at_places(xp: Any, x: Any, y: Any) -> Any:
    return xp.add_at(x * x, xp.asarray((2, 0, 2)), y * y) ** 2


def add_at_slice(xp: Any, x: Any, y: Any) -> Any:
    return xp.add_at(x * x, slice(1, 3), y * y) ** 2


def add_at_block(xp: Any, x: Any, y: Any) -> Any:
    """A row added to each row of a block."""
    return xp.add_at(x * x, (slice(None), slice(0, 2)), y * y) ** 2


def add_at_mask(xp: Any, x: Any) -> Any:
    return xp.add_at(x * x, x < 0.0, 0.5) ** 2


def add_at_own_elements(xp: Any, x: Any) -> Any:
    for i in range(3):
        x = xp.add_at(x, i + 1, xp.sin(x[i]))
    return x * x


def product_used_twice(xp: Any, x: Any) -> Any:
    a = xp.sin(x)
    return (a * a) * a


def product_used_twice_nested(xp: Any, x: Any) -> Any:
    a = xp.exp(x)
    b = a * a
    return (b * a) * (b * b)


def product_used_twice_of_two(xp: Any, x: Any, y: Any) -> Any:
    a = x * xp.sin(y)
    return (a * y) * (a * a)


def product_used_twice_of_arrays(xp: Any, x: Any, w: Any) -> Any:
    a = xp.tanh(x)
    return xp.sum((a * a) * a * w)


def product_used_twice_of_matrices(xp: Any, x: Any, w: Any) -> Any:
    a = xp.matmul(x, x)
    return xp.sum(xp.matmul(xp.matmul(a, a), a) * w)


def qr_of_many_shapes(xp: Any, x: Any) -> Any:
    """More shapes than the 32 of an operation that TensorFlow traces apart in forward mode."""
    return xp.stack([xp.qr(xp.expand_dims(x[:n], axis=1))[0][0, 0] ** 2 for n in range(5, 42)])


def quotient_used_twice(xp: Any, x: Any) -> Any:
    a = xp.exp(x) + 1.0
    return (a / (1.0 + a * a)) / a


calls = partial(program, family="control", source=CALLS)
V1, V3, V4 = draw(1), draw(3), draw(4)
M23, M32, M33 = draw(2, 3), draw(3, 2), draw(3, 3)
NONE = draw(0)

BRANCHES = (
    calls(cond_branch, "cond", {"above": (0.75,), "below": (-0.6,)}, {"far_above": (10.0,), "far_below": (-20.0,)}),
    calls(cond_two_operands, "cond", {"above": (0.75, -1.3), "below": (0.4, 1.3)}, {"zero": (0.0, 2.0)}),
    calls(cond_unused_operand, "cond", {"above": (0.75, -1.3), "below": (-0.6, 1.3)}, {"zero": (0.5, 0.0)}),
    calls(cond_captured, "cond", {"above": (0.75, -1.3), "below": (-0.6, 1.3)}, {"zero": (-0.5, 0.0)}),
    calls(
        cond_of_sum, "cond", {"above": ((0.5, -0.25, 1.5), V3), "below": ((0.5, -2.25, 0.75), V3)}, {"one": ((-1.0,), (0.75,))}
    ),
    calls(cond_pair, "cond", {"above": (0.75, -1.3), "below": (0.4, 1.3)}, {"zero": (0.0, 2.0)}),
    calls(
        cond_nested,
        "cond",
        {"both": (0.75, 1.3), "x_only": (0.75, -0.6), "neither": (-0.5, -1.3)},
        {"zero": (-0.5, 0.0)},
    ),
    calls(cond_after_cond, "cond", {"twice_low": (-0.6,), "low_high": (0.75,), "high": (1.5,)}, {"zero": (-20.0,)}),
    calls(cond_before_pole, "cond", {"above": (0.75,), "below": (-0.6,)}, {"one": (1.0,), "far": (-30.0,)}),
)

LOOPS = (
    calls(while_loop_halving, "while_loop", {"never": (0.75,), "once": (1.5,), "four_times": (11.0,)}, {"often": (700.0,)}),
    calls(while_loop_power, "while_loop", {"slow": (1.375,), "fast": (3.5,)}, {"never": (25.0,)}),
    calls(while_loop_pair, "while_loop", {"twice": (5.5,), "three_times": (22.0,)}, {"never": (0.5,)}),
    calls(
        while_loop_vector,
        "while_loop",
        {"never": ((2.0, -3.0), (0.75, -0.4)), "twice": ((0.5, -0.75, 0.6), V3)},
        {"one": ((0.25,), (1.0,))},
    ),
    calls(while_loop_around_cond, "while_loop cond", {"one": (2.5,), "both": (9.0,)}, {"never": (0.5,), "far": (100.0,)}),
    calls(while_loop_inside_cond, "while_loop cond", {"three_times": (5.5,), "other": (-0.6,)}, {"never": (0.5,)}),
    calls(fori_loop_recurrence, "fori_loop", {"interior": (0.75,), "negative": (-1.3,)}, {"zero": (0.0,)}),
    calls(fori_loop_index, "fori_loop", {"drawn": (V4,)}, {"zero": ((0.0,) * 4,)}),
    calls(fori_loop_pair, "fori_loop", {"interior": (0.25, 2.0), "mixed": (1.5, -0.75)}, {"zero": (0.0, 2.0)}),
    calls(fori_loop_never, "fori_loop", {"interior": (0.75,)}, {"zero": (0.0,)}),
    calls(
        scan_products,
        "scan",
        {"vector": (0.75, V4, V4), "length_one": (0.75, V1, V1)},
        {"zeros": (0.75, (0.0, 1.0, 0.0), V3), "empty": (0.75, NONE, NONE)},
    ),
    calls(scan_recurrent, "scan", {"rows": (draw(2), M32, draw(2), M32)}, {"length_one": (V1, draw(1, 1), V1, draw(1, 1))}),
    calls(scan_pair, "scan", {"drawn": (0.75, -0.4, V3)}, {"rest": (0.0, 0.0, (0.0, 0.0))}),
    calls(
        scan_last_only,
        "scan",
        {"polynomial": (0.75, V4), "negative": (-1.3, V3)},
        {"zero": (0.0, (1.0, -2.0)), "empty": (0.75, NONE)},
    ),
    calls(scan_outputs_only, "scan", {"drawn": (0.75, V3)}, {"zeros": (0.0, (0.0, 1.0)), "length_one": (0.4, (2.0,))}),
    calls(scan_of_cond, "scan cond", {"mixed": (0.75, (0.5, -1.25, 2.0))}, {"all_off": (-0.5, (-1.0, -0.25))}),
    calls(scan_of_scan, "scan", {"drawn": (0.75, M23)}, {"zeros": (0.0, ((0.0, 1.0), (0.0, 0.0)))}),
)

MARKERS = (
    calls(checkpoint_product, "checkpoint", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(checkpoint_two_arguments, "checkpoint", {"vectors": (V3, V3), "broadcast": (V3, 0.75)}, {"zeros": ((0.0, 1.0), 0.0)}),
    calls(checkpoint_captured, "checkpoint", {"number": (0.75, -1.3), "vector": (V3, V3)}, {"zero": (0.0, 1.5)}),
    calls(checkpoint_repeated, "checkpoint", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(checkpoint_nested, "checkpoint", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(custom_one_argument, "custom_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,), "far": (-9.0,)}),
    calls(custom_two_arguments, "custom_gradient", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.0)}),
    calls(custom_same_argument, "custom_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(custom_broadcast, "custom_gradient", {"vector": (V3, 0.75)}, {"zeros": ((0.0, 1.0), 0.0), "one": ((0.5,), -1.25)}),
    calls(custom_used_twice, "custom_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(custom_in_composition, "custom_gradient", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.5)}),
    calls(
        custom_matmul, "custom_gradient", {"matrices": (M23, M32, draw(2, 2))}, {"one": (draw(1, 1), draw(1, 1), draw(1, 1))}
    ),
    calls(custom_to_number, "custom_gradient", {"vector": (V3,)}, {"zeros": ((0.0, 1.0),)}),
    calls(custom_jvp_one_argument, "custom_jvp", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(custom_jvp_two_arguments, "custom_jvp", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.0)}),
    calls(custom_jvp_used_twice, "custom_jvp", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.5)}),
    calls(custom_inside_checkpoint, "checkpoint custom_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(stop_product, "stop_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(stop_of_function, "stop_gradient", {"number": (0.75,), "vector": (V3,)}, {"zero": (0.0,)}),
    calls(stop_everything, "stop_gradient", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.5)}),
    calls(stop_straight_through, "stop_gradient", {"vector": ((0.7, -1.3, 2.2), V3)}, {"whole": ((1.0, 0.0), (0.75, -0.5))}),
    calls(stop_baseline, "stop_gradient", {"vector": (V4, V4)}, {"zeros": ((0.0, 1.0), (1.0, 0.0))}),
    calls(stop_magic_box, "stop_gradient", {"vector": (V3, V3)}, {"zeros": ((0.0, 1.0), (1.0, 0.0))}),
    calls(stop_target, "stop_gradient", {"numbers": (0.75, -1.3), "vectors": (V3, V3)}, {"zero": (0.0, 0.5)}),
)

UPDATES = (
    calls(
        weighted(set_at_number),
        "set_at",
        {"vector": (V3, draw(), V3), "rows": (M32, draw(2), M32)},
        {"zero": ((1.0, 0.0), 0.0, draw(2))},
    ),
    calls(weighted(set_at_constant), "set_at", {"vector": (V4, V4)}, {"zeros": ((0.0,) * 3, V3)}),
    calls(
        weighted(set_at_places),
        "set_at",
        {"vector": (V4, draw(2), V4), "rows": (M32, draw(2, 2), M32)},
        {"zeros": ((0.0, 1.0, 0.0), (0.0, 1.0), V3)},
    ),
    calls(
        weighted(set_at_slice),
        "set_at",
        {"vector": (V4, draw(2), V4), "number": (V4, draw(), V4)},
        {"zeros": ((0.0, 1.0, 0.0), (0.0, 1.0), V3)},
    ),
    calls(
        weighted(set_at_block),
        "set_at",
        {"whole": (M23, draw(2, 2), M23), "row": (M23, draw(2), M23)},
        {"number": (M23, draw(), M23)},
    ),
    calls(
        weighted(set_at_column),
        "set_at",
        {"matrix": (M32, V3, M32)},
        {"zeros": (((0.0, 1.0), (2.0, 0.0)), (0.0, 1.0), draw(2, 2))},
    ),
    calls(weighted(set_at_every_second), "set_at", {"vector": (V4, draw(2), V4)}, {"one": (V1, V1, V1)}),
    calls(
        weighted(set_at_mask), "set_at", {"vector": (V4, V4)}, {"all": ((-1.0, -0.25), draw(2)), "none": ((1.0, 0.25), draw(2))}
    ),
    calls(weighted(set_at_twice), "set_at", {"vector": (V4, draw(2), V4)}, {"zeros": ((0.0, 1.0, 0.0), (0.0, 1.0), V3)}),
    calls(weighted(set_at_own_elements), "set_at", {"vector": (V4, V4)}, {"zeros": ((0.0, 1.0, 0.0, 2.0), V4)}),
    calls(
        weighted(add_at_number),
        "add_at",
        {"vector": (V3, draw(), V3), "rows": (M32, draw(2), M32)},
        {"zero": ((1.0, 0.0), 0.0, draw(2))},
    ),
    calls(
        weighted(add_at_places),
        "add_at",
        {"vector": (V4, V3, V4), "rows": (M32, M32, M32)},
        {"zeros": ((0.0, 1.0, 0.0), (0.0, 1.0, 0.0), V3)},
    ),
    calls(
        weighted(add_at_slice),
        "add_at",
        {"vector": (V4, draw(2), V4), "number": (V4, draw(), V4)},
        {"zeros": ((0.0, 1.0, 0.0), (0.0, 1.0), V3)},
    ),
    calls(
        weighted(add_at_block),
        "add_at",
        {"whole": (M23, draw(2, 2), M23), "row": (M23, draw(2), M23)},
        {"number": (M23, draw(), M23)},
    ),
    calls(
        weighted(add_at_mask), "add_at", {"vector": (V4, V4)}, {"all": ((-1.0, -0.25), draw(2)), "none": ((1.0, 0.25), draw(2))}
    ),
    calls(weighted(add_at_own_elements), "add_at", {"vector": (V4, V4)}, {"zeros": ((0.0, 1.0, 0.0, 2.0), V4)}),
)

REUSES = (
    calls(product_used_twice, "sin", {"interior": (0.75,), "negative": (-1.3,)}, {"zero": (0.0,), "large": (20.0,)}),
    calls(product_used_twice_nested, "exp", {"interior": (0.4,), "negative": (-0.75,)}, {"zero": (0.0,)}),
    calls(product_used_twice_of_two, "sin", {"interior": (0.75, -1.3), "other": (-0.4, 2.0)}, {"zero": (0.0, 0.5)}),
    calls(product_used_twice_of_arrays, "tanh", {"vector": (V3, V3)}, {"zeros": ((0.0, 1.0), draw(2))}),
    calls(product_used_twice_of_matrices, "matmul", {"matrix": (draw(2, 2), draw(2, 2))}, {"one": (draw(1, 1), draw(1, 1))}),
    calls(quotient_used_twice, "exp", {"interior": (0.75,), "negative": (-1.3,)}, {"zero": (0.0,)}),
    Case(
        "qr_of_many_shapes", qr_of_many_shapes, (Point("vector", (draw(41),)),), CALLS, "control", scalar=False, names=("qr",)
    ),
)

CASES: tuple[Case, ...] = (*BRANCHES, *LOOPS, *MARKERS, *UPDATES, *REUSES)
