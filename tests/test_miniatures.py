"""Each check type has a wrong twin that it catches, with the right outcome and the right words."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conformance.adapter import Adapter, Unsupported
from conformance.catalogue import CASES
from conformance.plan import AnyCheck, Check, Selection, plan
from conformance.record import OUTCOMES, Record, read
from conformance.run import run
from reference.oracle import ORACLE
from tests import miniatures
from tests.miniatures import CORRECT, FAULTS, Miniature

ROOT = Path(__file__).parents[1]
OPERATORS = tuple(miniatures.MODES)


def check(operator: str, case: str = "backprop4", point: str = "small", adapter: Adapter = CORRECT) -> AnyCheck:
    (found,) = plan(adapter, CASES, Selection("full", checks=(f"miniature/{case}/{point}/{operator}/call/mini/float64",)))
    return found


def outcome(adapter: Adapter, operator: str, case: str = "backprop4", point: str = "small") -> Record:
    return run(check(operator, case, point, adapter), adapter, ORACLE, "cpu")


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_right_one_passes_everywhere(operator: str) -> None:
    record = outcome(CORRECT, operator)
    assert (record.outcome, record.message) == ("pass", "")
    assert record.beta is not None
    assert record.rho is not None
    assert 0 <= record.beta <= 1 / 2
    assert record.rho < 1e-10


WORDS = {
    "always zero": ("wrong-value", "expected"),
    "opposite sign": ("wrong-value", "expected"),
    "twice": ("wrong-value", "expected"),
    "1.001 times": ("wrong-value", "expected"),
    "not a number": ("nonfinite", "got nan"),
    "infinite": ("nonfinite", "got "),
    "wrong shape": ("wrong-structure", "shape of "),
    "wrong dtype": ("wrong-structure", "got float16, expected float64"),
    "wrong device": ("wrong-structure", "got cpu:1, expected cpu"),
    "mutates its input": ("wrong-structure", "the call changed its input 0"),
    "right once": ("wrong-structure", "the second call differs from the first"),
    "raises": ("error", "ArithmeticError: no derivative today"),
    "unconnected": ("wrong-value", "unconnected"),
    "exits": ("error", "SystemExit"),
}


@pytest.mark.parametrize("operator", OPERATORS)
@pytest.mark.parametrize("fault", WORDS)
def test_every_fault_is_caught_in_every_operator(fault: str, operator: str) -> None:
    expected, words = WORDS[fault]
    if fault == "unconnected" and operator == "value":
        expected, words = "wrong-structure", "the value is None"
    record = outcome(Miniature(FAULTS[fault]), operator)
    assert record.outcome == expected
    assert words in record.message


@pytest.mark.parametrize(
    ("operator", "case", "point"),
    [
        ("gradient", "backprop4", "small"),
        ("gradient", "gaussian_bump", "interior"),
        ("hessian", "gaussian_bump", "apart"),
        ("jvp", "logsumexp2_gradient", "interior"),
        ("vjp", "matrix_factorization_gradient", "n3_m4_r2"),
        ("value", "norm2", "n64"),
    ],
)
def test_sixty_four_roundoffs_in_one_element_are_seen(operator: str, case: str, point: str) -> None:
    record = outcome(Miniature(FAULTS["one element off by 64 roundoffs"]), operator, case, point)
    assert record.outcome in ("wrong-value", "near"), record


@pytest.mark.parametrize(
    ("operator", "case", "point"),
    [
        ("gradient", "gaussian_bump", "interior"),
        ("hvp", "gaussian_bump", "interior"),
        ("jacobian", "quadratic_form_scalar", "one_third"),
        ("hessian", "matrix_factorization", "integers"),
        ("vjp", "saddle_gradient", "interior"),
    ],
)
def test_exchanged_or_transposed_results_are_caught(operator: str, case: str, point: str) -> None:
    assert outcome(Miniature(FAULTS["transposed"]), operator, case, point).outcome in ("wrong-value", "wrong-structure")


@pytest.mark.parametrize("fault", ["answers nothing", "answers a list too short"])
def test_an_answer_without_its_parts(fault: str) -> None:
    record = outcome(Miniature(FAULTS[fault]), "gradient")
    assert record.outcome == "wrong-structure"
    assert "expected a tuple of 4 at result" in record.message


def test_of_a_long_message_the_beginning_and_the_end_are_kept() -> None:
    def wordy(call: miniatures.Call) -> miniatures.Call:
        def fail(*arguments: object) -> object:
            raise ArithmeticError("first, " + "in user code, " * 200 + "the reason")

        return fail

    message = outcome(Miniature(wordy), "gradient").message
    assert message.startswith("ArithmeticError: first, ")
    assert message.endswith(", the reason")
    assert len(message) < 1100


def test_a_declared_incapacity_is_verified_by_trying() -> None:
    record = outcome(miniatures.HONEST, "gradient")
    assert (record.outcome, record.message) == ("unsupported", "no derivative")
    record = outcome(miniatures.LAZY, "gradient")
    assert record.outcome == "error"
    assert "declared unsupported (too hard), but it returned: remove the declaration" in record.message
    record = outcome(miniatures.EVASIVE, "gradient")
    assert record.outcome == "error"
    assert "declared unsupported (too hard), but failed differently: ArithmeticError" in record.message


def test_the_declared_words_are_found_in_what_the_record_leaves_out() -> None:
    def wordy(_: miniatures.Call) -> miniatures.Call:
        def refused(*arguments: object) -> object:
            raise ArithmeticError(f"{'tracing ' * 200} no derivative {'of this ' * 200}")

        return refused

    record = outcome(Miniature(wordy, (Unsupported("none", "ArithmeticError: .*no derivative"),)), "gradient")
    assert (record.outcome, record.message) == ("unsupported", "none")
    assert "no derivative" not in outcome(Miniature(wordy), "gradient").message


def test_what_a_compiler_says_of_an_absent_operation_does_not_hide_that_it_is_absent() -> None:
    class Bare(Miniature):
        def namespace(self, surface: str) -> object:
            return object()

    def compiled(call: miniatures.Call) -> miniatures.Call:
        def trace(*arguments: object) -> object:
            raise ArithmeticError("cannot compile this")

        return trace

    absent = Unsupported("absent", "has no attribute", always=False)
    record = outcome(Bare(compiled, (absent,)), "gradient", "exp", "interior")
    assert (record.outcome, record.message) == ("unsupported", "absent")


def test_a_dtype_that_is_not_listed_has_to_be_refused() -> None:
    class Shy(Miniature):
        def dtypes(self, device: str) -> tuple[str, ...]:
            return ("float32",)

        def array(self, values: object, device: str) -> miniatures.Tensor:
            return miniatures.Tensor(values)  # type: ignore[arg-type]

    adapter = Shy()
    refusals = [c for c in plan(adapter, CASES, Selection()) if c.operator == "refuse"]
    assert [c.dtype for c in refusals] == ["float64", "float16", "bfloat16"]
    record = run(refusals[0], adapter, ORACLE, "cpu")
    assert record.outcome == "error"
    assert "does not list float64, but holds it" in record.message
    (refused, *_) = (c for c in plan(CORRECT, CASES, Selection()) if c.operator == "refuse")
    assert run(refused, CORRECT, ORACLE, "cpu").outcome == "unsupported"


@pytest.mark.parametrize(("name", "expected"), [("HANGING", "timeout"), ("DYING", "crash")])
@pytest.mark.parametrize("workers", ["2"])
def test_hangs_and_deaths_are_charged_to_their_check(tmp_path: Path, name: str, expected: str, workers: str) -> None:
    records = tmp_path / "run.jsonl"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "conformance",
        "-q",
        "-n",
        workers,
        "-p",
        "no:cacheprovider",
        "--time-limit",
        "2",
    ]
    chosen = ["--adapter", f"tests.miniatures:{name}", "--check", "miniature/saddle/[c-i]*/gradient/*/float32", "--records"]
    subprocess.run([*command, *chosen, str(records)], cwd=ROOT, check=False, capture_output=True, timeout=120)
    found = read(records)
    assert found.complete
    assert [record.outcome for record in found.records] == [expected] * found.header.planned
    assert all("miniatures.py" in record.message for record in found.records)


def test_every_red_outcome_has_been_produced_here() -> None:
    produced = {outcome for outcome, _ in WORDS.values()} | {"timeout", "crash", "unsupported", "pass", "near"}
    assert set(OUTCOMES) - produced <= {"unresolved", "convention", "range", "notrun"}


def test_checks_have_stable_ids_whatever_the_selection() -> None:
    everything = {c.id for c in plan(CORRECT, CASES, Selection("full"))}
    some = plan(CORRECT, CASES, Selection("quick", cases=("saddle*",)))
    assert {c.id for c in some if isinstance(c, Check)} <= everything
