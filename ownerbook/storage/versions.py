"""Kept versions of workbooks, each under its fingerprint: `.ownerbook/versions/<SHA-256>.xlsx`. What is kept is never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from ownerbook.storage.atomic import private_folder
from ownerbook.storage.disk import Disk
from ownerbook.storage.journal import FOLDER
from ownerbook.storage.redacted import SUFFIX, follow


@dataclass(slots=True)
class Versions:
    """The kept versions of a workspace."""

    root: Path
    disk: Disk = field(default_factory=Disk)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.root / FOLDER / "versions"

    def keep(self, data: bytes, suffix: str) -> str:
        """Keep a workbook's bytes; gives their SHA-256. Raises OSError."""
        print_ = hashlib.sha256(data).hexdigest()
        if self.path(print_) is None:
            private_folder(self.root / FOLDER)
            private_folder(self.folder)
            draft = self.folder / f".{print_[:24]}.part"
            self.disk.create(draft, data)
            self.disk.replace(draft, self.folder / f"{print_}{suffix.lower()}")
            self.disk.flush_folder(self.folder)
        return print_

    def path(self, fingerprint: str) -> Path | None:
        """Where a version lies, None where it is not kept. One from which data was taken by law lies under its new fingerprint."""
        found = self._lies(fingerprint)
        if found is not None or len(fingerprint) != 64 or not (self.folder / f"{fingerprint}{SUFFIX}").is_file():
            return found
        return self._lies(follow(self.folder, fingerprint))

    def _lies(self, fingerprint: str) -> Path | None:
        if len(fingerprint) != 64:
            return None
        return next((p for p in sorted(self.folder.glob(f"{fingerprint}.*")) if p.suffix != SUFFIX), None)

    def read(self, fingerprint: str) -> bytes | None:
        """The bytes of a version; None where it is not kept, or is no longer what it was."""
        path = self.path(fingerprint)
        if path is None:
            return None
        try:
            data = self.disk.read(path)
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == path.stem else None

    def all(self) -> list[tuple[str, Path]]:
        """Every kept version: its fingerprint and where it lies."""
        if not self.folder.is_dir():
            return []
        return sorted((p.stem, p) for p in self.folder.iterdir() if len(p.stem) == 64 and not p.name.startswith(".") and p.suffix != SUFFIX)
