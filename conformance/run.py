"""Run one check: (check, adapter, oracle) → Record. Never raises for an adapter's fault; works without pytest."""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from conformance import convention
from conformance.adapter import Adapter, Arrays, Layout, NoValues, Program, Unsupported
from conformance.case import Case, Point
from conformance.compare import NEST, Verdict, WrongStructure, compare, leaves, place
from conformance.dtype import FORMATS, Format
from conformance.oracle import Answer, Oracle
from conformance.plan import AnyCheck, Check, Preliminary, declared
from conformance.record import RED, Record

FAULTS = (BaseException,)
"""What a framework may do to a check: sys.exit or a Rust panic inside it is an error of that check, not the end of the run."""

LONGEST = 1000
"""Characters of a framework's message that are kept; of a longer one, beginning and end, where the reason may stand."""

Leaves = dict[tuple[int, ...], NDArray[Any] | None]


@dataclass(frozen=True)
class Question:
    """A check's arrays: rounded to the dtype first, so that they are exact from there on."""

    inputs: tuple[NDArray[Any], ...]
    tangents: tuple[NDArray[Any], ...]
    cotangent: NDArray[Any]


def run(check: AnyCheck, adapter: Adapter, oracle: Oracle, device: str) -> Record:
    """Run one check on `device`; the adapter has to be started (the check "import" starts it)."""
    clock = _Clock()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a framework warns of is not what is judged
            verdict = _judge(check, adapter, oracle, device, clock)
    except FAULTS as fault:
        verdict = Verdict("error", _describe(fault))
    return record(check, device, verdict, clock.seconds)


def record(check: AnyCheck, device: str, verdict: Verdict, seconds: float = 0.0) -> Record:
    """The record of a check whose verdict is known."""
    return Record(
        id=check.id,
        adapter=check.adapter,
        operator=check.operator,
        dtype=check.dtype,
        device=device,
        seconds=round(seconds, 6),
        **_about(check),
        **asdict(verdict),
    )


def _about(check: AnyCheck) -> dict[str, Any]:
    if isinstance(check, Preliminary):
        return {"family": "preliminary"}
    return {
        "case": check.case.id,
        "family": check.case.family,
        "point": check.point.name,
        "tier": check.point.tier,
        "route": check.route.name,
        "modes": check.route.modes,
        "compiled": check.route.compiled,
        "surface": check.surface,
    }


class _Clock:
    """Seconds spent in the framework."""

    seconds = 0.0

    def time(self, call: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        try:
            return call()
        finally:
            self.seconds += time.perf_counter() - started


def _judge(check: AnyCheck, adapter: Adapter, oracle: Oracle, device: str, clock: _Clock) -> Verdict:
    clock.time(lambda: adapter.start(device))
    if isinstance(check, Check):
        return _derivative(check, adapter, oracle, device, clock)
    return Verdict("pass") if check.operator == "import" else _refuse(check, adapter, device)


def _refuse(check: Preliminary, adapter: Adapter, device: str) -> Verdict:
    try:
        found = adapter.layout(adapter.array(np.zeros(2, FORMATS[check.dtype].dtype), device))
    except Exception as fault:
        return Verdict("unsupported", _describe(fault))
    if found.dtype != check.dtype:
        return Verdict("unsupported", f"{check.dtype} becomes {found.dtype}")
    return Verdict("error", f"{adapter.name} does not list {check.dtype}, but holds it: list it in dtypes()")


def _derivative(check: Check, adapter: Adapter, oracle: Oracle, device: str, clock: _Clock) -> Verdict:
    case, point, route, form = check.case, check.point, check.route, FORMATS[check.dtype]
    claims = declared(adapter, check, device)
    try:
        program = _program(adapter, case, check.surface, route.arguments)
    except FAULTS as fault:
        return _refused(fault, claims)
    asked = question(oracle, case, point, form.name)
    x, t = (tuple(adapter.array(a, device) for a in arrays) for arrays in (asked.inputs, asked.tangents))
    w = adapter.array(asked.cotangent, device)
    try:
        results = _twice(adapter, lambda: clock.time(lambda: route.call(program, x, t, w)))
    except FAULTS as fault:
        return _refused(fault, claims)
    for claim in claims:
        if claim.always:
            return Verdict("error", f"declared unsupported ({claim.reason}), but it returned: remove the declaration")
    if point.tier == "convention":
        made, judge = asked.inputs, lambda got: convention.judge(got, point, form)
    else:
        answer = truth(oracle, case, point, check.operator, route.modes, form.name)
        made, judge = answer.values, lambda got: compare(got, answer, check.operator, form)
    try:
        first, second = (_arrays(adapter, result, made, check, device) for result in results)
        _intact(adapter, (*x, *t, w), (*asked.inputs, *asked.tangents, asked.cotangent))
    except WrongStructure as fault:
        return Verdict("wrong-structure", str(fault))
    except NoValues:
        return Verdict("unresolved", f"device {device} holds no values: shape, dtype and device are right")
    return _values(first, second, judge)


def _twice(adapter: Adapter, call: Callable[[], Any]) -> tuple[Any, Any]:
    try:
        return call(), call()
    finally:
        adapter.finish()


@lru_cache(maxsize=256)
def question(oracle: Oracle, case: Case, point: Point, dtype: str) -> Question:
    """The arrays of a point in one dtype."""
    form = FORMATS[dtype]
    inputs = tuple(_rounded(a, form) for a in case.inputs(point))
    shape = () if case.scalar else oracle.shape(case.reference, tuple(map(_wide, inputs)))
    tangents = tuple(_rounded(a, form) for a in case.tangents(point))
    return Question(inputs, tangents, _rounded(case.cotangent(point, shape), form))


@lru_cache(maxsize=256)
def truth(oracle: Oracle, case: Case, point: Point, operator: str, modes: str, dtype: str) -> Answer:
    """What mathematics says at a point as rounded to the dtype; one computation for all routes of one mode composition."""
    asked, form = question(oracle, case, point, dtype), FORMATS[dtype]
    wide = tuple(map(_wide, asked.inputs)), tuple(map(_wide, asked.tangents)), _wide(asked.cotangent)
    return oracle.answer(case.id, case.reference, wide[0], operator, modes, wide[1], wide[2], form.precision, form.underflow)


@lru_cache(maxsize=64)
def _program(adapter: Adapter, case: Case, surface: str, arguments: str) -> Program:
    """One object per case, surface and kind of arguments, so that an adapter can key what it compiles by it.

    Raises what the namespace raises for an operation that it has not, here, where no compiler puts its own words around that.
    """
    fn, namespace = case.function(arguments), adapter.namespace(surface)
    if fn is None:
        raise LookupError(f"{case.id} has no function of {arguments} arguments")
    for name in case.names:
        getattr(namespace, name)

    def program(*arrays: Any) -> Any:
        return fn(namespace, *arrays)

    return program


def _rounded(values: NDArray[np.float64], form: Format) -> NDArray[Any]:
    return values.astype(form.dtype)


def _wide(values: NDArray[Any]) -> NDArray[np.longdouble]:
    return values.astype(np.float64).astype(np.longdouble)


def _refused(fault: BaseException, claims: tuple[Unsupported, ...]) -> Verdict:
    whole, text = _words(fault), _describe(fault)
    for claim in claims:
        if re.search(claim.raises, whole):
            return Verdict("unsupported", claim.reason)
    if firm := [claim for claim in claims if claim.always]:
        return Verdict("error", f"declared unsupported ({firm[0].reason}), but failed differently: {text}")
    return Verdict("error", text)


def _describe(fault: BaseException) -> str:
    text = _words(fault)
    return text if len(text) <= LONGEST else f"{text[:700]} … {text[-300:]}"


def _words(fault: BaseException) -> str:
    if isinstance(fault, KeyboardInterrupt):
        raise fault
    try:
        text = " ".join(str(fault).split())
    except Exception:  # a framework's exception that cannot say what it is
        text = ""
    return f"{type(fault).__name__}: {text}"


def _arrays(adapter: Adapter, result: Any, made: Any, check: Check, device: str) -> Leaves:
    """The leaves of a result as NumPy arrays. Raises WrongStructure where nesting, shape, dtype or device differs."""
    depth = NEST.get(check.operator, 1)
    expected = dict(leaves(made, depth))
    found = dict(leaves(result, depth, made))
    for path, leaf in found.items():
        if leaf is not None:
            _fits(adapter.layout(leaf), Layout(expected[path].shape, check.dtype, device), path)
        elif check.operator == "value":
            raise WrongStructure("the value is None")
    return {path: None if leaf is None else adapter.numpy(leaf) for path, leaf in found.items()}


def _fits(got: Layout, wanted: Layout, path: tuple[int, ...]) -> None:
    for what in ("shape", "dtype", "device"):
        if getattr(got, what) != getattr(wanted, what):
            raise WrongStructure(f"{what} of {place(path)}: got {getattr(got, what)}, expected {getattr(wanted, what)}")


def _intact(adapter: Adapter, arrays: Arrays, originals: tuple[NDArray[Any], ...]) -> None:
    for number, (array, original) in enumerate(zip(arrays, originals, strict=True)):
        if adapter.numpy(array).tobytes() != original.tobytes():
            raise WrongStructure(f"the call changed its input {number}")


def _values(first: Leaves, second: Leaves, judge: Callable[[Leaves], Verdict]) -> Verdict:
    verdict = judge(first)
    if verdict.outcome in RED or _same(first, second):
        return verdict
    again = judge(second)
    if again.outcome in RED:
        return Verdict("wrong-structure", f"the second call differs from the first: {again.message}", again.error, again.bound)
    return verdict


def _same(first: Leaves, second: Leaves) -> bool:
    return all(
        (a is None) == (b is None) and (a is None or b is None or a.tobytes() == b.tobytes())
        for a, b in zip(first.values(), second.values(), strict=True)
    )
