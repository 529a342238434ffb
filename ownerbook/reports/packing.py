"""How a finished workbook becomes bytes: packed in memory, its parts in a folder that goes away whatever happens.

The library below writes each part to a temporary file and takes it away only once it is packed; where the disk is full, parts that name people
would stay behind, and the half-written package would complain once more when it is let go.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any


def packed(book: Any, close: Callable[[], Any]) -> memoryview:
    """The package of an xlsxwriter workbook; `close` ends it.

    Raises OSError or the library's own error where the parts find no room.
    """
    package = BytesIO()
    book.filename = package
    with TemporaryDirectory(prefix="ownerbook-") as scratch:
        book.tmpdir = scratch
        close()
    return package.getbuffer()
