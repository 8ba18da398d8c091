"""What TensorFlow cannot do. Imports no framework."""

from __future__ import annotations

from conformance.adapter import Unsupported

UNSUPPORTED = (
    Unsupported(
        "a tape around two eager accumulators loses count of its gradients",
        r"InternalError: Recorded operation .* returned too few gradients",
        routes=("third/tape(acc(acc))",),
    ),
    Unsupported(
        "nested accumulators in a tf.function stumble over tf.where",
        r"StagingError: .*IndexError: list index out of range",
        routes=("*/function(*acc(acc))*",),
        always=False,
    ),
    Unsupported(
        "tf.experimental.numpy takes bfloat16 for an integer, and casts it by a method that only NumPy behaviour adds",
        r"AttributeError: .*'astype'",
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
        r"NotFoundError: Could not find device for node|InvalidArgumentError: Value for attr .* is not in the list of allowed",
        always=False,
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
        surfaces=("tf.keras.ops",),
        always=False,
    ),
    Unsupported(
        "no XLA kernel for an operation",
        r"InvalidArgumentError: Detected unsupported operations when trying to compile graph",
        routes=("*/xla*",),
        always=False,
    ),
    Unsupported("no derivative is registered", r"LookupError: gradient registry has no entry for: TruncateMod", always=False),
    Unsupported("tf.norm has the norms of order 1, 2 and inf", r"ValueError: 'ord' must be a supported", always=False),
    Unsupported(
        "tf.linalg.solve does not broadcast stacks",
        r"InvalidArgumentError: .*All input tensors must have the same (rank|outer dimensions)",
        cases=("solve*",),
        always=False,
    ),
    Unsupported("absent: the framework has no such function", r"AttributeError: absent: ", always=False),
)
