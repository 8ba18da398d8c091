"""The plan: stable readable ids, every adapter's promises about its routes, and what a profile asks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from conformance import settings
from conformance.adapter import Adapter
from conformance.case import OPERATORS, Case, Draw, Point, direction
from conformance.catalogue import ASKED, CASES
from conformance.dtype import FORMATS
from conformance.plan import Check, Selection, declared, manifest, plan, representable
from tests.miniatures import CORRECT, HONEST, Miniature

SETTINGS = settings.Settings.read(Path(__file__).parents[1])
NAMES = tuple(settings.adapters(SETTINGS))
ORDERS = {"value": 0, "gradient": 1, "vjp": 1, "jacobian": 1, "jvp": 1, "hessian": 2, "hvp": 2, "third": 3}


@pytest.fixture(params=NAMES)
def adapter(request: pytest.FixtureRequest) -> Adapter:
    return settings.declarations(SETTINGS, request.param)


def test_ids_are_readable_unique_and_in_the_full_plan(adapter: Adapter) -> None:
    full = [check.id for check in plan(adapter, CASES, Selection("full"))]
    assert len(full) == len(set(full))
    assert not [name for name in full if not name.isascii() or " " in name or name.count("/") not in (1, 2, 6)]
    assert {check.id for check in plan(adapter, CASES, Selection("quick"))} <= set(full)


def test_routes_say_what_they_are(adapter: Adapter) -> None:
    assert {route.operator for route in adapter.routes} == set(OPERATORS)
    names = [(route.operator, route.name) for route in adapter.routes]
    assert len(names) == len(set(names))
    for route in adapter.routes:
        modes = route.modes.split("-") if route.modes else []
        assert set(modes) <= {"rev", "fwd"}
        tricks = modes.count("rev") - 1 if route.operator in ("jvp", "hvp") else 0  # a transposed transpose costs two sweeps
        assert ORDERS[route.operator] <= len(modes) <= ORDERS[route.operator] + max(tricks, 0)


def test_every_declaration_covers_something(adapter: Adapter) -> None:
    checks = [c for c in plan(adapter, ASKED, Selection("full")) if isinstance(c, Check)]
    covered = {row for check in checks for row in declared(adapter, check, "cpu")}
    assert {row for row in adapter.unsupported if "*" in row.devices} <= covered


def test_the_manifest_is_a_hash_of_the_questions() -> None:
    checks = plan(CORRECT, CASES, Selection())
    assert manifest(checks) == manifest(reversed(checks))
    assert manifest(checks) != manifest(checks[1:])
    assert manifest(checks) == manifest(plan(HONEST, CASES, Selection()))


def test_the_same_name_draws_the_same_numbers_and_another_does_not() -> None:
    draw = Draw((2, 3))
    assert draw.array("a").tolist() == draw.array("a").tolist() != draw.array("b").tolist()
    assert draw.array("a")[0, 0] == pytest.approx(-0.7661342)
    assert set(abs(Draw((50,), 3.0, 1.0).array("c"))) <= {1.0, 2.0, 3.0}


@pytest.mark.parametrize("parity", [0, 1])
def test_directions_never_repeat_a_neighbour(parity: int) -> None:
    numbers = direction((60,), "name", parity)
    assert set(abs(numbers) * 8) <= {2, 3, 4, 5, 6, 7, 8}
    assert all(a != b for a, b in pairwise(numbers))


def test_a_point_that_a_format_cannot_hold_is_another_point() -> None:
    tiny = Point("tiny", (1e-6, (1.0, 0.0)))
    assert [name for name, form in FORMATS.items() if representable(tiny, form)] == ["float64", "float32", "bfloat16"]
    huge = Point("huge", (1e5,))
    assert not representable(huge, FORMATS["float16"])


def test_points_and_cases_are_not_degenerate() -> None:
    for case in CASES:
        assert any(point.tier == "generic" for point in case.points), case.id
        assert len({point.name for point in case.points}) == len(case.points), case.id


def test_operators_are_those_that_mathematics_defines() -> None:
    vector = Case("v", lambda xp, x: x, (Point("p", ((1.0, 2.0),)),), "", scalar=False)
    assert vector.operators() == ("value", "jvp", "vjp", "jacobian")
    rough = Case("r", lambda xp, x: x, (Point("p", (1.0,)),), "", smooth=1)
    assert rough.operators() == ("value", "gradient", "jvp", "vjp", "jacobian")


def test_what_a_route_is_declared_not_to_do_the_next_is_asked_everywhere() -> None:
    adapter = settings.declarations(SETTINGS, "jax")
    case = next(case for case in CASES if case.id == "branch")
    checks = [c for c in plan(adapter, (case,), Selection("full")) if isinstance(c, Check) and c.operator == "gradient"]
    assert {check.point for check in checks if check.route.name == "grad" and check.dtype == "float64"} == set(case.points)
    assert len([check for check in checks if check.route.name == "jit(grad)"]) == 1


class Layered(Miniature):
    """Whose second surface has softmax and nothing else."""

    def offers(self, surface: str, name: str) -> bool:
        return surface == "mini" or name == "softmax"


def surfaces_asked(*names: str) -> set[str]:
    case = Case("c", lambda xp, x: x, (Point("p", (1.0,)),), "", names=names)
    return {
        check.surface
        for check in plan(Layered(surfaces=("mini", "layers")), (case,), Selection("full"))
        if isinstance(check, Check)
    }


def test_a_surface_is_asked_where_it_has_what_the_case_is_about() -> None:
    assert surfaces_asked("softmax") == surfaces_asked("softmax", "sum", "asarray") == {"mini", "layers"}
    assert surfaces_asked("softmax", "matmul") == surfaces_asked("sum") == surfaces_asked() == {"mini"}


def test_where_a_function_costs_a_compilation_one_of_each_operation_is_asked() -> None:
    jax = settings.declarations(SETTINGS, "jax")
    asked = {check.case for check in plan(jax, CASES, Selection("quick")) if isinstance(check, Check)}
    left_out = [c for c in CASES if c not in asked and c.scalar and c.family not in ("documented", "workload")]
    assert left_out
    for case in left_out:
        assert len([other for other in asked if (other.family, other.names) == (case.family, case.names)]) == 1


def test_tails_near_the_ends_of_the_range_are_asked_in_full_only(adapter: Adapter) -> None:
    def wide(profile: str) -> int:
        checks = plan(adapter, CASES, Selection(profile))
        return sum(isinstance(check, Check) and check.point.tier == "wide" for check in checks)

    assert wide("full") > 100
    assert wide("quick") == 0


def test_every_surface_is_asked_for_second_derivatives(adapter: Adapter) -> None:
    checks = [check for check in plan(adapter, CASES, Selection("full", operators=("hvp",))) if isinstance(check, Check)]
    assert {check.surface for check in checks if check.case.family != "documented"} == set(adapter.surfaces)
