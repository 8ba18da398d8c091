"""The conformance suite for automatic differentiation: what is promised, asked and judged."""

__version__ = "0.1.0"
