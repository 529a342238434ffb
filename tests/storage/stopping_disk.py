"""A disk that stops before or after its nth step, as a power cut does; or that is full from its nth step on."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

from ownerbook.storage.disk import Disk


class PowerCut(BaseException):
    """The machine stops here."""


class StoppingDisk(Disk):
    """at: the step, counted from 1. late: after the step is done, not before; a file being written is torn in half."""

    def __init__(self, at: int = -1, *, late: bool = False) -> None:
        self.left, self.late = at, late
        self.steps: list[str] = []

    def _step(self, name: str, act: Callable[[], None]) -> None:
        self.steps.append(name)
        self.left -= 1
        if self.left == 0:
            self.stop(act)
            return
        act()

    def stop(self, act: Callable[[], None]) -> None:
        """What happens at that step."""
        if self.late:
            act()
        raise PowerCut

    def create(self, path: Path, data: bytes) -> None:
        if self.left == 1 and self.late:
            path.write_bytes(data[: len(data) // 2])
            self.late = False
        self._step(f"create {path.name}", lambda: Disk.create(self, path, data))

    def flush(self, handle: int) -> None:
        self._step("flush", lambda: Disk.flush(self, handle))

    def replace(self, source: Path, target: Path) -> None:
        self._step(f"replace {target.name}", lambda: Disk.replace(self, source, target))

    def place(self, source: Path, target: Path) -> None:
        self._step(f"place {target.name}", lambda: Disk.place(self, source, target))

    def flush_folder(self, folder: Path) -> None:
        self._step(f"folder {folder.name}", lambda: Disk.flush_folder(self, folder))

    def remove(self, path: Path) -> None:
        if path.exists():
            self._step(f"remove {path.name}", lambda: Disk.remove(self, path))


class FullDisk(StoppingDisk):
    """A disk on which nothing more can be created from the nth step on; renaming and removing still work."""

    def create(self, path: Path, data: bytes) -> None:
        self.steps.append("create")
        self.left -= 1
        if self.left < 0:
            path.write_bytes(data[: len(data) // 3])
            raise OSError(errno.ENOSPC, "No space left on device")
        Disk.create(self, path, data)

    def _step(self, name: str, act: Callable[[], None]) -> None:
        act()
