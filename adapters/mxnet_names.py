"""`mx.np` under the names of the array API standard, eager and while a program is being hybridized."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from inspect import isfunction
from typing import Any

ARRAY_API_NAMES = {
    **{f"a{name}": f"arc{name}" for name in ("cos", "cosh", "sin", "sinh", "tan", "tan2", "tanh")},
    **{"concat": "concatenate", "permute_dims": "transpose", "pow": "power"},
}
"""Array API name: the name of the same function in `mx.np`."""


class Names:
    """The namespace that cases are given. Names that MXNet lacks raise AttributeError."""

    def __getattr__(self, name: str) -> Any:
        name = ARRAY_API_NAMES.get(name, name)
        found = getattr(import_module("mxnet").np, name)
        return partial(_call, name) if isfunction(found) else found

    def matrix_transpose(self, x: Any) -> Any:
        return self.swapaxes(x, -1, -2)


def _call(name: str, *args: Any, **kwargs: Any) -> Any:
    """A function of `mx.np`, or its symbolic twin where an argument is the symbol of a program being hybridized."""
    mx = import_module("mxnet")
    arrays = [a for arg in args for a in (arg if isinstance(arg, list | tuple) else (arg,))]
    symbolic = any(isinstance(a, mx.sym.Symbol) for a in arrays)
    return getattr(mx.sym.np if symbolic else mx.np, name)(*args, **kwargs)
