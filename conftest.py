"""Loads the plugin, nothing else."""

pytest_plugins = ["conformance.plugin"]
