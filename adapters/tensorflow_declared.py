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
        "tf.experimental.numpy takes bfloat16 for an integer, and casts it by a method that only NumPy behaviour adds",
        r"AttributeError: .*'astype'",
        surfaces=("tf.experimental.numpy",),
        dtypes=("bfloat16",),
        always=False,
    ),
    Unsupported("absent: the framework has no such function", r"AttributeError: absent: ", always=False),
)
