"""One writer at a time, also across machines on one share: a lease file that its holder renews."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ownerbook.schema.words import Text
from ownerbook.storage.atomic import private_folder
from ownerbook.storage.disk import Disk

SECONDS = 120.0


class Held(Exception):
    """Somebody else holds the lease. who: machine and process, for people."""

    def __init__(self, who: str) -> None:
        super().__init__(who)
        self.who = who
        zh = f"另一个程序（{who}）正在写这个工作区，请过两分钟再试"
        self.message = Text(zh, f"another program ({who}) is writing into this workspace; try again in two minutes")


@dataclass(slots=True)
class Lease:
    """A lease on a name in a folder. It ends when its file has not been renewed for `seconds`, or when its process on this machine is gone."""

    path: Path
    seconds: float = SECONDS
    token: str = field(default_factory=lambda: secrets.token_hex(8))

    def take(self) -> None:
        """Take it. Raises Held, or OSError where the folder cannot be written."""
        private_folder(self.path.parent)
        mine = json.dumps({"token": self.token, "host": socket.gethostname(), "pid": os.getpid()}).encode() + b"\n"
        disk, draft = Disk(), self.path.with_name(f".{self.path.name}.{self.token}.part")
        try:
            disk.create(draft, mine)  # whole before it has its name: an empty lease would keep everybody out until it is old
            for _ in range(3):
                try:
                    disk.place(draft, self.path)
                    return
                except FileExistsError:
                    holder = self._holder()
                    if holder is not None and not self._over(holder):
                        raise Held(f"{holder.get('host', '?')} ({holder.get('pid', '?')})") from None
                    aside = self.path.with_name(f".{self.path.name}.{self.token}")
                    with contextlib.suppress(OSError):  # one who was as quick may have moved it
                        self.path.rename(aside)
                        aside.unlink()
        finally:
            disk.remove(draft)
        raise Held("?")

    def renew(self) -> bool:
        """Say that we are still at work. False where the lease was taken over meanwhile."""
        holder = self._holder()
        if holder is None or holder.get("token") != self.token:
            return False
        os.utime(self.path)
        return True

    def give_back(self) -> None:
        """End it, if it is still ours."""
        holder = self._holder()
        if holder is not None and holder.get("token") == self.token:
            try:
                self.path.unlink()
            except OSError:  # a virus scanner looks at it: it stays, and is over
                with contextlib.suppress(OSError):
                    os.utime(self.path, (0, 0))

    def _holder(self) -> dict[str, Any] | None:
        try:
            found = json.loads(self.path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError):
            return {}  # just being written, or damaged: only its age tells
        return found if isinstance(found, dict) else {}

    def _over(self, holder: dict[str, Any]) -> bool:
        try:
            age = time.time() - self.path.stat().st_mtime
        except OSError:
            return True
        if age > self.seconds:
            return True
        pid = holder.get("pid")
        return holder.get("host") == socket.gethostname() and isinstance(pid, int) and not _runs(pid)


def _runs(pid: int) -> bool:
    if os.name == "nt":
        return True  # asking would need the system's own calls; the age decides
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def writing(root: Path, *, seconds: float = SECONDS) -> Iterator[Lease]:
    """The one that may write into a workspace. Raises Held."""
    lease = Lease(root / ".ownerbook" / "writing.lease", seconds)
    lease.take()
    try:
        yield lease
    finally:
        lease.give_back()
