"""What torch can be asked, as calls `(program, arguments, ...) -> result` and as transformations of programs.

Promised: None is what torch leaves unconnected, and a call works on leaves of its own, so that it can be repeated.

Importing this module imports no framework.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from importlib import import_module
from typing import Any

from conformance.adapter import Array, Arrays, Program, Result


class _Torch:
    """The package, imported at its first use; it is handled without types, as its adapter loads where it is missing."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("torch"), name)


torch: Any = _Torch()


def leaves(x: Arrays) -> Arrays:
    return tuple(a.detach().clone().requires_grad_() for a in x)


def backward(f: Program, x: Arrays, w: Array = None) -> Result:
    x = leaves(x)
    f(*x).backward(gradient=w)
    return tuple(a.grad for a in x)


def accumulated(f: Program, x: Arrays) -> Result:
    """Two passes add up in .grad; half of their sum is exact."""
    x = leaves(x)
    for _ in range(2):
        f(*x).backward()
    return tuple(None if a.grad is None else a.grad / 2 for a in x)


def retained(f: Program, x: Arrays) -> Result:
    """As `accumulated`, with both passes through one graph."""
    x = leaves(x)
    y = f(*x)
    y.backward(retain_graph=True)
    y.backward()
    return tuple(None if a.grad is None else a.grad / 2 for a in x)


def strided(x: Arrays) -> Arrays:
    """Every second element of larger arrays, which have NaN in between."""
    return tuple(torch.stack([a, torch.full_like(a, float("nan"))], -1)[..., 0] for a in x)


def backward_strided(f: Program, x: Arrays) -> Result:
    x = tuple(a.requires_grad_() for a in strided(x))
    f(*x).backward()
    return tuple(a.grad for a in x)


def checkpoint(f: Program, x: Arrays) -> Result:
    return backward(partial(torch.utils.checkpoint.checkpoint, f, use_reentrant=False), x)


def pull(y: Arrays, x: Arrays, w: Arrays, **options: Any) -> Arrays:
    """Σₖ wₖ·∂yₖ/∂xᵢ for each i; None where no graph leads from any y to xᵢ."""
    live = [(a, b) for a, b in zip(y, w, strict=True) if a is not None and a.requires_grad]
    if not live:
        return (None,) * len(x)
    outputs, cotangents = zip(*live, strict=True)
    return tuple(torch.autograd.grad(outputs, x, cotangents, allow_unused=True, **options))


def reverse(f: Program, x: Arrays, w: Array = None, **options: Any) -> Arrays:
    return pull((f(*x),), x, (w,), **options)


def analytic(f: Program, x: Arrays) -> Arrays:
    """The derivative of a complex number, whose cotangent 1 has to be given."""
    y = f(*x)
    return pull((y,), x, (torch.ones_like(y),))


def double_backward(f: Program, x: Arrays, t: Arrays, **options: Any) -> Arrays:
    return pull(reverse(f, x, create_graph=True), x, t, **options)


def triple_backward(f: Program, x: Arrays, t: Arrays) -> Arrays:
    return pull(double_backward(f, x, t, create_graph=True), x, t)


def block(rows: list[Array], shape: tuple[int, ...]) -> Array:
    return None if rows[0] is None else torch.stack(rows).reshape(shape)


def each_element(y: Array, x: Arrays) -> Arrays:
    """∂y/∂xᵢ for each i, one backward pass per element of y."""
    if y is None:
        return (None,) * len(x)
    rows = [pull((element,), x, (None,), retain_graph=True) for element in y.reshape(-1)]
    return tuple(block([row[i] for row in rows], y.shape + a.shape) for i, a in enumerate(x))


def double_backward_rows(f: Program, x: Arrays) -> Result:
    return tuple(each_element(y, x) for y in reverse(f, x, create_graph=True))


def batched_rows(f: Program, x: Arrays) -> Result:
    """∂y/∂xᵢ for each i, in one batched backward pass."""
    y = f(*x)
    units = torch.eye(y.numel(), dtype=y.dtype, device=y.device).reshape(-1, *y.shape)
    blocks = pull((y,), x, (units,), is_grads_batched=True)
    return tuple(None if b is None else b.reshape(y.shape + a.shape) for a, b in zip(x, blocks, strict=True))


def dual(f: Program, x: Arrays, t: Arrays) -> Result:
    forward = torch.autograd.forward_ad
    with forward.dual_level():
        return forward.unpack_dual(f(*map(forward.make_dual, x, t))).tangent


def vmap(f: Program, x: Arrays) -> Result:
    """The last row of the batch x, x/2, x."""
    rows = torch.func.vmap(f)(*(torch.stack([a, a / 2, a]) for a in x))
    return tuple(row[2] for row in rows) if isinstance(rows, tuple) else rows[2]


def by_every_argument(transform: str) -> Callable[[Program], Program]:
    """torch.func.grad and the like with respect to all arguments, so that one argument, too, gives a tuple."""

    def transformed(f: Program) -> Program:
        apply = getattr(torch.func, transform)  # looked up here, so that torch.compile need not trace it
        return lambda *x: apply(f, tuple(range(len(x))))(*x)

    return transformed


grad, jacrev, jacfwd, hessian = map(by_every_argument, ("grad", "jacrev", "jacfwd", "hessian"))


def jvp(f: Program, t: Arrays) -> Program:
    return lambda *x: torch.func.jvp(f, x, t)[1]


def vjp(f: Program, x: Arrays) -> Result:
    y, back = torch.func.vjp(f, *x)
    return back(torch.ones_like(y))


def itself(f: Program) -> Program:
    return f


def pushforward(f: Program) -> Program:
    push = torch.func.jvp
    return lambda x, t: push(f, x, t)[1]


@cache
def compiled(f: Program, backend: str, transform: Callable[[Program], Program] = itself) -> Program:
    """torch.compile without its silent ways back to eager: a graph break raises, and so do too many recompilations.

    Dynamo's cache belongs to a code object, which all programs share: hence `isolate_recompiles`. It cannot look into the
    functools.partial that a program may be: hence the lambda.
    """
    options = {"fullgraph": True, "dynamic": False, "isolate_recompiles": True, "recompile_limit": 64}
    return closing(torch.compile(transform(lambda *x: f(*x)), backend=backend, **options))


def closing(f: Program) -> Program:
    """A compilation that fails within forward mode leaves its level open: no forward mode works from then on in the process."""

    def closed(*x: Any) -> Any:
        try:
            return f(*x)
        except Exception:
            with suppress(RuntimeError):  # none is open
                torch._C._exit_dual_level(level=0)
            raise

    return closed


def apart(f: Program) -> Program:
    return lambda *x: f(*x)


def compiled_double_backward(f: Program, x: Arrays, t: Arrays) -> Result:
    """Compiled apart from `compiled(f, "aot_eager")`, whose backward pass, once it has run, refuses to be differentiated."""
    return double_backward(compiled(f, "aot_eager", apart), leaves(x), t)


def functional(operator: str, f: Program, *inputs: Any, **options: Any) -> Any:
    return tuples(getattr(torch.autograd.functional, operator)(f, *inputs, **options))


def tuples(result: Any) -> Any:
    """torch.autograd.functional documents tuples, but its forward-mode strategy returns lists."""
    return tuple(map(tuples, result)) if isinstance(result, list | tuple) else result
