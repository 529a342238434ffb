"""A small column chart as a PNG, drawn by ourselves: every mail program shows a picture, few show SVG or CSS.

Twelve columns, a number over each, the month below. The digits are a 5 by 7 bitmap; words stand in the letter's HTML, where a
screen reader and a search find them.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    Picture = NDArray[uint8]

WIDTH: Final = 560
HEIGHT: Final = 180
_DIGITS: Final = {
    "0": "0e 11 11 11 11 11 0e",
    "1": "04 0c 04 04 04 04 0e",
    "2": "0e 11 01 06 08 10 1f",
    "3": "0e 11 01 06 01 11 0e",
    "4": "02 06 0a 12 1f 02 02",
    "5": "1f 10 1e 01 01 11 0e",
    "6": "06 08 10 1e 11 11 0e",
    "7": "1f 01 02 04 04 04 04",
    "8": "0e 11 11 0e 11 11 0e",
    "9": "0e 11 11 0f 01 02 0c",
}
"""Seven rows of five bits each, top to bottom."""
_WIDE, _TALL = 5, 7
_PAPER, _LINE, _MUTED, _INK = (255, 255, 255), (213, 220, 229), (107, 114, 128), (31, 41, 55)
_COLUMN, _LAST = (143, 170, 200), (27, 58, 92)


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture for the letter. png: its bytes; alt: what it shows, in words."""

    png: bytes
    alt: str
    title: str = ""
    width: int = WIDTH
    height: int = HEIGHT


def column_chart(points: Sequence[tuple[str, int]], *, title: str = "", scale: int = 2) -> Chart:
    """Columns for (label, count), oldest first; the last is the month told of. Labels end in digits (2026-10), of which the last part is drawn.

    scale: pixels a unit of the picture's size in the letter, for sharp screens. Raises ValueError without points or with negative counts.
    """
    if not points or any(count < 0 for _, count in points):
        raise ValueError("a chart needs counts")
    import numpy as np

    canvas: Picture = np.full((HEIGHT * scale, WIDTH * scale, 3), _PAPER, np.uint8)
    top, bottom, left, right = 26 * scale, (HEIGHT - 24) * scale, 14 * scale, (WIDTH - 14) * scale
    canvas[bottom : bottom + scale, left:right] = _LINE
    slot = (right - left) / len(points)
    wide = min(int(slot * 0.62), 46 * scale)
    most = max(count for _, count in points) or 1
    for n, (label, count) in enumerate(points):
        middle = int(left + slot * (n + 0.5))
        tall = max(round((bottom - top) * count / most), scale if count else 0)
        is_last = n == len(points) - 1
        canvas[bottom - tall : bottom, middle - wide // 2 : middle - wide // 2 + wide] = _LAST if is_last else _COLUMN
        ink = _INK if is_last else _MUTED
        _number(canvas, str(count), middle, bottom - tall - 5 * scale, scale, ink, slot)
        _number(canvas, str(int(label.rpartition("-")[2] or 0)), middle, bottom + 17 * scale, scale, ink, slot)
    return Chart(png(canvas), "，".join(f"{label} {count:,}" for label, count in points), title)


def _number(canvas: Picture, text: str, middle: int, foot: int, scale: int, ink: tuple[int, int, int], room: float) -> None:
    dot = max(1, min(scale * 3 // 2, int(room // ((_WIDE + 1) * len(text)))))
    x, top = middle - dot * ((_WIDE + 1) * len(text) - 1) // 2, foot - dot * _TALL
    for sign in text:
        for row, bits in enumerate(bytes.fromhex(_DIGITS[sign])):
            for column in range(_WIDE):
                if bits >> (_WIDE - 1 - column) & 1:
                    canvas[top + row * dot : top + (row + 1) * dot, x + column * dot : x + (column + 1) * dot] = ink
        x += (_WIDE + 1) * dot


def png(canvas: Picture) -> bytes:
    """Pixels (height, width, 3) as a PNG: RGB, eight bits, unfiltered. The same pixels give the same bytes."""
    import numpy as np

    tall, wide, _ = canvas.shape
    rows = np.zeros((tall, 1 + wide * 3), np.uint8)  # a zero before each row: not filtered
    rows[:, 1:] = canvas.reshape(tall, -1)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, tall, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts)
