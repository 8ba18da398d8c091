"""The gate: every exit code, every kind of finding, each next to the case that must not be found."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters import ADAPTERS
from conformance.__main__ import main
from conformance.cover import cover
from conformance.difference import GROWTH, SMALL
from conformance.known import Known, Ledger, explain, load
from conformance.record import Record, Run
from conformance.verdict import INCOMPLETE, KINDS, OK, REGRESSION, STALE, USAGE
from tests.synthetic import FIRST, LATER, ROW, name, record, run, toml, write

F, G, H = (name("torch", case) for case in "fgh")
GOOD = run({F: "pass", G: "pass"})
WRONG = run({F: "pass", G: "wrong-value"})
KNOWN = {"id": "g", "checks": [G], **ROW}

Gate = Callable[..., tuple[int, str]]


@pytest.fixture
def gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Gate:
    """Run the command on these runs; (exit status, output)."""

    def run_gate(*runs: Run, rows: str = "", old: Run | None = None, options: tuple[str, ...] = ()) -> tuple[int, str]:
        files = [str(write(tmp_path / f"{i}.jsonl", content)) for i, content in enumerate(runs)]
        against = ["--against", str(write(tmp_path / "old.jsonl", old))] if old else []
        if rows:
            (tmp_path / "torch.toml").write_text(rows, "utf-8")
        expect = () if "--expect" in options else ("--expect", "torch")
        code = main(["gate", *files, "--known", str(tmp_path), *expect, *against, *options])
        captured = capsys.readouterr()
        return code, captured.out + captured.err

    return run_gate


# --- the exit codes, one by one


def test_0_ok(gate: Gate) -> None:
    code, text = gate(GOOD)
    assert code == OK == 0
    assert text.startswith("ok: 2 of 2 planned checks pass\n")


def test_1_regression(gate: Gate) -> None:
    code, text = gate(WRONG)
    assert code == REGRESSION == 1
    assert "regression: 1 of 2 planned checks pass; 1 failing" in text


@pytest.mark.parametrize(
    "content", ["", "{}", "no json", '{"kind": "header", "schema": 99}', '{"kind": "header", "schema": 1}']
)
def test_2_malformed_results(gate: Gate, tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.jsonl").write_text(content, "utf-8")
    code, text = gate(GOOD, options=("--against", str(tmp_path / "bad.jsonl")))
    assert code == USAGE == 2
    assert "remedy: " in text


def test_2_a_missing_file_malformed_rows_and_wrong_options(gate: Gate, tmp_path: Path) -> None:
    assert main(["gate", str(tmp_path / "none.jsonl")]) == USAGE
    assert gate(GOOD, rows="[[known]")[0] == USAGE
    assert gate(GOOD, rows="[[knwon]]\n")[0] == USAGE
    for wrong in (["gate"], ["gate", "--no-such-option"]):
        with pytest.raises(SystemExit) as status:
            main(wrong)
        assert status.value.code == USAGE


def test_2_a_name_that_would_lead_out_of_the_folder(gate: Gate) -> None:
    code, text = gate(run({}, planned=[], versions={"../../etc/x": {"x": "1"}}), options=("--expect", ""))
    assert code == USAGE
    assert "is no name of an adapter" in text


def test_2_files_that_disagree(gate: Gate) -> None:
    code, text = gate(GOOD, WRONG)
    assert code == USAGE
    assert "pass in one file and wrong-value in another" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (run({F: "pass"}, planned=[G]), "1 notrun"),
        (run({F: "pass", G: "notrun"}), "1 notrun"),
        (run({F: "pass", G: "pass"}, complete=False), "cut off before its footer"),
        (run({}), "nothing was planned"),
        (run({}, planned=[F]), "1 notrun"),
    ],
)
def test_3_incomplete(gate: Gate, content: Run, words: str) -> None:
    code, text = gate(content)
    assert code == INCOMPLETE == 3
    assert words in text
    assert "%" not in text


def test_3_an_environment_is_missing(gate: Gate) -> None:
    code, text = gate(GOOD, options=("--expect", "torch,jax"))
    assert code == INCOMPLETE
    assert "incomplete: jax" in text
    assert gate(GOOD, options=("--expect", "torch@cuda*"))[0] == INCOMPLETE
    assert gate(GOOD, options=("--expect", "torch@cpu"))[0] == OK
    code, text = gate(GOOD, old=run({F: "pass", G: "pass"}, device="cuda:0"))
    assert code == INCOMPLETE
    assert "torch on cuda:0" in text


def test_3_by_default_every_adapter_of_the_settings_is_expected(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", str(write(tmp_path / "x.jsonl", GOOD)), "--known", str(tmp_path)]) == INCOMPLETE
    assert "incomplete: jax" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({**KNOWN, "checks": [F]}, "1 of its checks do not fail"),
        ({**KNOWN, "checks": ["torch/none/*"]}, "matches no check"),
    ],
)
def test_4_stale_rows(gate: Gate, row: dict[str, Any], words: str) -> None:
    code, text = gate(GOOD, rows=toml(row))
    assert code == STALE == 4
    assert words in text


def test_4_expired_rows(gate: Gate) -> None:
    code, text = gate(WRONG, rows=toml({**KNOWN, "expires": "2020-01-01"}))
    assert code == STALE
    assert "expired on 2020-01-01" in text
    assert gate(WRONG, rows=toml({**KNOWN, "expires": "9999-01-01"}))[0] == OK


def test_a_regression_counts_before_incomplete_and_that_before_stale(gate: Gate) -> None:
    stale = toml({**KNOWN, "checks": [F]})
    assert gate(run({F: "pass", G: "near"}, planned=[H]), rows=stale)[0] == REGRESSION
    assert gate(run({F: "pass"}, planned=[H]), rows=stale)[0] == INCOMPLETE


def test_the_table_in_the_docs_has_every_kind_and_code() -> None:
    text = Path(__file__).parents[1].joinpath("docs", "gate.md").read_text("utf-8")
    for kind, (code, _) in KINDS.items():
        assert f"| {kind} | {code} |" in text


def test_the_workflow_runs_every_framework() -> None:
    text = Path(__file__).parents[1].joinpath(".github", "workflows", "conformance.yml").read_text("utf-8")
    matrix = re.search(r"framework: \[(.*)\]", text)
    assert matrix
    assert set(matrix[1].split(", ")) == set(ADAPTERS)


# --- known rows


def test_a_known_failure_is_ok(gate: Gate) -> None:
    code, text = gate(WRONG, rows=toml(KNOWN))
    assert code == OK, text


def test_a_row_that_fails_otherwise_is_red(gate: Gate) -> None:
    for other in ("crash", "nonfinite"):
        code, text = gate(run({F: "pass", G: other}), rows=toml(KNOWN))
        assert code == REGRESSION
        assert "1 otherwise" in text
    assert gate(WRONG, rows=toml({**KNOWN, "beta": [10.0, 20.0]}))[0] == REGRESSION


@pytest.mark.parametrize("header", [{"profile": "quick"}, {"filters": "--case f"}])
def test_a_row_that_matches_nothing_is_not_stale_where_not_all_was_asked(gate: Gate, header: dict[str, Any]) -> None:
    assert gate(run({F: "pass"}, **header), rows=toml(KNOWN))[0] == OK


@pytest.mark.parametrize(
    ("condition", "header", "code"),
    [
        ({"versions": "<2"}, {"version": "1.9"}, OK),
        ({"versions": "<2"}, {"version": "2.0"}, REGRESSION),
        ({"devices": ["cuda*"]}, {"device": "cuda:0"}, OK),
        ({"devices": ["cuda*"]}, {"device": "cpu"}, REGRESSION),
        ({"flags": ["NVIDIA_TF32_OVERRIDE=1"]}, {"flags": {"NVIDIA_TF32_OVERRIDE": "1"}}, OK),
        ({"flags": ["NVIDIA_TF32_OVERRIDE=1"]}, {}, REGRESSION),
        ({"checks": ["torch/*/*/*/grad/*/float64"]}, {}, OK),
        ({"checks": ["torch/*/*/*/grad/*/float32"]}, {}, REGRESSION),
        ({"checks": ["torch/*/*/*/vmap/*/float64"]}, {}, REGRESSION),
    ],
)
def test_conditions(gate: Gate, condition: dict[str, Any], header: dict[str, Any], code: int) -> None:
    assert gate(run({G: "wrong-value"}, **header), rows=toml({**KNOWN, **condition}))[0] == code


def test_one_file_serves_several_environments(gate: Gate) -> None:
    rows = toml({**KNOWN, "versions": "<2"})
    assert gate(run({G: "wrong-value"}, version="1.0"), run({G: "pass"}, version="2.0"), rows=rows)[0] == OK


def test_a_flaky_row_allows_a_pass() -> None:
    row = Known("g", (G,), "wrong-value", "r", "c", "p", flaky=True)
    assert explain([row], record(G), "1") == explain([row], record(G, "wrong-value"), "1") == ("g", "")
    assert explain([row], record(G, "crash"), "1")[1]


def test_flaky(gate: Gate) -> None:
    code, text = gate(run({F: record(F, "crash", again="pass")}))
    assert code == REGRESSION
    assert "1 flaky" in text
    assert "crash, then pass" in text
    assert "1 failing" in gate(run({F: record(F, "crash", again="crash")}))[1]


# --- against an earlier run


@pytest.mark.parametrize(
    ("before", "now", "kind", "code"),
    [
        ("pass", "wrong-value", "regressed", REGRESSION),
        ("pass", "unsupported", "regressed", REGRESSION),
        ("pass", "unresolved", "regressed", REGRESSION),
        ("unsupported", "error", "regressed", REGRESSION),
        ("pass", "crash", "newly crashing", REGRESSION),
        ("wrong-value", "timeout", "newly crashing", REGRESSION),
        ("crash", "timeout", "failing", REGRESSION),
        ("wrong-value", "wrong-value", "failing", REGRESSION),
        ("wrong-value", "pass", "fixed", OK),
        ("crash", "pass", "fixed", OK),
        ("pass", "pass", "", OK),
        ("unsupported", "pass", "", OK),
    ],
)
def test_changes(gate: Gate, before: str, now: str, kind: str, code: int) -> None:
    status, text = gate(run({F: now}, started=LATER), old=run({F: before}))
    assert status == code
    assert (f"1 {kind}: " in text) if kind else ("- " not in text)


def test_another_convention_is_told_and_gates_nothing(gate: Gate) -> None:
    def chose(got: str) -> Record:
        return record(F, "convention", got=got)

    assert gate(run({F: chose("0")}, started=LATER), old=run({F: chose("0")}))[0] == OK
    code, text = gate(run({F: chose("1")}, started=LATER), old=run({F: chose("0")}))
    assert code == OK
    assert "1 convention changed" in text
    assert "1, was 0" in text
    assert gate(run({F: "wrong-value"}, started=LATER), old=run({F: chose("0")}))[0] == REGRESSION


def test_appeared_and_vanished(gate: Gate) -> None:
    code, text = gate(run({F: "pass", H: "pass"}), old=GOOD)
    assert code == REGRESSION
    assert "1 vanished" in text
    assert G in text
    assert "1 appeared" in text
    accepted = toml({"checks": ["torch/g/*"], "change": "vanished", "reason": "g was a duplicate of f"}, table="accepted")
    assert gate(run({F: "pass", H: "pass"}), old=GOOD, rows=accepted)[0] == OK


def test_half_of_the_checks_go(gate: Gate) -> None:
    checks = [name("torch", f"c{i}") for i in range(100)]
    code, text = gate(run(dict.fromkeys(checks[:50], "pass")), old=run(dict.fromkeys(checks, "pass")))
    assert code == REGRESSION
    assert "50 vanished" in text


@pytest.mark.parametrize(("beta", "code"), [(0.25 * GROWTH, REGRESSION), (0.25 * GROWTH - 0.01, OK)])
def test_an_error_that_grew_inside_its_bound(gate: Gate, beta: float, code: int) -> None:
    new = run({F: record(F, beta=beta)})
    status, text = gate(new, old=run({F: record(F, beta=0.25)}))
    assert status == code
    assert ("error ÷ bound 1, was 0.25" in text) is (code == REGRESSION)
    accepted = {"checks": ["torch/f/*"], "change": "error-grew", "reason": "another kernel", "beta": beta}
    assert gate(new, old=run({F: record(F, beta=0.25)}), rows=toml(accepted, table="accepted"))[0] == OK


def test_an_error_that_was_zero_by_luck(gate: Gate) -> None:
    old = run({F: record(F, beta=0.0)})
    assert gate(run({F: record(F, beta=GROWTH * SMALL - 0.01)}), old=old)[0] == OK
    assert gate(run({F: record(F, beta=GROWTH * SMALL)}), old=old)[0] == REGRESSION


def test_another_question_is_not_compared(gate: Gate) -> None:
    old = run({F: record(F, beta=0.1)}, questions={"f": "old"})
    assert gate(run({F: record(F, beta=0.9)}, questions={"f": "new"}), old=old)[0] == OK


def test_the_earlier_run_of_the_same_version_is_compared_with(gate: Gate) -> None:
    old = run({F: "wrong-value"}, version="1.0", started=FIRST)
    assert "1 failing" in gate(run({F: "wrong-value"}, version="1.0", started=LATER), old=old)[1]
    assert "1 failing" in gate(run({F: "wrong-value"}, version="2.0", started=LATER), old=old)[1]


def test_runs_of_other_profiles_are_not_compared(gate: Gate) -> None:
    code, text = gate(run({F: "pass"}, profile="quick"), old=GOOD)
    assert code == USAGE
    assert "the earlier run asked for profile full" in text


def test_an_earlier_run_without_footer_is_no_baseline(gate: Gate) -> None:
    code, text = gate(GOOD, old=run({F: "pass"}, complete=False))
    assert code == USAGE
    assert "cut off before its footer" in text


def test_answers_to_older_questions_are_told_with_their_age(gate: Gate) -> None:
    jax = name("jax", "f")
    old = run({jax: "pass"}, questions={"f": "old"}, started=FIRST)
    new = run({F: "pass"}, questions={"f": "new"}, started=LATER)
    code, text = gate(new, old, options=("--expect", "torch,jax"))
    assert code == INCOMPLETE
    assert "7.0 days older" in text
    assert "1 checks have only answers to older questions" in text


# --- update


def update(gate: Gate, *runs: Run, rows: str = "", old: Run | None = None) -> tuple[int, str]:
    return gate(*runs, rows=rows, old=old, options=("--update", "--expect", "torch"))


def test_update_explains_all_and_stays_red_until_somebody_writes_a_reason(gate: Gate, tmp_path: Path) -> None:
    code, text = update(gate, WRONG)
    assert code == REGRESSION
    assert "1 unreviewed" in text
    assert "failing" not in text
    path = tmp_path / "torch.toml"
    (row,) = load(path)
    assert (row.checks, row.outcome, row.reason) == (("torch/g/*/*/*/*/*",), "wrong-value", "to be investigated")
    path.write_text(path.read_text("utf-8").replace("to be investigated", "a defect"), "utf-8")
    assert gate(WRONG)[0] == OK


def test_update_is_deterministic_and_settles(gate: Gate, tmp_path: Path) -> None:
    outcomes = {name("torch", f"c{i}", route=f"r{i % 3}"): "crash" if i % 3 == 0 else "pass" for i in range(12)}
    update(gate, run(outcomes))
    first = (tmp_path / "torch.toml").read_bytes()
    update(gate, run(dict(reversed(outcomes.items()))))
    assert (tmp_path / "torch.toml").read_bytes() == first
    (tmp_path / "torch.toml").unlink()
    update(gate, run(dict(reversed(outcomes.items()))))
    assert (tmp_path / "torch.toml").read_bytes() == first
    assert [row.checks for row in load(tmp_path / "torch.toml")] == [("torch/*/*/*/r0/*/*",)]


def test_update_keeps_what_people_wrote(gate: Gate, tmp_path: Path) -> None:
    texts = {
        "reason": 'quotes " and \\ and\ttabs',
        "confirmed": "mpmath: 1e-3",
        "reproduction": "import torch\nprint('''x''')\n",
    }
    comment = "# What torch gets wrong.\n"
    row = {**KNOWN, **texts, "checks": ["torch/*"], "except": [F], "link": "https://example.org/1", "beta": [1.0, 4.0]}
    update(gate, run({F: "pass", G: "wrong-value", H: "pass"}), rows=comment + toml(row))
    (kept,) = load(tmp_path / "torch.toml")
    assert kept.checks == ("torch/g/*/*/*/*/*",)
    assert {key: getattr(kept, key) for key in texts} == texts
    assert (kept.id, kept.link, kept.beta) == ("g", "https://example.org/1", (1.0, 4.0))
    assert (tmp_path / "torch.toml").read_text("utf-8").startswith(comment)


def test_update_drops_what_is_fixed_and_leaves_what_it_cannot_see(gate: Gate, tmp_path: Path) -> None:
    other = {**KNOWN, "id": "gpu", "devices": ["cuda*"]}
    code, _ = update(gate, GOOD, rows=toml(KNOWN, other))
    assert code == OK
    assert [row.id for row in load(tmp_path / "torch.toml")] == ["gpu"]


def test_update_gives_conditions_where_environments_differ(gate: Gate, tmp_path: Path) -> None:
    update(gate, run({F: "pass", G: "near"}, version="2.1+cpu"), run({F: "pass", G: "pass"}, version="2.0"))
    (row,) = load(tmp_path / "torch.toml")
    assert (row.versions, row.devices) == ("==2.1", ("cpu",))


def test_update_writes_removals_and_growth_for_review(gate: Gate, tmp_path: Path) -> None:
    old = run({F: record(F, beta=0.1), G: "pass"})
    code, text = update(gate, run({F: record(F, beta=0.9)}), old=old)
    assert code == REGRESSION
    assert "2 unreviewed" in text
    assert "vanished" not in text.split("- ")[0]
    tables = tomllib.loads((tmp_path / "torch.toml").read_text("utf-8"))["accepted"]
    assert {table["change"] for table in tables} == {"vanished", "error-grew"}


def test_update_does_not_touch_the_file_when_results_are_incomplete_or_malformed(gate: Gate, tmp_path: Path) -> None:
    rows = toml(KNOWN)
    assert update(gate, run({F: "crash"}, planned=[H]), rows=rows)[0] == REGRESSION
    assert (tmp_path / "torch.toml").read_text("utf-8") == rows
    assert update(gate, GOOD, WRONG, rows=rows)[0] == USAGE
    assert (tmp_path / "torch.toml").read_text("utf-8") == rows


IDS = st.lists(
    st.builds(
        lambda case, point, operator, route, dtype: name("torch", case, point, route, dtype, operator),
        *(st.sampled_from(some) for some in ("fg", "pq", ["jvp", "vjp"], ["grad", "jit(grad)[*]"], ["float64", "float32"])),
    ),
    unique=True,
    min_size=1,
)


@settings(max_examples=150, deadline=None)
@given(IDS, st.data())
def test_patterns_explain_all_and_match_nothing_else(ids: list[str], data: st.DataObject) -> None:
    wanted = data.draw(st.sets(st.sampled_from(ids)))
    patterns = cover(wanted, ids)
    row = Known("x", patterns, "crash", "", "", "")
    assert {one for one in ids if row.covers(one)} == wanted
    for pattern in patterns:
        rest = Known("x", tuple(p for p in patterns if p != pattern), "crash", "", "", "")
        assert any(not rest.covers(one) for one in wanted), "a pattern is needless"


OUTCOME = st.sampled_from(["pass", "pass", "near", "crash", "unsupported"])


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from([name("torch", c, p, r) for c in "fgh" for p in "pq" for r in "xy"]), OUTCOME, min_size=1)
)
def test_after_an_update_only_reviews_are_open(outcomes: dict[str, str]) -> None:
    from conformance.gate import judge
    from conformance.merge import sheets
    from conformance.update import updated

    content = run(outcomes)
    ledger = updated(Ledger(), sheets(content).sheets, [])
    verdict = judge({"x": content}, {"torch": ledger}, date(2026, 1, 1), ["torch"])
    assert set(verdict.kinds) <= {"unreviewed"}
    assert {one.record.outcome for one in verdict.judged if one.known} == set(outcomes.values()) & {"near", "crash"}
