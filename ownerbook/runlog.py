"""The log of nights and months: JSON, a line each, on the local disk; turned over when it grows; nothing personal in it.

What is written are our own words, periods, counts, kinds of errors and the place in the program. Texts of others (messages of
exceptions, names of files) go through `harmless` first.
"""

from __future__ import annotations

import contextlib
import json
import logging
import logging.handlers
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from ownerbook.schema.words import Text

SIZE: Final = 1_000_000
KEPT: Final = 5
_BOOK: Final = re.compile(r"[^\s/\\\"'，。：；（）()]+\.(?:xlsx|xlsm|xlsb|xls|ods|csv|et)\b", re.I)
_PATH: Final = re.compile(r"(?:[A-Za-z]:)?(?:[/\\][^\s/\\:'\"，。：；]+){2,}")
_HOUSE: Final = re.compile(r"(?<![0-9-])\d{1,3}[A-Za-z]?-\d{1,2}-\d{3,4}(?![0-9-])")


def harmless(text: str) -> str:
    """A text in which nothing names a person, a house, a file or a path any more: these are starred."""
    from ownerbook.identifiers import masks

    text = _PATH.sub("***", text)
    text = _BOOK.sub(lambda m: "***" + m[0][m[0].rfind(".") :], text)
    text = _HOUSE.sub(lambda m: masks.house(m[0]), text)
    return masks.auto(text)[:500]


def what_went_wrong(error: BaseException) -> Text:
    """An exception in a few words, without anything that it may have picked up from a cell."""
    message = getattr(error, "message", None)
    if isinstance(message, Text):
        return Text(harmless(message.zh), harmless(message.en))
    if isinstance(error.__cause__, OSError):
        error = error.__cause__
    if isinstance(error, OSError):
        reason = error.strerror or type(error).__name__
        return Text(f"文件操作没有成功：{reason}", f"a file could not be used: {reason}")
    if isinstance(error, MemoryError):
        return Text("内存不够", "not enough memory")
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f" {Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else ""
    return Text(f"程序出错（{type(error).__name__}{where}）", f"a fault of the program ({type(error).__name__}{where})")


class RunLog:
    """The log of one workspace on this machine. Writing never raises: a full disk must not stop the work that it tells of."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._logger = logging.Logger(f"ownerbook.{path.stem}", logging.INFO)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handler = _Quiet(path, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
            self._logger.addHandler(handler)

    def write(self, now: datetime, what: str, **said: Any) -> None:
        """A line: the moment, what happened, and what belongs to it."""
        body = {"at": now.isoformat(timespec="seconds"), "what": what} | {k: v for k, v in said.items() if v not in ("", None)}
        with contextlib.suppress(Exception):
            self._logger.info("%s", json.dumps(body, ensure_ascii=False, default=str))

    def close(self) -> None:
        """Let go of the file."""
        for handler in self._logger.handlers:
            handler.close()

    def lines(self, newest: int = 200) -> list[dict[str, Any]]:
        """The newest lines, oldest first; what is no line of ours is left out."""
        out = []
        with contextlib.suppress(OSError):
            for line in self.path.read_text("utf-8", "replace").splitlines()[-newest:]:
                with contextlib.suppress(ValueError):
                    out.append(json.loads(line))
        return out


class _Quiet(logging.handlers.RotatingFileHandler):
    """Turning over fails where another process has the file open (Windows); then the file grows on until it works."""

    def doRollover(self) -> None:  # noqa: N802  the library's name
        with contextlib.suppress(OSError):
            super().doRollover()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the library's name
        return
