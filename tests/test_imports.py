"""Who may import whom: the rooms of the house, checked on the source."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters import ADAPTERS

ROOT = Path(__file__).parents[1]
FRAMEWORKS = {"torch", "tensorflow", "jax", "mxnet", "autograd"}
ROOMS = {
    "conformance": {"conformance", "numpy", "ml_dtypes", "packaging", "pytest"},
    "adapters": {"adapters", "conformance", "numpy", "ml_dtypes"},
    "reference": {"reference", "numpy"},
}


def imports(path: Path, top_level_only: bool = False) -> Iterator[str]:
    """Absolute dotted names of the modules that a file imports."""
    tree = ast.parse(path.read_text("utf-8"))
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in tree.body if top_level_only else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            yield ".".join([*base, *([node.module] if node.module else [])])


def modules(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("path", [p for room in ROOMS for p in modules(room)], ids=lambda p: str(p.relative_to(ROOT)))
def test_every_room_keeps_to_itself(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    allowed = ROOMS[room] | sys.stdlib_module_names | (FRAMEWORKS | {"array_api_compat"} if room == "adapters" else set())
    assert {name.split(".")[0] for name in imports(path)} <= allowed


@pytest.mark.parametrize("path", modules("adapters"), ids=lambda p: p.name)
def test_adapters_know_the_interface_only_and_import_no_framework_at_the_top(path: Path) -> None:
    assert {name for name in imports(path) if name.startswith("conformance")} <= {"conformance.adapter"}
    assert not {name.split(".")[0] for name in imports(path, top_level_only=True)} & FRAMEWORKS


@pytest.mark.parametrize(
    ("module", "never"),
    [
        ("conformance/report", {"conformance.run", "conformance.session", "conformance.plan"}),
        ("conformance/catalogue", {"conformance.run", "conformance.plan", "conformance.adapter"}),
        ("conformance/compare.py", {"conformance.run", "conformance.adapter", "conformance.plan"}),
        ("conformance/plan.py", {"conformance.run", "conformance.catalogue", "conformance.oracle"}),
        ("conformance", {"conformance.plugin"}),
    ],
)
def test_the_flow_has_one_direction(module: str, never: set[str]) -> None:
    place = ROOT / module
    for path in [place] if place.suffix else sorted(place.rglob("*.py")):
        assert not set(imports(path)) & never, path


def test_every_adapter_file_is_listed() -> None:
    """einops kept a second list of tested backends, and the one missing from it was the broken one."""
    files = {path.stem for path in modules("adapters") if path.stem.endswith("_") and not path.stem.startswith("_")}
    assert files == {target.partition(":")[0].removeprefix("adapters.") for target in ADAPTERS.values()}


def test_planning_imports_no_framework() -> None:
    program = (
        "import sys; from conformance.__main__ import main; main(['list', '--json'])\n"
        f"assert not set(sys.modules) & {FRAMEWORKS!r}, set(sys.modules) & {FRAMEWORKS!r}"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True)
