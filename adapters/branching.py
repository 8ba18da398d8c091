"""The cases whose Python decides by numbers, which functions that are traced without numbers cannot follow."""

CASES = (
    "branch*",
    "clip_by_norm",
    "early_*",
    "skip_negative",
    "while_[!l]*",
    "swapped",
    "sorting_network",
    "largest_by_loop",
    "recursion_on_value",
    "newton_until_close",
    "false_position",
    "bisection_then_newton",
    "golden_section",
)
