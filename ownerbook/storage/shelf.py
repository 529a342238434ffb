"""Arrays and plain words that were worked out before, on this machine's own disk: each file under the fingerprint of what it was made from.

Every array has a digest of its own and is proved when it is fetched, so that what nobody asks for costs nothing. Files are for
their owner only; what no run asked for goes by itself, by size and by age.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import io
import os
import pickle
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ownerbook.schema.shelf import Torn
from ownerbook.storage.atomic import private_folder

_KIND = "part"
_DIGEST, _LENGTH = 32, 8
_LONGEST_HEAD = 256 << 20  # bytes
IDLE_DAYS = 14
SPARE = 64 << 20  # bytes of what this run did not ask for that are kept in any case
LARGEST = 1 << 30  # bytes in all that one workspace may take
# A parcel's words are pickled, and these alone are made again; whatever else a file asks for is refused.
_KNOWN: dict[tuple[str, str], type] = {("datetime", "date"): dt.date, ("datetime", "datetime"): dt.datetime, ("builtins", "frozenset"): frozenset}
_OURS = {
    ("ownerbook.schema.words", "Text"),
    ("ownerbook.schema.words", "Personal"),
    ("ownerbook.schema.finding", "Finding"),
    ("ownerbook.schema.finding", "Place"),
    ("ownerbook.schema.table", "Source"),
    ("ownerbook.schema.cells", "Style"),
    ("ownerbook.register.register", "Fact"),
}


class _Plain(pickle.Unpickler):
    """Makes our plain classes again and nothing else. A made-up file may set what hangs on such a class, too: that is put back and refused."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__(file)
        self._met: dict[type, dict[str, Any]] = {}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _OURS:
            found = super().find_class(module, name)
            self._met.setdefault(found, dict(vars(found)))
            return found
        try:
            return _KNOWN[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name}") from None

    def load(self) -> Any:
        spoilt = []
        try:
            made = super().load()
        finally:
            for ours, before in self._met.items():
                for name, now in list(vars(ours).items()):
                    if name not in before:
                        delattr(ours, name)
                    elif now is not before[name]:
                        setattr(ours, name, before[name])
                    else:
                        continue
                    spoilt.append(f"{ours.__name__}.{name}")
        if spoilt:
            raise pickle.UnpicklingError(", ".join(spoilt))
        return made


def can_be_kept(value: object) -> bool:
    """Whether a value comes back as it was."""
    kind = type(value)
    if kind in (tuple, list, set, frozenset):
        return all(map(can_be_kept, value))  # type: ignore[call-overload]
    known = kind in (str, int, float, bool, type(None), bytes) or (kind.__module__, kind.__name__) in _KNOWN
    return known or (kind.__module__, kind.__name__) in _OURS


@dataclass(slots=True)
class Kept:
    """A parcel on disk. `places`: per array its type, shape, where it begins behind `begin`, its length in bytes and its digest."""

    path: Path
    begin: int
    meta: Mapping[str, Any]
    places: Mapping[str, tuple[str, tuple[int, ...], int, int, bytes]]

    def array(self, name: str) -> NDArray[Any]:
        """Read an array and prove it."""
        dtype, shape, at, length, digest = self.places[name]
        try:
            with self.path.open("rb") as file:
                file.seek(self.begin + at)
                raw = file.read(length)
        except OSError:
            raise Torn from None
        if hashlib.sha256(raw).digest() != digest:
            raise Torn
        return np.frombuffer(raw, dtype).reshape(shape)


@dataclass(slots=True)
class DiskShelf:
    """The parcels in a folder. `program`: the fingerprint of the program; what another one kept is not looked at."""

    folder: Path
    program: str
    used: set[Path] = field(default_factory=set)
    _hash_key: int | None = None

    @property
    def hash_key(self) -> int:
        """The key under which texts are hashed of which anything is kept here: drawn once, and anew where it was lost."""
        if self._hash_key is None:
            kept = self.take("hash key")
            self._hash_key = int(kept.meta["key"]) if kept is not None else secrets.randbits(64)
            if kept is None:
                self.put("hash key", {"key": self._hash_key}, {})
        return self._hash_key

    def take(self, key: str) -> Kept | None:
        """What is kept under a key."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                digest, length = file.read(_DIGEST), int.from_bytes(file.read(_LENGTH), "little")
                if length > _LONGEST_HEAD:
                    return None
                head = file.read(length)
            if self._proof(key, head) != digest:
                return None
            meta, places = _Plain(io.BytesIO(head)).load()
            os.utime(path)
        except Exception:  # noqa: BLE001  whatever a spoilt file does to those who read it, it is none
            return None
        self.used.add(path)
        return Kept(path, _DIGEST + _LENGTH + length, meta, places)

    def put(self, key: str, meta: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Keep something."""
        pieces, places, at = [], {}, 0
        for name, array in arrays.items():
            whole = np.ascontiguousarray(array)
            pieces.append(whole)
            raw = whole.data.cast("B") if whole.size else b""
            places[name] = (whole.dtype.str, whole.shape, at, whole.nbytes, hashlib.sha256(raw).digest())
            at += whole.nbytes
        head = pickle.dumps((dict(meta), places), protocol=5)
        path = self._path(key)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        try:
            private_folder(self.folder)
            fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(fd, "wb") as file:  # not flushed to the disk: a torn file is seen by its digests
                file.write(self._proof(key, head) + len(head).to_bytes(_LENGTH, "little") + head)
                for piece in pieces:
                    if piece.size:
                        file.write(piece.data.cast("B"))
            draft.replace(path)
            self.used.add(path)
        except OSError:
            with contextlib.suppress(OSError):
                draft.unlink()

    def sweep(self) -> None:
        """Let go of what this run did not ask for: what is old, and what there is too much of. Folders of other workspaces age too."""
        now = time.time()
        with contextlib.suppress(OSError):
            for folder in self.folder.parent.iterdir():
                if folder != self.folder and folder.is_dir():
                    _forget(folder, now)
            found = [(p.stat(), p) for p in (*self.folder.glob(f"{_KIND}-*"), *self.folder.glob(".*.tmp"))]
            mine = sum(s.st_size for s, p in found if p in self.used)
            left = min(max(mine, SPARE), max(LARGEST - mine, 0))
            for status, path in sorted(((s, p) for s, p in found if p not in self.used), key=lambda f: -f[0].st_mtime_ns):
                left -= status.st_size
                if left < 0 or now - status.st_mtime > IDLE_DAYS * 86400:
                    path.unlink(missing_ok=True)

    def forget(self) -> None:
        """Let go of everything."""
        with contextlib.suppress(OSError):
            for path in self.folder.glob(f"{_KIND}-*"):
                path.unlink(missing_ok=True)

    def _proof(self, key: str, head: bytes) -> bytes:
        told = hashlib.sha256(f"{self.program}\n{key}\n".encode("utf-8", "surrogatepass"))
        told.update(head)
        return told.digest()

    def _path(self, key: str) -> Path:
        return self.folder / f"{_KIND}-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def _forget(folder: Path, now: float) -> None:
    """Remove what has lain unused in the folder of another workspace, and the folder once it is empty."""
    if not re.fullmatch(r"[0-9a-f]{16}", folder.name):
        return
    files = list(folder.iterdir())
    old = [p for p in files if re.match(r"(part|check)-[0-9a-f]{32}$", p.name) and now - p.stat().st_mtime > IDLE_DAYS * 86400]
    for path in old:
        path.unlink(missing_ok=True)
    if len(old) == len(files):
        folder.rmdir()
