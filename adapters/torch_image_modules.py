"""More modules of torch.nn under the suite's names, as in `torch_modules`. Imports no framework."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .torch_calls import torch
from .torch_modules import called, like

Function = Callable[..., Any]


def lstm_both_ways(x: Any, *parameters: Any) -> Any:
    module = torch.nn.LSTM(x.shape[-1], parameters[1].shape[1], 2, bidirectional=True, **like(x))
    names = (
        f"{kind}_l{layer}{end}"
        for layer in range(2)
        for end in ("", "_reverse")
        for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    )
    return called(module, dict(zip(names, parameters, strict=True)), x)[0]


OF_MODULES: Mapping[str, Function] = {
    "adaptive_avg_pool2d": lambda x, size: torch.nn.AdaptiveAvgPool2d(size)(x),
    "adaptive_max_pool2d": lambda x, size: torch.nn.AdaptiveMaxPool2d(size)(x),
    "channel_shuffle": lambda x, groups: torch.nn.ChannelShuffle(groups)(x),
    "local_response_norm": lambda x, *options: torch.nn.LocalResponseNorm(*options)(x),
    "lp_pool2d": lambda x, *options: torch.nn.LPPool2d(*options)(x),
    "lstm_both_ways": lstm_both_ways,
    "pixel_unshuffle": lambda x, factor: torch.nn.PixelUnshuffle(factor)(x),
}
