"""What PyTorch offers a second time under another name, and what it cannot do. Imports no framework."""

from __future__ import annotations

from conformance.adapter import Unsupported

from . import branching
from .torch_image_modules import OF_MODULES
from .torch_modules import MODULES

SPECIAL = """digamma erf erfc erfinv exp2 expm1 i0 lgamma log1p log_softmax logit logsumexp sigmoid sinc softmax trigamma
xlogy"""

OFFERED: dict[str, frozenset[str]] = {
    "torch.special": frozenset(SPECIAL.split()),
    "torch.nn.functional": frozenset({"celu", "log_softmax", "relu", "selu", "sigmoid", "softmax", "tanh"}),
    "torch.linalg": frozenset({"det", "expm", "matmul", "matrix_power", "slogdet"}),
    "torch.nn": frozenset({*MODULES, *OF_MODULES}),
}
"""By surface: the operations for which it has a function of its own, beside that of the default surface."""

UNSUPPORTED = (
    Unsupported(
        "AOTAutograd compiles no backward pass that can be differentiated; where it does not say so, it is judged",
        r"RuntimeError: (torch\.compile with aot_autograd does not currently support double backward"
        r"|This backward function was compiled with non-empty donated buffers)",
        routes=("hvp/compile(aot_eager)",),
        always=False,
    ),
    Unsupported("absent: the framework has no such function", r"AttributeError(: |\(')absent: ", always=False),
    Unsupported(
        "no inverse of a singular matrix",
        r"_LinAlgError: .*input matrix is singular",
        cases=("slogdet_singular",),
        always=False,
    ),
    Unsupported(
        "a function with a rule for reverse mode has none for forward mode",
        r"NotImplementedError: You must implement the jvp function for custom autograd\.Function"
        r"|AssertionError: flat_bdims must not be None",
        cases=("custom_*",),
        always=False,
    ),
    Unsupported(
        "torch.compile traces no function with a rule inside torch.func.jvp, nor one that is given an array twice",
        r"Unsupported: (Unsupported autograd\.Function context method|autograd\.Function\.apply: duplicate tensor input"
        r"|Unsupported custom jvp)",
        routes=("*/compile*",),
        cases=("custom_*",),
        always=False,
    ),
    Unsupported(
        "torch.compile (whole) takes ctc_loss for an operator whose output has a shape that depends on values",
        r"Unsupported: Dynamic shape operator .*aten\._ctc_loss",
        routes=("*/compile*",),
        cases=("ctc*",),
        always=False,
    ),
    Unsupported(
        "torch.compile does not know how many elements a mask takes, as the derivative of a scattered product does",
        r"UserError: Could not guard on data-dependent expression",
        routes=("*/compile*",),
        cases=("*_at_mask", "scatter_prod"),
        always=False,
    ),
    Unsupported(
        "torch.compile (whole) and torch.func.linearize trace no branch on a tensor's value",
        r"Unsupported: Data-dependent branching"
        r"|RuntimeError: It appears that you're trying to get value out of a tracing tensor",
        routes=("*/compile*", "*/func.linearize"),
        cases=branching.CASES,
    ),
    Unsupported(
        "torch.compile (whole) and torch.func.linearize trace no function that asks about the values of its arguments itself",
        r"Unsupported: Data dependent operator"
        r"|RuntimeError: It appears that you're trying to get value out of a tracing tensor with aten.equal",
        routes=("*/compile*", "*/func.linearize"),
        cases=("*_cov", "complex_istft", "stft_there_and_back"),
        always=False,
    ),
    Unsupported(
        "torch.compile does not trace Python's math.prod of tensors",
        r"Unsupported: Failed to convert args/kwargs to proxy",
        routes=("*/compile*",),
        cases=("griewank",),
    ),
    Unsupported(
        "torch.func does not see through a checkpoint",
        r"RuntimeError: torch\.func\.\{grad, vjp, jacrev, hessian\} don't yet support saved tensor hooks",
        cases=("checkpoint_*", "custom_inside_checkpoint"),
        always=False,
    ),
    Unsupported(
        "torch.cond and torch.while_loop, prototypes, are traced, which fails on arrays that torch.func or vmap have wrapped",
        r"UncapturedHigherOrderOpError: |BackendCompilerFailed: "
        r"|NotImplementedError: could not find kernel for HigherOrderOperator"
        r"|(AssertionError|InternalTorchDynamoError): .* from user code: ",
        cases=("cond_*", "while_loop_*"),
        always=False,
    ),
    Unsupported(
        "torch.special's Bessel functions have no derivative",
        r"RuntimeError: element 0 of tensors does not require grad",
        cases=("j0", "j1", "y0", "y1", "k0", "k0e", "k1", "k1e"),
        always=False,
    ),
    Unsupported(
        "no derivative, or not of this order, or not in forward mode",
        r"(NotImplementedError|RuntimeError): (the derivative for|derivative for|Trying to use forward AD with) .*"
        r"(is not implemented|does not support it)"
        r"|got (RuntimeError|NotImplementedError)\(['\"](the derivative for|derivative for|Trying to use forward AD with)",
        always=False,
    ),
    Unsupported(
        "the formula of forward mode writes in place where it may not, when it is differentiated or batched itself",
        r"RuntimeError: (one of the variables needed for gradient computation has been modified by an inplace operation"
        r"|ZeroTensors are immutable|vmap: (inplace arithmetic|aten::_index_put_impl_))",
        routes=("third/*", "hvp/*", "hessian/*"),
        always=False,
    ),
    Unsupported(
        "batched forward mode of torch.quantile",
        r"RuntimeError: Trying to set a forward gradient that has a different size than that of the original Tensor",
        cases=("median*", "quantile_*"),
        always=False,
    ),
    Unsupported(
        "torch.compile does not batch a function with rules of its own that is used twice",
        r"InternalTorchDynamoError: RuntimeError: You tried to vmap over ApplyTemplate, but it does not have vmap support",
        routes=("hessian/compile*",),
        cases=("custom_*",),
        always=False,
    ),
    Unsupported(
        "torch.compile (whole) and torch.func.linearize trace no distribution that asks about the values of its parameters",
        r"Unsupported: Data-dependent branching"
        r"|RuntimeError: It appears that you're trying to get value out of a tracing tensor",
        routes=("*/compile*", "*/func.linearize"),
        cases=("*continuous_bernoulli*", "*wishart*"),
        always=False,
    ),
    Unsupported(
        "torch.compile does not trace the divergence of multivariate normal distributions without batches",
        r"TorchRuntimeError: .*_infer_size",
        routes=("*/compile*",),
        cases=("kl_multivariate_normal",),
        always=False,
    ),
    Unsupported(
        "torch.func does not see through a divergence that is taken by derivatives of a normalising constant",
        r"RuntimeError: You are attempting to call Tensor\.requires_grad_\(\)",
        cases=("kl_wishart",),
        always=False,
    ),
    Unsupported(
        "vmap takes no branch on a tensor's value, nor functions without a batching rule",
        r"RuntimeError(: |\([\"'])(vmap: (It looks like you're|We do not support batching operators"
        r"|we do not yet support aten::)"
        r"|vmap over torch\.allclose isn't supported|Batching rule not implemented for aten::)",
        always=False,
    ),
    Unsupported(
        "no kernel, or none wanted, for 16 bit on this device: linear algebra, Fourier transforms, some special functions",
        r"(NotImplementedError|RuntimeError): (\".*\" not implemented for '((Complex)?Half|BFloat16)'"
        r"|Unsupported dtype (Half|BFloat16)|MKL FFT doesn't support tensors of type: (Half|BFloat16)"
        r"|(linalg\.\w+|logdet): Low precision dtypes not supported"
        r"|linalg\.pinv\(\w+\{.*\}\): expected a tensor with 2 or more dimensions of float"
        r"|quantile\(\) input tensor must be either float or double"
        r"|This function doesn't handle types other than float and double)",
        dtypes=("float16", "bfloat16"),
        always=False,
    ),
    Unsupported(
        "an array without elements has no rows to put together",
        r"RuntimeError: stack expects a non-empty TensorList|IndexError: select\(\): index 0 out of range",
        routes=("hessian/*", "jacobian/*"),
        always=False,
    ),
    Unsupported(
        "no complex numbers with parts in bfloat16",
        r"RuntimeError: Expected both inputs to be Half, Float or Double tensors but got BFloat16",
        cases=("complex_*",),
        dtypes=("bfloat16",),
    ),
    Unsupported(
        "matrix products do not mix dtypes",
        r"RuntimeError: (expected m1 and m2 to have the same dtype|addmv input tensors must have the same dtype"
        r"|Trying to set a forward gradient that has a different size)|Unsupported: torch\.\* op returned non-Tensor",
        cases=("whole_array_matmul", "matmul_whole_array"),
        always=False,
    ),
    Unsupported(
        "torch.compile does not know the shape of what lstsq returns beside the solution",
        r"Unsupported: Dynamic shape operator",
        routes=("*/compile*",),
        cases=("lstsq*",),
        always=False,
    ),
    Unsupported(
        "torch.dot takes two vectors",
        r"RuntimeError(: |\(')(1D tensors expected|Got wrong shapes for dot)",
        always=False,
    ),
    Unsupported(
        "torch.trace takes one matrix and no offset",
        r"RuntimeError: trace: expected a matrix|TypeError.*: trace\(\) got an unexpected keyword argument 'offset'",
        always=False,
    ),
    Unsupported(
        "the weight of the labels 1 counts as constant in reverse mode",
        r"RuntimeError(: |\(\")The function 'binary_cross_entropy_with_logits' is not differentiable with respect to argument",
        cases=("weighted_binary_cross_entropy",),
        always=False,
    ),
    Unsupported("a tensor's slices have no negative steps", r"ValueError(: |\(')step must be greater than zero", always=False),
)
