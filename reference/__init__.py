"""What is true: values and derivatives in extended precision, from NumPy and nothing of ours."""
