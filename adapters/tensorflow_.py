"""TensorFlow 2: tapes, forward accumulators, `tf.function`, XLA and `tf.vectorized_map`, and their compositions.

Promised: every computation runs in the device scope of its first argument; float32 matrix products keep every bit (no TF32) and
kernels are deterministic. A `tf.function` is traced once per program, route, shape and dtype. Not promised: TensorFlow's NumPy
behaviour, which stays off; subnormal numbers, which TensorFlow may flush to zero.

Devices are "cpu", "cpu:1", "gpu:0", "tpu:0". "cpu:N" needs N + 1 logical CPUs, for which `start` has to ask before TensorFlow
is first used in the process. A missing device is silently another one in TensorFlow: look at `layout`.
Names of routes: "a(b)" is a around b; tape is `tf.GradientTape`, acc is `tf.autodiff.ForwardAccumulator`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib import metadata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance.adapter import Adapter, Array, Arrays, Layout, Program, Result, Route

from .complex_arguments import CONJUGATE_DERIVATIVE, by_parts
from .tensorflow_calls import (
    Call,
    along,
    columns,
    forget_pushforwards,
    function,
    fwd_fwd,
    gradient_again,
    gradient_graph,
    gradient_recomputed,
    gradient_variable,
    hessian_columns,
    hvp_columns,
    jacobian,
    jvp_twice_reversed,
    rev,
    tf,
    value,
    vectorized,
    vjp,
)
from .tensorflow_declared import UNSUPPORTED
from .tensorflow_names import FIRST, SURFACES, Surface


def placed(call: Call) -> Call:
    """`call` in the device scope of its first argument: inputs alone do not keep TensorFlow on a device."""

    def there(program: Program, x: Arrays, t: Arrays, w: Array) -> Result:
        with tf.device(x[0].device):
            return call(program, x, t, w)

    return there


def route(operator: str, name: str, call: Call, modes: str = "", **facts: Any) -> Route:
    """A route whose compiler is read off its name, as that of everything inside "function(...)" and "xla(...)"."""
    outer = name.partition("(")[0]
    compiled = outer if outer in ("function", "xla") else ""
    about: dict[str, Any] = {"compiled": compiled, "slow": outer == "xla"} | facts
    return Route(operator, name, placed(call), modes, **about)


gradient, jvp = along("rev"), along("fwd")
hessian_pfor = jacobian(pfor=True, f=rev)

ROUTES = (
    route("value", "eager", value),
    route("value", "function", function(value)),
    route("value", "xla", function(value, xla=True)),
    route("value", "function(vectorized_map)", function(vectorized(value)), batched=True),
    route("gradient", "tape(Variable)", gradient_variable, "rev"),
    route("gradient", "tape.watch", gradient, "rev"),
    route("gradient", "tape(persistent)", gradient_again, "rev"),
    route("gradient", "function(tape)", function(gradient), "rev"),
    route("gradient", "function(tf.gradients)", function(gradient_graph), "rev"),
    route("gradient", "xla(tape)", function(gradient, xla=True), "rev"),
    route("gradient", "recompute_grad", gradient_recomputed, "rev"),
    route("gradient", "function(vectorized_map(tape))", function(vectorized(gradient)), "rev", batched=True),
    route("vjp", "tape(output_gradients)", vjp, "rev"),
    route("vjp", "function(tape)", function(vjp), "rev"),
    route("vjp", "xla(tape)", function(vjp, xla=True), "rev"),
    route("jvp", "acc", jvp, "fwd"),
    route("jvp", "function(acc)", function(jvp), "fwd"),
    route("jvp", "xla(acc)", function(jvp, xla=True), "fwd"),
    route("jvp", "function(vectorized_map(acc))", function(vectorized(jvp)), "fwd", batched=True, slow=True),
    route("jvp", "tape(tape)", jvp_twice_reversed, "rev-rev", derived=True),
    # The loop stands first although it is not the default of `tape.jacobian`: vectorising traces anew at every call.
    route("jacobian", "tape.jacobian(loop)", jacobian(pfor=False), "rev"),
    route("jacobian", "tape.jacobian", jacobian(pfor=True), "rev", slow=True),
    route("jacobian", "function(tape.jacobian)", function(jacobian(pfor=True)), "rev", slow=True),
    route("jacobian", "acc", columns(jvp), "fwd", derived=True),
    route("hessian", "tape.jacobian(tape,loop)", jacobian(pfor=False, f=rev), "rev-rev", slow=True),
    route("hessian", "tape.jacobian(tape)", hessian_pfor, "rev-rev", slow=True),
    route("hessian", "function(tape.jacobian(tape))", function(hessian_pfor), "rev-rev", slow=True),
    route("hessian", "xla(tape.jacobian(tape))", function(hessian_pfor, xla=True), "rev-rev"),
    route("hessian", "function(acc(tape))", hessian_columns(function(along("fwd-rev"))), "fwd-rev", derived=True, slow=True),
    route("hessian", "function(tape(acc))", hessian_columns(function(along("rev-fwd"))), "rev-fwd", derived=True, slow=True),
    route("hessian", "function(acc(acc))", hessian_columns(hvp_columns(function(fwd_fwd))), "fwd-fwd", derived=True, slow=True),
    *(
        route(operator, name, along(modes), modes, derived=True, slow=slow)
        for operator, name, modes, slow in (
            ("hvp", "tape(tape)", "rev-rev", False),
            ("hvp", "acc(tape)", "fwd-rev", True),
            ("hvp", "tape(acc)", "rev-fwd", False),
            ("third", "tape(tape(tape))", "rev-rev-rev", False),
            ("third", "tape(tape(acc))", "rev-rev-fwd", True),
            ("third", "tape(acc(tape))", "rev-fwd-rev", True),
            ("third", "acc(acc(tape))", "fwd-fwd-rev", True),
            ("third", "tape(acc(acc))", "rev-fwd-fwd", True),
        )
    ),
    route("hvp", "function(tape(tape))", function(along("rev-rev")), "rev-rev", derived=True),
    route("hvp", "xla(acc(tape))", function(along("fwd-rev"), xla=True), "fwd-rev", derived=True),
    route("third", "function(tape(tape(tape)))", function(along("rev-rev-rev")), "rev-rev-rev", derived=True, slow=True),
    route("third", "function(acc(tape(acc)))", function(along("fwd-rev-fwd")), "fwd-rev-fwd", derived=True, slow=True),
    route("third", "function(tape(acc(acc)))", function(along("rev-fwd-fwd")), "rev-fwd-fwd", derived=True, slow=True),
)

CONVENTION = CONJUGATE_DERIVATIVE
"""`tape.gradient` by a complex z is ∂L/∂a + i·∂L/∂b, and of a complex f the conjugate of f'(z)."""


def of_complex(operator: str, name: str, call: Call, modes: str, arguments: Any = "complex", **facts: Any) -> Route:
    return route(
        operator, name, by_parts(call, lambda: Surface(FIRST), CONVENTION, arguments), modes, arguments=arguments, **facts
    )


OF_COMPLEX = (
    of_complex("gradient", "complex:tape.watch", gradient, "rev"),
    of_complex("gradient", "complex:tape(Variable)", gradient_variable, "rev"),
    of_complex("gradient", "complex:function(tape)", function(gradient), "rev", compiled="function"),
    of_complex("gradient", "analytic:tape.watch", gradient, "rev", "analytic"),
    of_complex("jvp", "complex:acc", jvp, "fwd"),
    of_complex("jvp", "analytic:acc", jvp, "fwd", "analytic"),
    of_complex("hvp", "complex:acc(tape)", along("fwd-rev"), "fwd-rev", derived=True, slow=True),
    of_complex("hvp", "complex:tape(acc)", along("rev-fwd"), "rev-fwd", derived=True),
    of_complex("third", "complex:tape(acc(acc))", along("rev-fwd-fwd"), "rev-fwd-fwd", derived=True, slow=True),
)


class TensorFlow:
    """The adapter: routes and declarations above, arrays and devices here."""

    name = "tensorflow"
    modules = ("tensorflow",)
    surfaces = tuple(SURFACES)
    routes = (*ROUTES, *OF_COMPLEX)
    unsupported = UNSUPPORTED

    def version(self) -> Mapping[str, str]:
        """TensorFlow under the name it was installed by, Keras and NumPy."""
        installed = {d.name.lower().replace("_", "-"): d.version for d in metadata.distributions() if d.name}
        return {name: installed[name] for name in ("tensorflow", "tensorflow-cpu", "keras", "numpy") if name in installed}

    def start(self, device: str) -> None:
        """Raises RuntimeError where the process has used TensorFlow with fewer logical CPUs than `device` needs."""
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
        tf.get_logger().setLevel("ERROR")  # it warns of a function traced anew for the next shape
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        tf.config.experimental.enable_tensor_float_32_execution(False)
        tf.config.experimental.enable_op_determinism()
        kind, _, index = device.partition(":")
        if kind == "cpu" and int(index or 0) > 0:
            cpu = tf.config.list_physical_devices("CPU")[0]
            tf.config.set_logical_device_configuration(cpu, [tf.config.LogicalDeviceConfiguration()] * (int(index) + 1))

    def devices(self) -> tuple[str, ...]:
        """Logical devices, in TensorFlow's order: CPUs first."""
        return tuple(spelt(device.name) for device in tf.config.list_logical_devices())

    def dtypes(self, device: str) -> tuple[str, ...]:
        """All four, everywhere."""
        return ("float64", "float32", "float16", "bfloat16")

    def namespace(self, surface: str) -> Any:
        return Surface(surface)

    def offers(self, surface: str, name: str) -> bool:
        return surface == self.surfaces[0] or name in SURFACES[surface]

    def array(self, values: NDArray[Any], device: str) -> Array:
        """A copy: `tf.constant` never shares memory with NumPy."""
        with tf.device(device):
            return tf.constant(values)

    def layout(self, array: Array) -> Layout:
        """Of an eager tensor."""
        return Layout(tuple(array.shape), array.dtype.name, spelt(array.device))

    def numpy(self, array: Array) -> NDArray[Any]:
        """A copy; a 0-d tensor is a 0-d array."""
        return np.array(array.numpy())

    def finish(self) -> None:
        """Wait for every device, and forget what a failure left behind.

        tf.scan and tf.map_fn set the caching device of the variable scope while a graph is built, and do not take it back when
        they raise; from then on the gradient of any tf.recompute_grad raises. The default graph holds that scope, and nothing
        else of ours.
        """
        tf.test.experimental.sync_devices()
        tf.compat.v1.reset_default_graph()
        forget_pushforwards()


def spelt(device: str) -> str:
    """TensorFlow's ".../device:GPU:0" as "gpu:0", and ".../device:CPU:0" as "cpu"."""
    _, kind, index = device.lower().rsplit(":", 2)
    return kind if (kind, index) == ("cpu", "0") else f"{kind}:{index}"


ADAPTER: Adapter = TensorFlow()
