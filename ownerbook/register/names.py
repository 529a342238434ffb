"""Canonical texts as numbers, so that equality over all columns of a register is equality of whole numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ownerbook.schema.cells import Bytes, Ints, Longs, Pool
from ownerbook.schema.sameness import Sameness, sameness


class Names:
    """Canonical texts, each once: equal texts have equal numbers over all columns of a register.

    A text that a cell holds as it stands is numbered by the code under which the pool holds it first, so that a healthy
    column is numbered without making a string; the texts that only reading makes have the numbers after the pool's.
    """

    def __init__(self, pool: Pool | None = None) -> None:
        self._pool = pool if pool is not None else Pool()
        self._made: list[str] = []
        self._codes: dict[str, int] = {}  # of texts asked for by themselves, -1 where no cell holds them
        self._known: dict[str, int] = {}  # their numbers
        self._keyed: dict[str, int] = {}
        self.listening: list[dict[tuple[str, ...], None]] = []  # texts and keys that `same` is asked for go to the last, in their order
        self._index: Sameness | None = None
        self._number: Ints = np.zeros(0, np.int32)  # by the first code of a text

    def _same(self) -> Sameness:
        if self._index is None:
            self._index = self._pool.derived(sameness)
            self._number = np.arange(len(self._index.first), dtype=np.int32)
        return self._index

    def of_codes(self, pool: Pool, codes: Longs) -> Ints:
        """The numbers of texts that stand in cells, by their codes in a pool."""
        same = self._same()
        if pool is not self._pool or int(codes.max(initial=0)) >= len(same.first):
            return self.numbers(pool.texts(codes))
        return self._number[same.first[codes]]

    def number(self, text: str) -> int:
        """The number of a text, new or known."""
        n = self._known.get(text)
        return int(self.numbers([text])[0]) if n is None else n

    def numbers(self, texts: Sequence[str]) -> Ints:
        """The numbers of many texts."""
        known = self._known
        self._look_up(texts)
        for text in texts:
            if text not in known:
                known[text] = self._held(text, new=True)
        return np.fromiter(map(known.__getitem__, texts), np.int32, len(texts))

    def same(self, texts: Sequence[str], keys: Sequence[str]) -> Ints:
        """The numbers of texts of which those with equal keys are one thing (S-012 and S-12); it shows as the first text met."""
        self._look_up([*texts, *keys])
        result = []
        if self.listening:
            self.listening[-1].update(dict.fromkeys(zip(texts, keys, strict=True)))
        for text, key in zip(texts, keys, strict=True):
            n = self._keyed.get(key)
            if n is None:
                n = self._keyed[key] = self.number(text)
                self._call(key, n)
            self._call(text, n)
            result.append(n)
        return np.array(result, np.int32)

    def known(self, text: str) -> int:
        """The number of a text, -1 where it never occurred."""
        n = self._known.get(text)
        if n is None:
            self._look_up([text])
            n = self._held(text)
        return n

    def _look_up(self, texts: Sequence[str]) -> None:
        """Look for texts in the pool, all at once; their codes are kept."""
        fresh = [t for t in dict.fromkeys(texts) if t not in self._codes]
        if fresh:
            self._codes.update(zip(fresh, self._same().codes_of(fresh).tolist(), strict=True))

    def _held(self, text: str, *, new: bool = False) -> int:
        code = self._codes[text]
        if code >= 0:
            return int(self._number[code])
        if new:
            self._made.append(text)
        return len(self._number) + len(self._made) - 1 if new else -1

    def _call(self, text: str, number: int) -> None:
        """From now on a text has the number of another."""
        self._known[text] = number
        if self._codes[text] >= 0:
            self._number[self._codes[text]] = number

    def matrix(self, numbers: Ints, width: int) -> tuple[Bytes, Longs]:
        """The first bytes of texts and their true lengths, as `Pool.matrix` gives them; of a number below 0 nothing."""
        matrix, lengths = np.zeros((len(numbers), width), np.uint8), np.zeros(len(numbers), np.int64)
        made = numbers >= len(self._number)
        held = (numbers >= 0) & ~made
        if held.all():
            return self._pool.matrix(numbers, width)
        matrix[held], lengths[held] = self._pool.matrix(numbers[held], width)
        if made.any():
            extra = Pool()
            extra.extend_texts([self[n] for n in numbers[made].tolist()])
            matrix[made], lengths[made] = extra.matrix(np.arange(len(extra)), width)
        return matrix, lengths

    def __getitem__(self, number: int) -> str:
        base = len(self._number)
        return self._pool.text(number) if number < base else self._made[number - base]
