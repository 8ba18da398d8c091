"""What TensorFlow's adapter does to TensorFlow itself, shown with a stand-in: the tests need no framework."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from adapters import tensorflow_calls


@pytest.mark.parametrize(("entries", "left"), [(tensorflow_calls.PUSHFORWARDS, tensorflow_calls.PUSHFORWARDS), (1000, 0)])
def test_no_check_counts_on_the_traces_of_those_before(monkeypatch: pytest.MonkeyPatch, entries: int, left: int) -> None:
    inner = SimpleNamespace(_TRACE_COUNT={"Reshape": 40}, _jvp_function_cache=dict.fromkeys(range(entries)))
    monkeypatch.setattr(tensorflow_calls, "import_module", lambda name: inner)
    tensorflow_calls.forget_pushforwards()
    assert inner._TRACE_COUNT == {}
    assert len(inner._jvp_function_cache) == left


def test_another_version_of_tensorflow_may_have_no_such_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tensorflow_calls, "import_module", lambda name: SimpleNamespace())
    tensorflow_calls.forget_pushforwards()
