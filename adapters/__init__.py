"""Where each framework's adapter is found. Strings only: a framework is imported when its adapter is started."""

from __future__ import annotations

ADAPTERS: dict[str, str] = {
    "torch": "adapters.torch_:ADAPTER",
    "tensorflow": "adapters.tensorflow_:ADAPTER",
    "jax": "adapters.jax_:ADAPTER",
    "mxnet": "adapters.mxnet_:ADAPTER",
    "autograd": "adapters.autograd_:ADAPTER",
}
"""Name on the command line → "module:attribute"."""
