"""Whole columns of texts judged one distinct text at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers.verdict import Status, Verdict

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]


def judge_column(
    texts: Sequence[str],
    judge: Callable[[str], Verdict],
    reasons: tuple[str, ...],
    quick: Callable[[str], bool] | None = None,
) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes (places in `reasons`) and canonical forms of n texts, shapes (n,), (n,) and n.

    `quick` may tell, cheaply and without error, that a text is valid and canonical as it stands; only the others are judged,
    each distinct one once.
    """
    n = len(texts)
    statuses, codes = np.zeros(n, np.uint8), np.zeros(n, np.uint8)
    canonicals = list(texts)
    known: dict[str, Verdict] = {}
    code = {reason: i for i, reason in enumerate(reasons)}
    rows = range(n) if quick is None else [i for i, text in enumerate(texts) if not quick(text)]
    for i in rows:
        text = texts[i]
        verdict = known.get(text)
        if verdict is None:
            verdict = known[text] = judge(text)
        statuses[i], codes[i], canonicals[i] = verdict.status, code[verdict.reason], verdict.canonical
    return statuses, codes, canonicals


def harmless(reason: str, canonical: str, suggestion: str | None) -> Verdict:
    """A value that is right and only written otherwise than agreed."""
    return Verdict(Status.VALID, reason, canonical, suggestion)
