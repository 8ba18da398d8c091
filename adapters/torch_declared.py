"""What PyTorch offers a second time under another name, and what it cannot do. Imports no framework."""

from __future__ import annotations

from conformance.adapter import Unsupported

SPECIAL = """digamma erf erfc erfinv exp2 expm1 i0 lgamma log1p log_softmax logit logsumexp sigmoid sinc softmax trigamma
xlogy"""

OFFERED: dict[str, frozenset[str]] = {
    "torch.special": frozenset(SPECIAL.split()),
    "torch.nn.functional": frozenset({"celu", "log_softmax", "relu", "selu", "sigmoid", "softmax", "tanh"}),
    "torch.linalg": frozenset({"det", "expm", "matmul", "matrix_power", "slogdet"}),
}
"""By surface: the operations for which it has a function of its own, beside that of the default surface."""

UNSUPPORTED = (
    Unsupported(
        "AOTAutograd compiles no backward pass that can be differentiated; where it does not say so, it is judged",
        "RuntimeError: torch.compile with aot_autograd does not currently support double backward",
        routes=("hvp/compile(aot_eager)",),
        always=False,
    ),
    Unsupported("absent: the framework has no such function", r"AttributeError: absent: ", always=False),
)
