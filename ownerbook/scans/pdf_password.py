"""Whether a PDF that is encrypted opens without a password: many forbid only printing or changing (ISO 32000-1 §7.6.3, ISO 32000-2 §7.6.4)."""

from __future__ import annotations

import hashlib
import re
from typing import Final

_PAD: Final = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")


def opens_without(body: bytes, first_id: bytes) -> bool:
    """Whether the empty password is the one that readers ask for. body: the dictionary of /Encrypt; first_id: the first part of /ID.

    False also where that cannot be told.
    """
    revision, owner, user = _number(body, b"R"), _string(body, b"O"), _string(body, b"U")
    try:
        if revision in (2, 3, 4):
            return _opens_old(body, revision, owner[:32], user, first_id)
        if revision in (5, 6) and len(user) >= 48:
            salted = user[32:40]
            found = hashlib.sha256(salted).digest() if revision == 5 else _hardened(salted)
            return found == user[:32]
    except (ValueError, ArithmeticError):
        return False
    return False


def _opens_old(body: bytes, revision: int, owner: bytes, user: bytes, first_id: bytes) -> bool:
    if len(owner) != 32 or len(user) < 32:
        return False
    length = min(max(_number(body, b"Length") or 40, 40), 128) // 8 if revision > 2 else 5
    if revision == 4:
        length = 16
    seed = _PAD + owner + (_number(body, b"P") & 0xFFFFFFFF).to_bytes(4, "little") + first_id
    if revision == 4 and re.search(rb"/EncryptMetadata\s{0,8}false", body):
        seed += b"\xff\xff\xff\xff"
    key = hashlib.md5(seed, usedforsecurity=False).digest()
    if revision == 2:
        return _rc4(key[:length], _PAD) == user[:32]
    for _ in range(50):
        key = hashlib.md5(key[:length], usedforsecurity=False).digest()
    out = hashlib.md5(_PAD + first_id, usedforsecurity=False).digest()
    for n in range(20):
        out = _rc4(bytes(b ^ n for b in key[:length]), out)
    return out == user[:16]


def _hardened(salt: bytes) -> bytes:
    """Algorithm 2.B for the empty password."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key, n = hashlib.sha256(salt).digest(), 0
    while True:
        cipher = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        out = cipher.update(key * 64) + cipher.finalize()
        kind = ("sha256", "sha384", "sha512")[int.from_bytes(out[:16], "big") % 3]
        key, n = hashlib.new(kind, out).digest(), n + 1
        if n >= 64 and out[-1] <= n - 32:
            return key[:32]


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def _number(body: bytes, name: bytes) -> int:
    m = re.search(rb"/" + name + rb"\s{0,8}(-?\d{1,12})\b", body)
    return int(m[1]) if m else 0


def _string(body: bytes, name: bytes) -> bytes:
    m = re.search(rb"/" + name + rb"\s{0,8}([<(])", body)
    return string_at(body, m.start(1)) if m else b""


def string_at(body: bytes, at: int) -> bytes:
    """A string of PDF that begins at a place, at most 128 bytes of it."""
    if body[at : at + 1] == b"<":
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", body[at + 1 : at + 600].partition(b">")[0])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    plain = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
    out, depth, i = bytearray(), 1, at + 1
    while i < len(body) and len(out) < 128:
        c = body[i : i + 1]
        if c == b"\\":
            if octal := re.match(rb"[0-7]{1,3}", body[i + 1 : i + 4]):
                out.append(int(octal[0], 8) & 0xFF)
                i += 1 + len(octal[0])
                continue
            c = body[i + 1 : i + 2]
            out += plain.get(c, c)
            i += 2
            continue
        depth += (c == b"(") - (c == b")")
        if not depth:
            break
        out += c
        i += 1
    return bytes(out)
