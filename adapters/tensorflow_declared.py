"""What TensorFlow cannot do. Imports no framework."""

from __future__ import annotations

from conformance.adapter import Unsupported

from . import branching

COMPILED = ("*/function(*", "*/xla(*", "value/function", "value/xla")

UNSUPPORTED = (
    Unsupported(
        "a tape around two eager accumulators loses count of its gradients",
        r"InternalError: Recorded operation .* returned too few gradients",
        routes=("third/tape(acc(acc))", "third/complex:tape(acc(acc))"),
        always=False,  # what does not depend on its arguments records nothing
    ),
    Unsupported(
        "nested accumulators in a tf.function stumble over tf.where",
        r"StagingError: .*IndexError: list index out of range",
        routes=("*/function(*acc(acc))*",),
        always=False,
    ),
    Unsupported(
        "tf.experimental.numpy takes bfloat16 for an integer, and casts it by a method that only NumPy behaviour adds",
        r"AttributeError: .*'astype'|was expected to be a double tensor but is a bfloat16 tensor",
        dtypes=("bfloat16",),
        always=False,
    ),
    Unsupported(
        "arrays of indices in brackets are for NumPy behaviour, which stays off",
        r"TypeError: Only integers, slices .* are valid indices",
        always=False,
    ),
    Unsupported(
        "no kernel for the dtype",
        r"NotFoundError: .*Could not find device for node"
        r"|InvalidArgumentError: No OpKernel was registered to support Op"
        r"|(InvalidArgument|Value)Error: .*Value for attr .* is not in the list of allowed"
        r"|TypeError: .*Value passed to parameter '\w+' has DataType \w+ not in list of allowed values"
        r"|UnboundLocalError: cannot access local variable 'out_dtype'"
        r"|tf\.linalg\.expm does not support matrices of type",
        always=False,
    ),
    Unsupported(
        "no inverse of a singular matrix",
        r"InvalidArgumentError: .*Input is not invertible",
        cases=("slogdet_singular",),
        always=False,
    ),
    Unsupported(
        "no complex numbers with 16-bit parts",
        r"TypeError: The `real` and `imag` components have incorrect types",
        cases=("complex_*",),
        dtypes=("float16", "bfloat16"),
    ),
    Unsupported(
        "tf.linalg.pinv asks NumPy for the precision of bfloat16",
        r"ValueError: data type <class 'ml_dtypes.bfloat16'> not inexact",
        dtypes=("bfloat16",),
        always=False,
    ),
    Unsupported(
        "some functions of Keras take no tf.Variable",
        r"AttributeError: 'ResourceVariable' object has no attribute",
        surfaces=("tf", "tf.keras.*"),
        always=False,
    ),
    Unsupported(
        "no XLA kernel for an operation",
        r"InvalidArgumentError: Detected unsupported operations when trying to compile graph"
        r"|UnimplementedError: Current implementation does not yet support pivoting",
        routes=("*/xla*",),
        always=False,
    ),
    Unsupported(
        "no derivative is registered, or not of this order",
        r"gradient registry has no entry for: |`@tf.RegisterGradient` for correct autodiff, which this op is lacking",
        always=False,
    ),
    Unsupported(
        "a transposed convolution of dilation 2, and the gradient of one with dilation or in groups, on the CPU",
        r"InvalidArgumentError: .*(Current CPU implementations do not yet support dilation rates larger than 1"
        r"|Gradients for grouped convolutions are not supported on CPU"
        r"|filter_size does not have enough elements|explicit_paddings attribute must contain 8 values)",
        cases=("conv_transpose2d_dilated", "grouped_conv2d*"),
        devices=("cpu",),
        always=False,
    ),
    Unsupported(
        "tensors of different dtypes do not mix",
        r"was expected to be a \w+ tensor but is a|`x` and `y` must have the same dtype"
        r"|Input '\w+' of '\w+' Op has type (int8 that does not match|\w+ that does not match type int8)"
        r"|Tensor conversion requested dtype"
        r"|Value passed to parameter '\w+' has DataType (int8|bool) not in list of allowed values",
        cases=("*whole*", "truth_values_times"),
        always=False,
    ),
    Unsupported(
        "truth values are no numbers",
        r"TypeError: (?s:.*)(Cannot convert (True|False) to EagerTensor|but got (True|False) of type 'bool'"
        r"|got (True|False) of type 'bool' instead)",
        cases=("bool_scalar",),
        always=False,
    ),
    Unsupported(
        "tf.nn.ctc_loss takes numbers of float32",
        r"InvalidArgumentError: cannot compute Mul as input #1\(zero-based\) was expected to be a \w+ tensor but is a float "
        r"|TypeError: in user code: (?s:.*)Input 'y' of 'Mul' Op has type float32 that does not match type",
        cases=("ctc*",),
        always=False,
    ),
    Unsupported(
        "no kernel of 16 bits, say keras.ops.cholesky_inverse and keras.ops.cholesky",
        r"ValueError: Cholesky (inverse|decomposition) failed: Could not find device for node",
        cases=("cholesky_inverse", "cholesky_upper"),
        dtypes=("float16", "bfloat16"),
    ),
    Unsupported("tf.norm has the norms of order 1, 2 and inf", r"ValueError: 'ord' must be a supported", always=False),
    Unsupported(
        "tf.linalg.solve does not broadcast stacks",
        r"InvalidArgumentError: .*(input tensors must have the same (rank|outer dimensions)|matrix and rhs are incompatible)"
        r"|ValueError: .*Shapes must be equal rank.*MatrixSolve",
        cases=("solve*",),
        always=False,
    ),
    Unsupported(
        "tf.recompute_grad is differentiated once, and not in forward mode",
        r"NotImplementedError: .*recompute_grad tried to transpose grad of",
        cases=("checkpoint_*", "custom_inside_checkpoint"),
        always=False,
    ),
    Unsupported(
        "tf.vectorized_map does not convert the derivative of a recorded branch or loop",
        r"(ValueError|StagingError): .*(pfor/DynamicStitch|Required handle data not set|vectorizing the jacobian"
        r"|Attempted to stack a variant-dtype tensor with no type set)"
        r"|TypeError: in user code: .* in format_list .*'NoneType' object is not iterable"
        r"|TypeError: .*<dtype: 'variant'> is not"
        r"|InvalidArgumentError: .*Trying to access element 0 in a list with 0 elements",
        routes=("*vectorized_map*", "hessian/*tape.jacobian(tape)*"),
        always=False,
    ),
    Unsupported(
        "tape.jacobian in a tf.function does not vectorize nested branches and loops, and says how not to",
        r"ValueError: in user code: .*Encountered an exception while vectorizing the jacobian",
        routes=("jacobian/function(tape.jacobian)",),
        cases=("branch_nested", "branch_of_three", "cond_nested", "scan_of_cond", "scan_of_scan"),
    ),
    Unsupported(
        "accumulators in a tf.function stumble over loops, and over branches that are nested or of several arrays",
        r"AssertionError: in user code: .* AssertionError:$|StagingError: .*SystemError: "
        r"|TypeError: in user code: .*<dtype: 'variant'> is not compatible with",
        routes=("*/function(*acc*", "*/xla(*acc*"),
        cases=("cond_*", "*expm*", "fori_loop_*", "scan_*", *branching.CASES, "while_loop_*"),
        always=False,
    ),
    Unsupported(
        "XLA differentiates a loop only where its greatest number of passes is told",
        r"InvalidArgumentError: XLA compilation requires a fixed tensor list size",
        routes=("*/xla*",),
        cases=("*expm*", "eigvalsh_tridiagonal", "fori_loop_*", "newton_until_close", "scan_*", "while_*"),
        always=False,
    ),
    Unsupported(
        "a Python number that a recorded branch or loop changes is one of float32, and has to keep its dtype",
        r"TypeError: in user code: .*('\w+' has dtype float\d\d in the main branch, but dtype float\d\d in the else branch"
        r"|Input 'y' of '\w+' Op has type float\d\d that does not match type float\d\d of argument 'x')",
        routes=COMPILED,
        cases=("early_break", "false_position", "golden_section", "skip_negative", "while_counted", "while_nested"),
        dtypes=("float64",),
    ),
    Unsupported(
        "a recorded branch returns at both of its ends, or at none",
        r"ValueError: in user code: .*the else branch must also have a return statement",
        routes=COMPILED,
        cases=("early_return",),
    ),
    Unsupported(
        "AutoGraph converts loops, not generator expressions",
        r"OperatorNotAllowedInGraphError: in user code: ",
        routes=COMPILED,
        cases=("iteration",),
    ),
    Unsupported(
        "Python's math takes no recorded number",
        r"TypeError: in user code: .*must be real number, not SymbolicTensor",
        routes=COMPILED,
        cases=("bisection_then_newton",),
    ),
    Unsupported(
        "a recursion that a number ends is recorded without end",
        r"StagingError: in user code: .*(RecursionError: maximum recursion depth exceeded"
        r"|SystemError: <\w+ \S+ at \w+> returned a result with an exception set)",
        routes=COMPILED,
        cases=("recursion_on_value",),
    ),
    Unsupported(
        "tf.scan is told the shape of an output by its first one",
        r"InvalidArgumentError: .*slice index 0 of dimension 0 out of bounds",
        cases=("scan_*",),
        always=False,
    ),
    Unsupported(
        "Fourier transforms and complex numbers are for float32 and float64",
        r"ValueError: RFFT requires tf\.float32 or tf\.float64 inputs"
        r"|TypeError: Invalid input type\. Expected `float32` or `float64`"
        r"|TypeError: The `real` and `imag` components have incorrect types",
        dtypes=("float16", "bfloat16"),
        always=False,
    ),
    Unsupported(
        "the function of this surface has no such option",
        r"TypeError: .*got an unexpected keyword argument '(correction|descending)'"
        r"|TypeError: '<' not supported between instances of 'tuple' and 'int'",
        surfaces=("tf.experimental.numpy", "tf.keras.ops"),
        always=False,
    ),
    Unsupported(
        "the norm of order 2 of a matrix finds its axes at run time, for which XLA and the derivative of an SVD have no use",
        r"InvalidArgumentError: Input 1 to node `norm/ListDiff` .* must be a compile-time constant"
        r"|NotImplementedError: .*SVD gradient has not been implemented for input with unknown inner matrix shape",
        cases=("matrix_norm_2",),
        always=False,
    ),
    Unsupported(
        "XLA has no gradient of max pooling that is deterministic, which the adapter asks for",
        r"UnimplementedError: .*MaxPool gradient ops do not yet have a deterministic XLA implementation",
        routes=("*/xla*",),
        always=False,
    ),
    Unsupported(
        "a pool with padding in numbers is differentiated once, not in forward mode, and not by XLA",
        r"ValueError: .*Attr 'padding' of 'MaxPoolGradGrad' Op passed string 'EXPLICIT' not in"
        r"|UnimplementedError: .*XLA does not support pooling ops with explicit padding",
        cases=("max_pool2d_padded",),
        always=False,
    ),
    Unsupported("absent: the framework has no such function", r"AttributeError(: |\(f['\"])absent: ", always=False),
)
