"""The book's claims as data: every one checked by computing, none with its verdict stored beside it.

Source: *Dive into Deep Learning*, sec_multivariable_calculus, in the editions named in `claim`; statements are in our words and
notation. A claim whose tab is "reference" is a figure of ours that the chapter asks for without printing it.
"""

from __future__ import annotations

from .claim import Claim, Finding
from .claims_first_order import CHAIN_RULE, GRADIENTS
from .claims_second_order import MATRICES, SECOND_ORDER

__all__ = ["CLAIMS", "Claim", "Finding"]

CLAIMS: tuple[Claim, ...] = (*GRADIENTS, *CHAIN_RULE, *SECOND_ORDER, *MATRICES)
