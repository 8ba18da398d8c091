"""Where adapters, truth, claims and known rows are: strings in pyproject.toml, so that the engine imports none of them."""

from __future__ import annotations

import importlib
import importlib.util
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from conformance.adapter import Adapter
from conformance.oracle import Oracle
from conformance.problem import BadSettings, MissingFramework, UnknownAdapter, UnresolvedAdapter

MEMBERS = sorted(name for name in vars(Adapter) if not name.startswith("_"))


@dataclass(frozen=True)
class Settings:
    """The table [tool.conformance]: `module:name` strings, and the folder of known rows relative to the root."""

    root: Path
    adapters: str
    oracle: str
    claims: str
    known: str

    @classmethod
    def read(cls, root: Path) -> Settings:
        """Settings of the checkout at `root`. Raises BadSettings."""
        path = root / "pyproject.toml"
        try:
            table = tomllib.loads(path.read_text("utf-8"))["tool"]["conformance"]
            return cls(root, **{key: str(table[key]) for key in ("adapters", "oracle", "claims", "known")})
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as fault:
            raise BadSettings(
                f"{path}: {fault!r}", "give it a table [tool.conformance] with adapters, oracle, claims and known"
            ) from fault


def resolve(target: str) -> Any:
    """The object that a `module:name` string names. Raises UnresolvedAdapter."""
    module, _, name = target.partition(":")
    remedy = "write it as package.module:NAME, importable from here"
    if not module or not name:
        raise UnresolvedAdapter(f"{target!r} is not of the form module:name", remedy)
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as fault:
        raise UnresolvedAdapter(f"{target!r} does not resolve: {fault}", remedy) from fault


def adapters(settings: Settings) -> dict[str, str]:
    """Every listed adapter: name → `module:name` string."""
    return cast(dict[str, str], resolve(settings.adapters))


def declarations(settings: Settings, choice: str) -> Adapter:
    """The adapter of a listed name or of a `module:name` string, whether or not its framework is installed.

    Raises UnknownAdapter, UnresolvedAdapter.
    """
    known = adapters(settings)
    if ":" not in choice and choice not in known:
        raise UnknownAdapter(f"no adapter is called {choice!r}", f"choose among {', '.join(known)}, or give module:name")
    found = resolve(known.get(choice, choice))
    missing = [member for member in MEMBERS if not hasattr(found, member)]
    if missing:
        lacks = f"{choice!r} is not an adapter: it lacks {', '.join(missing)}"
        raise UnresolvedAdapter(lacks, "see conformance/adapter.py")
    return cast(Adapter, found)


def adapter(settings: Settings, choice: str) -> Adapter:
    """The adapter, if its framework can be found here; nothing of the framework is imported.

    Raises UnknownAdapter, UnresolvedAdapter, MissingFramework.
    """
    found = declarations(settings, choice)
    absent = [module for module in found.modules if not installed(module)]
    if absent:
        raise MissingFramework(
            f"adapter {found.name!r} needs {', '.join(absent)}, not installed here",
            f"run its own environment, `tox -e {found.name}`, or install it with `pip install '.[{found.name}]'`",
        )
    return found


def available(settings: Settings) -> tuple[Adapter, ...]:
    """Every listed adapter whose framework is installed here."""
    found = []
    for name in adapters(settings):
        try:
            found.append(adapter(settings, name))
        except MissingFramework:
            continue
    return tuple(found)


def oracle(settings: Settings) -> Oracle:
    """The reference that holds the truth."""
    return cast(Oracle, resolve(settings.oracle))


def installed(module: str) -> bool:
    """Whether a top-level module can be found; it is not imported."""
    return importlib.util.find_spec(module) is not None
