"""Encryption of a backup, piece by piece: AES-256-GCM over chunks, the key from a password by scrypt.

The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015, https://eprint.iacr.org/2015/189): the nonce of a chunk is a random
prefix, its number, and whether it is the last one. So a chunk changed, exchanged, repeated or missing, and a file cut off at any byte,
are found before a byte of that chunk is believed. The head (parameters and what may be known of the file) is bound to every chunk.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from collections.abc import Iterator, Mapping
from typing import IO, Any, Final

from ownerbook.schema.words import Text

MAGIC: Final = b"ownerbook backup 1\n"
CHUNK: Final = 256 * 1024
_TAG, _PREFIX, _SALT, _KEY = 16, 7, 16, 32
_COST: Final = {"n": 2**16, "r": 8, "p": 1}
_MOST_MEMORY: Final = 512 * 1024 * 1024
_LONGEST_HEAD: Final = 64 * 1024


class BackupTrouble(Exception):
    """A backup that cannot be written or opened: what is wrong with it, and the remedy."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.zh)
        self.message = message


WRONG_PASSWORD: Final = Text(
    "密码不对，或备份文件的开头已损坏；请核对备份密码",
    "the password is wrong, or the beginning of the backup is damaged; check the backup password",
)
NO_BACKUP: Final = Text("这不是 ownerbook 的备份文件", "this is no backup made by ownerbook")
CUT: Final = Text("备份文件不完整（被截断），请换另一份备份", "the backup is cut off; take another one")
CHANGED: Final = Text("备份文件已损坏或被改动，请换另一份备份", "the backup is damaged or was changed; take another one")


def _key(password: str, salt: bytes, cost: Mapping[str, int]) -> bytes:
    return hashlib.scrypt(password.encode("utf-8"), salt=salt, n=cost["n"], r=cost["r"], p=cost["p"], maxmem=_MOST_MEMORY, dklen=_KEY)


class Sealer:
    """Writes a stream encrypted. `out` is a binary file at its beginning; about: what may be read without the password."""

    def __init__(self, out: IO[bytes], password: str, about: Mapping[str, Any]) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, self._prefix = secrets.token_bytes(_SALT), secrets.token_bytes(_PREFIX)
        head = {"about": dict(about), "chunk": CHUNK, "cost": _COST, "salt": salt.hex(), "prefix": self._prefix.hex()}
        raw = json.dumps(head, ensure_ascii=False, sort_keys=True).encode("utf-8")
        self._bound = hashlib.sha256(MAGIC + raw).digest()
        self._cipher = AESGCM(_key(password, salt, _COST))
        self._out, self._held, self._number = out, bytearray(), 0
        out.write(MAGIC + struct.pack(">I", len(raw)) + raw)

    def write(self, data: bytes) -> None:
        """Add to the stream. Raises OSError."""
        self._held += data
        while len(self._held) > CHUNK:  # the last chunk is written by `end` alone
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def end(self) -> None:
        """Write the last chunk. Without it the file counts as cut off."""
        self._put(bytes(self._held), last=True)
        self._held.clear()

    def _put(self, plain: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), plain, self._bound))
        self._number += 1


def read_about(file: IO[bytes]) -> dict[str, Any]:
    """What may be known of a backup without its password. Raises BackupTrouble, OSError."""
    head, _ = _head(file)
    return dict(head["about"])


def opened(file: IO[bytes], password: str) -> Iterator[bytes]:
    """The stream of a backup, in pieces that are each proved. Raises BackupTrouble where it is not whole, OSError."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    head, bound = _head(file)
    cipher, size, number = AESGCM(_key(password, bytes.fromhex(head["salt"]), head["cost"])), int(head["chunk"]) + _TAG, 0
    prefix = bytes.fromhex(head["prefix"])
    piece = file.read(size)
    while True:
        after = file.read(size)
        last = not after
        try:
            plain = cipher.decrypt(_nonce(prefix, number, last), piece, bound)
        except (InvalidTag, ValueError):
            raise BackupTrouble(_why(cipher, prefix, number, piece, bound, last=last)) from None
        yield plain
        if last:
            return
        piece, number = after, number + 1


def _why(cipher: Any, prefix: bytes, number: int, piece: bytes, bound: bytes, *, last: bool) -> Text:
    """A chunk that opens as one that is not the last, at the end of the file, says that the rest is missing."""
    from cryptography.exceptions import InvalidTag

    try:
        cipher.decrypt(_nonce(prefix, number, not last), piece, bound)
    except (InvalidTag, ValueError):
        return WRONG_PASSWORD if number == 0 else CUT if last else CHANGED
    return CUT if last else CHANGED


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + struct.pack(">I?", number, last)


def _head(file: IO[bytes]) -> tuple[dict[str, Any], bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise BackupTrouble(NO_BACKUP)
    sized = file.read(4)
    length = struct.unpack(">I", sized)[0] if len(sized) == 4 else 0
    raw = file.read(length) if 0 < length <= _LONGEST_HEAD else b""
    if not raw or len(raw) != length:
        raise BackupTrouble(CUT)
    try:
        head = json.loads(raw)
        cost = {k: head["cost"][k] for k in ("n", "r", "p")}
        sound = (
            isinstance(head["about"], dict)
            and all(isinstance(v, int) and v > 0 for v in cost.values())
            and 128 * cost["n"] * cost["r"] * cost["p"] <= _MOST_MEMORY // 2  # a head that was made up must not eat this machine
            and cost["n"] & (cost["n"] - 1) == 0
            and cost["n"] > 1
            and isinstance(head["chunk"], int)
            and 1024 <= head["chunk"] <= 16 * 1024 * 1024
            and len(bytes.fromhex(head["salt"])) == _SALT
            and len(bytes.fromhex(head["prefix"])) == _PREFIX
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        sound = False
    if not sound:
        raise BackupTrouble(CHANGED)
    return head, hashlib.sha256(MAGIC + raw).digest()
