"""What MXNet cannot do. Imports no framework."""

from __future__ import annotations

from functools import partial

from conformance.adapter import Unsupported

_partly = partial(Unsupported, always=False)
_traced = partial(_partly, routes=("*/hybridize",))

UNSUPPORTED = (
    Unsupported("MXNet has no forward mode", "AttributeError: .* has no attribute 'jvp'", ("*/*autograd.jvp*",)),
    Unsupported("MXNet has no vmap", "AttributeError: .* has no attribute 'vmap'", ("*/vmap",)),
    _partly("absent: the framework has no such function", "absent: "),
    _partly("no complex eigenvalues", "Complex eig(vals)? is unsupported"),
    _partly("no derivative of a solution of no system", "Zero batch size for arguments to linear algebra operator"),
    _partly("an operator without second derivative in MXNet", "didn't register FGradient", ("*/backward(autograd.grad*",)),
    _partly("autograd.grad refuses an argument without effect", "is unreachable from the outputs", ("*/*autograd.grad*",)),
    _partly("a function taken from NumPy, without derivative", "AttributeError: 'ValueError' object has no attribute 'format'"),
    _partly("no singular value decomposition of tall matrices", "second to last dimension .*must be less( than)? or ?equal to"),
    _partly(
        "np.linalg.solve does not broadcast",
        "A's and B's (dimensions don't match|last dimension must be equal)|Inconsistent batch size between",
    ),
    _partly(
        "LAPACK has no float16",
        "only supports 32-bit and 64-bit floating point|array type float16 is unsupported in linalg"
        "|2-norm does not support float 16",
        dtypes=("float16",),
    ),
    _partly(
        "no float16 matrix product, convolution, sorting or rounding on the CPU",
        "only supports float32/float64 for CPU|Do not support `float16` as input|FP16 gemm on cpu not implemented"
        "|This operation does not support float16"
        "|float16 fully connected layer is",
        dtypes=("float16",),
    ),
    _partly("densities take arrays of one shape, with axes", r"Operator _random_pdf_\w+ inferring shapes failed"),
    _partly("ctc_loss computes float32 only", "data type do not match specified type.Expected: ", cases=("ctc*",)),
    _partly(
        "ctc_loss, LRN and GridGenerator compute float32 only",
        "data type do not match specified type.Expected: |Other DTypes are not supported",
        cases=("ctc*", "local_response_norm*", "affine_grid*", "spatial_transformer"),
    ),
    _partly("batch_norm of float16 takes parameters of float32", r"== dtype_param", cases=("batch_norm",), dtypes=("float16",)),
    _partly(
        "InstanceNorm computes float32 only",
        "default_type_flag|Graph attr dependency dtype is required",
        cases=("instance_norm_layer",),
        dtypes=("float64", "float16"),
    ),
    _partly(
        "arrays of different dtypes do not mix, but in the operators of Python",
        "Incompatible attr in node at .*: expected (float|int)|Check failed: .* type inconsistent",
        cases=("*whole*",),
    ),
    _partly("np.diff has no start", "NotImplementedError: prepend and append options", cases=("diff_prepend",)),
    _traced("batch_norm keeps its moving statistics in variables only", "Mutation target can only be Variable"),
    _traced(
        "a symbol and an array of numbers do not mix", "TypeError: (type <class 'mxnet.*'> not supported|only size-1 arrays)"
    ),
    _traced("shapes that do not fit", "shape is required by pass MXPlanMemory but is not available", cases=("solve*", "svd*")),
    _traced("a symbol has neither shape nor elements", "_Symbol.* (has no attribute|is not iterable)|NotImplementedForSymbol"),
    _traced("a symbol takes numbers and slices as index only", "IndexError: Only integer, slice, or tuple of these types"),
    _traced("no symbolic function of this name", r"module 'mxnet\.symbol\.numpy[.a-z]*' has no attribute"),
    _traced("a symbol and an array do not mix", "must be Symbol instances|do not support mixed NDArrays and Symbols"),
)
