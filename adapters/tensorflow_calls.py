"""What TensorFlow can be asked, as calls `(program, arguments, tangents, cotangent) -> result`, and how they nest.

Promised: None is what TensorFlow calls unconnected; sparse gradients (`IndexedSlices`) are made dense, because no accumulator
can differentiate them; nothing here is kept from one call to the next but what `function` traces.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any

from conformance.adapter import Array, Arrays, Program, Result

PUSHFORWARDS = 64
"""How many traced derivatives of single operations are kept for the next check; each takes up to 5 MiB."""

Call = Callable[[Program, Arrays, Any, Array], Result]
Function = Callable[..., Result]


class _TensorFlow:
    """The package, imported at its first use; it has no type stubs."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("tensorflow"), name)


tf: Any = _TensorFlow()


def each(function: Callable[[Array], Array], result: Any) -> Result:
    """`function` of every array of a result; None stays None."""
    if isinstance(result, tuple | list):
        return tuple(each(function, item) for item in result)
    return None if result is None else function(result)


def pull(tape: Any, y: Array, x: Arrays, w: Array = None) -> Any:
    """`tape.gradient`, dense; of an unconnected y it is unconnected."""
    return each(tf.convert_to_tensor, (None,) * len(x) if y is None else tape.gradient(y, x, w))


def rev(f: Function) -> Function:
    """The gradient of a scalar function by a tape."""

    def gradient(*x: Array) -> Result:
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(*x)
        return pull(tape, y, x)

    return gradient


def fwd(f: Function, tangents: Arrays) -> Function:
    """The derivative along `tangents` by a forward accumulator; f may return several arrays."""

    def derivative(*x: Array) -> Result:
        with tf.autodiff.ForwardAccumulator(x, tangents) as accumulator:
            y = f(*x)
        return each(tf.convert_to_tensor, each(accumulator.jvp, y))

    return derivative


def dot(arrays: Any, tangents: Arrays) -> Array:
    """Σᵢ⟨aᵢ, tᵢ⟩ over the connected arrays."""
    terms = [tf.reduce_sum(a * t) for a, t in zip(arrays, tangents, strict=True) if a is not None]
    return tf.add_n(terms) if terms else None


def along(modes: str) -> Call:
    """A nest of `modes`, outermost first: the first "rev" to act takes the gradient, all else goes along the tangents."""

    def call(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        f, is_gradient = program, False
        for mode in reversed(modes.split("-")):
            if mode == "fwd":
                f = fwd(f, t)
            elif is_gradient:
                f = rev(lambda *x, g=f: dot(g(*x), t))
            else:
                f, is_gradient = rev(f), True
        return f(*x)

    return call


def basis(x: Arrays, i: int) -> Iterator[Arrays]:
    """Tangents of all arguments, one for every element of x[i]."""
    size = x[i].shape.num_elements()
    for unit in tf.unstack(tf.reshape(tf.eye(size, dtype=x[i].dtype), (size, *x[i].shape))):
        yield tuple(unit if i == j else tf.zeros_like(v) for j, v in enumerate(x))


def columns(call: Call) -> Call:
    """What `call` says along a tangent, along every element of every argument: a tuple over the arguments."""

    def joined(parts: Any, shape: Any) -> Result:
        if isinstance(parts[0], tuple):
            return tuple(joined(part, shape) for part in zip(*parts, strict=True))
        return None if parts[0] is None else tf.reshape(tf.stack(parts, -1), (*parts[0].shape, *shape))

    def whole(program: Program, x: Arrays, t: Any, w: Array) -> Result:
        return tuple(joined([call(program, x, e, w) for e in basis(x, i)], x[i].shape) for i in range(len(x)))

    return whole


def hessian_columns(hvp: Call) -> Call:
    """The Hessian from its products with every unit tangent."""

    def call(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        return tuple(zip(*columns(hvp)(program, x, t, w), strict=True))

    return call


def fwd_fwd(program: Program, x: Arrays, t: tuple[Arrays, Arrays], w: Array) -> Result:
    """The second derivative along two tangents."""
    return fwd(fwd(program, t[0]), t[1])(*x)


def hvp_columns(second: Call) -> Call:
    """The Hessian-vector product from the second derivatives along every unit tangent and the given one."""

    def call(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        return columns(lambda program, x, e, w: second(program, x, (e, t), w))(program, x, t, w)

    return call


def value(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    return program(*x)


def vectorized(call: Call) -> Call:
    """`call` for three points at once, the last of which is the one asked for.

    The other point is near it: of while loops, some would not end far from it, as at half of 1.375 "until x^n reaches 20".
    """

    def last(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        points = tuple(tf.stack([v, 0.875 * v, v]) for v in x)
        return each(lambda rows: rows[-1], tf.vectorized_map(lambda row: call(program, row, t, w), points))

    return last


def gradient_variable(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    variables = tuple(tf.Variable(v) for v in x)
    with tf.GradientTape(persistent=True) as tape:
        y = program(*variables)
    return pull(tape, y, variables)


def gradient_again(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    """The second of two gradients of one persistent tape."""
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        y = program(*x)
    pull(tape, y, x)
    return pull(tape, y, x)


def gradient_graph(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    return each(tf.convert_to_tensor, tf.gradients(program(*x), x))


def gradient_recomputed(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    return rev(tf.recompute_grad(program))(*x)


def vjp(program: Program, x: Arrays, t: Arrays, w: Array) -> Any:
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = program(*x)
    return pull(tape, y, x, w)


def jvp_twice_reversed(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
    """The vjp is linear in its cotangent; its derivative by the cotangent is the jvp."""
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = program(*x)
        cotangent = tf.ones_like(y)
        outer.watch(cotangent)
        product = dot(pull(inner, y, x, cotangent), t)
    return pull(outer, product, (cotangent,))[0]


def jacobian(pfor: bool, f: Callable[[Program], Function] = lambda program: program) -> Call:
    """`tape.jacobian` of f(program), in a loop over the rows or vectorised over them (`pfor`)."""

    def call(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            y = f(program)(*x)

        def rows(y: Array) -> Result:
            blocks = (None,) * len(x) if y is None else tape.jacobian(y, x, experimental_use_pfor=pfor)
            return each(tf.convert_to_tensor, blocks)

        return tuple(map(rows, y)) if isinstance(y, tuple) else rows(y)

    return call


def function(call: Call, xla: bool = False) -> Call:
    """`call` inside a `tf.function`, which is kept for the next point of the same program."""

    @lru_cache(maxsize=4)
    def traced(program: Program) -> Any:
        return tf.function(lambda x, t, w: call(program, x, t, w), jit_compile=xla or None)

    return lambda program, x, t, w: traced(program)(x, t, w)


def forget_pushforwards() -> None:
    """Forward accumulators trace the derivative of each operation, and keep it, once for each shape and order.

    After 32 shapes of an operation they trace it for unknown shapes: what they return would depend on the checks before. Both
    names are TensorFlow's own, hence no error where a version has others.
    """
    forwardprop = import_module("tensorflow.python.eager.forwardprop")
    getattr(forwardprop, "_TRACE_COUNT", {}).clear()
    kept = getattr(forwardprop, "_jvp_function_cache", {})
    if len(kept) > PUSHFORWARDS:
        kept.clear()
