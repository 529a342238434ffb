"""Fingerprints of a tab as it was read: of its frame and of each column, by what stands there and not by how the file numbers its texts and styles.

So a column of which nothing changed has its fingerprint again, whatever was written around it, and however the program that saved
the workbook put the shared strings in order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.cells import Cells, Ints, Kind, Pool, Styles
from ownerbook.schema.table import Source
from ownerbook.schema.text_hashes import Words, text_hashes

Prints = Mapping[str, str]
"""By field the fingerprint of a column, under FRAME that of rows and source."""

FRAME = ""
_NONE = "absent"
_LENGTH = 32  # hexadecimal signs


def block_prints(sheet: str, source: Source, rows: Ints, cells: Mapping[str, Cells], pool: Pool, styles: Styles) -> dict[str, str]:
    """The fingerprints of a tab. Texts count by their hashes under the key of the pool."""
    told = hashlib.sha256(repr((sheet, source, rows.dtype, len(rows))).encode("utf-8", "surrogatepass"))
    told.update(np.ascontiguousarray(rows).data)
    hashes = pool.derived(text_hashes)
    return {FRAME: told.hexdigest()[:_LENGTH]} | {name: _print_of(column, hashes, styles) for name, column in cells.items()}


def table_prints(fields: Sequence[str], blocks: Sequence[Prints]) -> dict[str, str]:
    """The fingerprints of a table made of several blocks; that of a column holds the frame's too. Empty where a block lacks them."""
    if not all(blocks):
        return {}
    out = {FRAME: _joined(b[FRAME] for b in blocks)}
    return out | {f: _joined((out[FRAME], *(b.get(f, _NONE) for b in blocks))) for f in fields}


def _joined(prints: Any) -> str:
    return hashlib.sha256(" ".join(prints).encode()).hexdigest()[:_LENGTH]


def _print_of(cells: Cells, hashes: Words, styles: Styles) -> str:
    told = hashlib.sha256()
    for array in (cells.kind, cells.flag):
        _tell(told, array)
    numbers = cells.style[:1] if _alike(cells.style) else np.unique(cells.style)
    used = [repr(styles[int(n)]) for n in numbers]
    order = sorted(set(used))
    told.update("\n".join(order).encode("utf-8", "surrogatepass"))
    if len(order) > 1:
        ranks = np.zeros(int(numbers.max()) + 1, np.int32)
        ranks[numbers] = [order.index(u) for u in used]
        _tell(told, ranks[cells.style])
    value = np.array(cells.value, np.float64).view(np.uint64)
    text = (cells.kind == Kind.TEXT) | (cells.kind == Kind.ERROR)
    if text.all():
        value = hashes[cells.value.astype(np.int64)]
    elif text.any():
        value[text] = hashes[cells.value[text].astype(np.int64)]
    _tell(told, value)
    return told.hexdigest()[:_LENGTH]


def _tell(told: Any, array: NDArray[Any]) -> None:
    """Tell an array, one that is all alike by its first entry."""
    short = array[:1] if _alike(array) else array
    told.update(f"{array.dtype} {len(array)} {len(short)};".encode())
    told.update(np.ascontiguousarray(short).data)


def _alike(array: NDArray[Any]) -> bool:
    return bool(len(array) and (array.strides == (0,) or (array == array[0]).all()))
