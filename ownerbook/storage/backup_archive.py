"""What lies inside a backup, as one stream: each file with its name, its bytes and their SHA-256, and at the end the list of all of them.

A record is a letter, four bytes of length and so many bytes. `F` begins a file (JSON: path, changed, packed), `D` is a piece of it (at most
PIECE bytes, packed by zlib where `packed`), `E` ends it (JSON: size, sha256), `Z` ends all (JSON: files, bytes, sha256 over the list).
Pieces are packed each by itself, so that none can unpack to more than PIECE.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

from ownerbook.schema.words import Text
from ownerbook.storage.backup_cipher import CHANGED, CUT, BackupTrouble
from ownerbook.storage.within import unsafe

PIECE: Final = 256 * 1024
_LONGEST: Final = 1024 * 1024
_LOOSE: Final = frozenset({".json", ".jsonl", ".toml", ".csv", ".html", ".txt", ".ics", ".log", ".bmp", ".xls", ""})


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be kept. path: its name in the workspace, with slashes; file: where its bytes are read from; changed: ns since 1970."""

    path: str
    file: Path
    changed: int


@dataclass(slots=True)
class Contents:
    """What a backup holds: path → (size in bytes, SHA-256). gone: files that went away while it was made."""

    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    @property
    def bytes(self) -> int:
        """Bytes of all files together."""
        return sum(size for size, _ in self.files.values())

    @property
    def fingerprint(self) -> str:
        """SHA-256 over names, sizes and fingerprints."""
        listed = "\n".join(f"{p}\x1f{s}\x1f{h}" for p, (s, h) in sorted(self.files.items()))
        return hashlib.sha256(listed.encode("utf-8", "surrogatepass")).hexdigest()


def pack(sources: Iterable[Source], write: Callable[[bytes], object]) -> Contents:
    """Write files as a stream. Raises OSError; a file that is no longer there is noted as gone."""
    out = Contents()
    for source in sources:
        try:
            file = source.file.open("rb")
        except FileNotFoundError:
            out.gone.append(source.path)
            continue
        with file:
            packed = Path(source.path).suffix.lower() in _LOOSE
            write(_record(b"F", _json({"path": source.path, "changed": source.changed, "packed": packed})))
            size, digest = 0, hashlib.sha256()
            while piece := file.read(PIECE):
                size += len(piece)
                digest.update(piece)
                write(_record(b"D", zlib.compress(piece, 6) if packed else piece))
            write(_record(b"E", _json({"size": size, "sha256": digest.hexdigest()})))
            out.files[source.path] = (size, digest.hexdigest())
    write(_record(b"Z", _json({"files": len(out.files), "bytes": out.bytes, "sha256": out.fingerprint})))
    return out


def unpack(stream: Iterator[bytes], create: Callable[[str, int], IO[bytes] | None]) -> Contents:
    """Read a stream back, and prove it. create: opens the file of a path (and its time of change) for writing; None to look only.

    Raises BackupTrouble where anything is not as it was packed, or a name leads out of the folder; OSError.
    """
    out, read = Contents(), _Reader(stream)
    seen: set[str] = set()
    while True:
        letter, body = read.record()
        if letter == b"Z":
            end = _parsed(body)
            if end != {"files": len(out.files), "bytes": out.bytes, "sha256": out.fingerprint}:
                raise BackupTrouble(CHANGED)
            read.nothing_left()
            return out
        if letter != b"F":
            raise BackupTrouble(CHANGED)
        head = _parsed(body)
        path, changed, packed = head.get("path"), head.get("changed"), head.get("packed")
        if not isinstance(path, str) or not isinstance(changed, int) or not isinstance(packed, bool):
            raise BackupTrouble(CHANGED)
        fault = unsafe(path)
        if fault or os.path.normcase(path) in seen:
            zh, en = f"备份里有不安全的文件名（{path[:60]!r}），拒绝恢复", f"the backup names a file unsafely ({path[:60]!r}); it is not restored"
            raise BackupTrouble(Text(zh, en))
        seen.add(os.path.normcase(path))
        out.files[path] = _one(read, create(path, changed), packed)


def _one(read: _Reader, file: IO[bytes] | None, packed: bool) -> tuple[int, str]:
    size, digest = 0, hashlib.sha256()
    try:
        while True:
            letter, body = read.record()
            if letter == b"E":
                end = _parsed(body)
                if end != {"size": size, "sha256": digest.hexdigest()}:
                    raise BackupTrouble(CHANGED)
                return size, digest.hexdigest()
            if letter != b"D":
                raise BackupTrouble(CHANGED)
            piece = _loosened(body) if packed else body
            size += len(piece)
            digest.update(piece)
            if file is not None:
                file.write(piece)
    finally:
        if file is not None:
            file.close()


def _loosened(body: bytes) -> bytes:
    loosen = zlib.decompressobj()
    try:
        piece = loosen.decompress(body, PIECE)
    except zlib.error:
        raise BackupTrouble(CHANGED) from None
    if loosen.unconsumed_tail or not loosen.eof:
        raise BackupTrouble(CHANGED)
    return piece


class _Reader:
    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream, self._held = stream, bytearray()

    def record(self) -> tuple[bytes, bytes]:
        head = self._take(5)
        length = struct.unpack(">I", head[1:])[0]
        if length > _LONGEST:
            raise BackupTrouble(CHANGED)
        return head[:1], self._take(length)

    def nothing_left(self) -> None:
        if self._held or any(self._stream):
            raise BackupTrouble(CHANGED)

    def _take(self, count: int) -> bytes:
        while len(self._held) < count:
            piece = next(self._stream, None)
            if piece is None:
                raise BackupTrouble(CUT)
            self._held += piece
        out = bytes(self._held[:count])
        del self._held[:count]
        return out


def _record(letter: bytes, body: bytes) -> bytes:
    return letter + struct.pack(">I", len(body)) + body


def _json(body: dict[str, Any]) -> bytes:
    return json.dumps(body, ensure_ascii=True, sort_keys=True).encode()


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise BackupTrouble(CHANGED) from None
    if not isinstance(found, dict):
        raise BackupTrouble(CHANGED)
    return found
