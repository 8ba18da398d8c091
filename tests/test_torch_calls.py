"""What the torch adapter does around a call that fails, with a stand-in for torch."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from adapters import torch_calls


def test_a_failed_compilation_leaves_no_level_of_forward_mode_open(monkeypatch: pytest.MonkeyPatch) -> None:
    levels = [0]

    def leave(level: int) -> None:
        if not levels:
            raise RuntimeError("Trying to exit a forward AD level that does not exist")
        levels.remove(level)

    def refused(x: float) -> float:
        raise NotImplementedError(f"no formula at {x}")

    monkeypatch.setattr(torch_calls, "torch", SimpleNamespace(_C=SimpleNamespace(_exit_dual_level=leave)))
    for _ in range(2):
        with pytest.raises(NotImplementedError):
            torch_calls.closing(refused)(1.0)
        assert levels == []
    levels.append(0)
    assert torch_calls.closing(lambda x: x + 1)(1.0) == 2.0
    assert levels == [0]
