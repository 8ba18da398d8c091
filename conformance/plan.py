"""From the catalogue and an adapter's declarations to checks with stable ids. No framework is imported, no array is built."""

from __future__ import annotations

import hashlib
import inspect
import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache

from conformance.adapter import Adapter, Route, Unsupported
from conformance.case import OPERATORS, SCALAR_ONLY, Case, Draw, Literals, Point
from conformance.dtype import FORMATS, Format
from conformance.problem import NothingSelected
from conformance.record import digest

PROFILES = ("quick", "full")
ARGUMENTS = ("real", "complex", "analytic")
LARGEST_MATRIX = 40
"""Jacobians, Hessians and what forward mode alone makes of a scalar function are asked up to this many elements of the
arguments together, the other operators and routes everywhere."""

GLUE = frozenset({"asarray", "sum"})
"""Operations around those that a case is about, unless it has no others: a surface that lacks them takes the first one's."""


@dataclass(frozen=True)
class Check:
    """case × point × operator × route × surface × dtype, for one adapter."""

    adapter: str
    case: Case
    point: Point
    route: Route
    surface: str
    dtype: str

    @property
    def operator(self) -> str:
        """What is asked of the case."""
        return self.route.operator

    @property
    def id(self) -> str:
        """Readable and stable: the same in every run, machine and version that asks this question."""
        names = (self.adapter, self.case.id, self.point.name, self.operator, self.route.name, self.surface, self.dtype)
        return "/".join(names)


@dataclass(frozen=True)
class Preliminary:
    """A check without a case: "import" (the framework starts) or "refuse" (it really has not the dtype that is not listed)."""

    adapter: str
    operator: str
    dtype: str = ""

    @property
    def id(self) -> str:
        """Readable and stable."""
        return "/".join(filter(None, (self.adapter, self.operator, self.dtype)))


AnyCheck = Check | Preliminary


@dataclass(frozen=True)
class Selection:
    """What is asked for on the command line; globs, several mean any of them."""

    profile: str = "quick"
    cases: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    dtypes: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()

    @property
    def filters(self) -> str:
        """The options that leave checks out, as on the command line."""
        globs = (self.cases, self.operators, self.routes, self.dtypes, self.checks)
        kinds = ("case", "operator", "route", "dtype", "check")
        return " ".join(f"--{kind} {glob}" for kind, some in zip(kinds, globs, strict=True) for glob in some)


def plan(adapter: Adapter, cases: Iterable[Case], selection: Selection, device: str = "cpu") -> tuple[AnyCheck, ...]:
    """Every check of this adapter, compiled routes of one case side by side. Raises NothingSelected."""
    cases = tuple(cases)
    _refuse_unknown(adapter, cases, selection)
    checks: list[AnyCheck] = [
        *_preliminary(adapter, device),
        *(
            check
            for case, leads in zip(cases, _leading(cases), strict=True)
            if _any(case.id, selection.cases)
            for check in _case(adapter, case, selection, device, leads)
        ),
    ]
    chosen = tuple(check for check in checks if _selected(check, selection))
    if not chosen:
        raise NothingSelected(
            f"the selection leaves no check for adapter {adapter.name!r}",
            "loosen --case, --route, --operator or --dtype",
        )
    return chosen


def manifest(checks: Iterable[AnyCheck]) -> str:
    """A hash of the questions: of every id, and of the text and points of every case asked."""
    checks = tuple(checks)
    return digest((check.id for check in checks), questions(checks))


def questions(checks: Iterable[AnyCheck]) -> dict[str, str]:
    """A hash of the text and points of every case asked, by its id."""
    cases = {check.case for check in checks if isinstance(check, Check)}
    return {case.id: hashlib.sha256(_text(case).encode()).hexdigest()[:16] for case in sorted(cases, key=lambda case: case.id)}


def declared(adapter: Adapter, check: Check, device: str) -> tuple[Unsupported, ...]:
    """The adapter's declarations that cover this check."""
    names = (f"{check.operator}/{check.route.name}", check.case.id, check.surface, check.dtype, device)
    return tuple(
        row
        for row in adapter.unsupported
        if all(map(_any, names, (row.routes, row.cases, row.surfaces, row.dtypes, row.devices)))
    )


def _preliminary(adapter: Adapter, device: str) -> Iterator[Preliminary]:
    yield Preliminary(adapter.name, "import")
    for dtype in FORMATS:
        if dtype not in adapter.dtypes(device):
            yield Preliminary(adapter.name, "refuse", dtype)


def _leading(cases: Iterable[Case]) -> Iterator[bool]:
    """Of each case, whether it is the first of its family about its operations; a case that names none is."""
    met: set[tuple[str, tuple[str, ...]]] = set()
    for case in cases:
        about = (case.family, case.names)
        yield not case.names or about not in met
        met.add(about)


def _case(adapter: Adapter, case: Case, selection: Selection, device: str, leads: bool) -> Iterator[Check]:
    quick = selection.profile == "quick"
    smoke = quick and case.family != "documented"
    operators = [operator for operator in case.operators() if not smoke or operator == "gradient"]
    routes = [_routes(adapter, case, *kind) for kind in itertools.product(operators, ARGUMENTS)]
    first, *others = adapter.surfaces
    surfaces = [first, *(s for s in others if not quick and _offered(adapter, case, s))]
    dtypes = [dtype for dtype in FORMATS if dtype in adapter.dtypes(device)]
    for surface in surfaces:
        for dtype in dtypes[:1] if smoke else dtypes:
            for some in routes:
                seen: set[str] = set()
                for number, (refused, route) in enumerate(some):
                    place = Place(
                        number,
                        surface == first,
                        dtypes.index(dtype),
                        not (refused or route.slow or route.batched or route.modes in seen),
                        leads,
                    )
                    seen |= set() if route.slow or route.batched else {route.modes}
                    for point in _points(case, route, place, selection.profile):
                        if representable(point, FORMATS[dtype]):
                            yield Check(adapter.name, case, point, route, surface, dtype)


def _routes(adapter: Adapter, case: Case, operator: str, arguments: str) -> list[tuple[bool, Route]]:
    """The operator's routes by one kind of arguments, in the adapter's order; none where the case has not the kind.

    Last those (True) that are declared to do nothing of this case.
    """
    if case.function(arguments) is None:
        return []
    firm = [row for row in adapter.unsupported if row.always and (row.surfaces, row.dtypes, row.devices) == (("*",),) * 3]

    def refused(route: Route) -> bool:
        return any(_any(f"{operator}/{route.name}", row.routes) and _any(case.id, row.cases) for row in firm)

    routes = ((refused(route), route) for route in adapter.routes if (route.operator, route.arguments) == (operator, arguments))
    return sorted(routes, key=lambda pair: pair[0])


def _offered(adapter: Adapter, case: Case, surface: str) -> bool:
    """Whether the surface has what the case is about: all its operations but those that only make a number or an index."""
    about = set(case.names) - GLUE or set(case.names)
    return bool(about) and all(adapter.offers(surface, name) for name in about)


@dataclass(frozen=True)
class Place:
    """Where a route stands: its number among its operator's, first surface or not, rank of the dtype, new modes or not.

    And whether its case leads (`_leading`).
    """

    number: int
    first_surface: bool
    dtype: int
    new_modes: bool
    leads: bool


def _points(case: Case, route: Route, place: Place, profile: str) -> list[Point]:
    """The points that a profile asks of a route.

    full   documented cases: everything. Others: value and gradient by their first route on every surface in every dtype; in
           the widest, jvp, hvp and third by the first quick route of each mode composition, jvp and hvp by the first of these
           on the other surfaces; the other routes at one point
    quick  documented cases: each operator's first route in the widest dtype (at points of one shape if compiled, Jacobian,
           Hessian and third at one), in the others gradient and, unless it is compiled, value and hvp at one point; the other
           routes at one point in the widest dtype, the slow ones for sample cases only. Others: the gradient by its first route
           in the widest dtype, by complex numbers at one point. If it is slow: all at one point, one function of each
           operation, complex functions of complex numbers only, no conventions, and no workloads, which are made of the others.
           No wide points
    """
    by_columns = route.operator in SCALAR_ONLY and route.modes and "rev" not in route.modes
    matrix = route.operator in ("jacobian", "hessian") or by_columns
    points = [p for p in case.points if not matrix or size(p) <= LARGEST_MATRIX]
    one = ([p for p in points if p.tier == "generic"] or points)[:1]
    documented, first = case.family == "documented", place.number == 0
    if profile == "full":
        if documented or (first and route.operator in ("value", "gradient")):
            return points
        directed = place.new_modes and route.operator in ("jvp", "hvp", "third") and not route.slow
        if place.dtype or not (place.first_surface or (first and directed and route.operator != "third")):
            return []
        return points if directed else one
    points = [p for p in points if p.tier != "wide"]
    if not documented:
        twice = route.arguments != "complex" and case.function("complex") is not None
        if not first or (route.slow and (twice or case.family in ("workload", "convention") or not place.leads)):
            return []
        return one if route.slow or route.arguments != "real" else points
    if place.dtype:
        asked = first and route.operator in (("gradient",) if route.compiled else ("value", "gradient", "hvp"))
        return one if asked else []
    if first:
        alike = [p for p in points if not route.compiled or shapes(p) == shapes(one[0])]
        return one if matrix or route.operator == "third" else alike
    return one if case.sample or not route.slow else []


@cache
def representable(point: Point, form: Format) -> bool:
    """Whether the point stays itself in the format: no number vanishes, becomes subnormal or overflows, or becomes whole.

    Whole numbers are where poles and kinks are: 0.999 is 1 in bfloat16.
    """
    return all(_held(x, form) for value in point.inputs for x in _numbers(value))


def _held(x: float, form: Format) -> bool:
    if not math.isfinite(x):
        return True
    if x == 0 or x.is_integer():
        return abs(x) <= form.largest
    return form.smallest <= abs(x) <= form.largest and not float(form.dtype.type(x)).is_integer()


def _numbers(value: Literals | Draw) -> Iterator[float]:
    if isinstance(value, tuple):
        for part in value:
            yield from _numbers(part)
    elif not isinstance(value, Draw):
        yield value


@cache
def size(point: Point) -> int:
    """Number of elements of all arguments together."""
    return sum(map(math.prod, shapes(point)))


@cache
def shapes(point: Point) -> tuple[tuple[int, ...], ...]:
    """Shape of each argument."""
    return tuple(value.shape if isinstance(value, Draw) else _shape(value) for value in point.inputs)


def _shape(value: Literals) -> tuple[int, ...]:
    if not isinstance(value, tuple):
        return ()
    return (len(value), *(_shape(value[0]) if value else ()))


def _selected(check: AnyCheck, selection: Selection) -> bool:
    case, route = (check.case.id, check.route.name) if isinstance(check, Check) else ("", "")
    wanted = (
        (case, selection.cases),
        (check.operator, selection.operators),
        (route, selection.routes),
        (check.dtype, selection.dtypes),
        (check.id, selection.checks),
    )
    return all(_any(value, globs) for value, globs in wanted)


def _any(value: str, globs: tuple[str, ...]) -> bool:
    return not globs or any(value == glob or fnmatchcase(value, glob) for glob in globs)


def _refuse_unknown(adapter: Adapter, cases: tuple[Case, ...], selection: Selection) -> None:
    offered = {
        "case": (selection.cases, {case.id for case in cases}),
        "operator": (selection.operators, {*OPERATORS, "import", "refuse"}),
        "route": (selection.routes, {route.name for route in adapter.routes}),
        "dtype": (selection.dtypes, set(FORMATS)),
    }
    for kind, (globs, names) in offered.items():
        for glob in globs:
            if not any(_any(name, (glob,)) for name in names):
                some = ", ".join(sorted(names)[:12])
                raise NothingSelected(f"no {kind} of {adapter.name!r} matches {glob!r}", f"choose among {some} …")


@cache
def _text(case: Case) -> str:
    cells = [cell.cell_contents for cell in getattr(case.fn, "__closure__", None) or ()]
    options = [value for value in cells if isinstance(value, str | int | float | tuple | dict)]
    truth = inspect.getsource(case.truth) if case.truth else ""
    return f"{case.id}\n{inspect.getsource(case.fn)}{truth}\n{options}\n{case.names}\n{case.points!r}\n"
