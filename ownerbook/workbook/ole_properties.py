"""The custom document properties of an .xls: the user-defined section of its DocumentSummaryInformation ([MS-OLEPS] 2.18, 2.21)."""

from __future__ import annotations

import struct
from typing import Final

_USER_DEFINED: Final = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_NAMES, _CODE_PAGE = 0, 1  # property ids with a meaning of their own
_SHORT_TEXT, _WIDE_TEXT, _UNICODE = 0x1E, 0x1F, 1200


def user_properties(stream: bytes) -> dict[str, str]:
    """Name and text of each; numbers and days are left out. What is damaged gives what could be read before."""
    out: dict[str, str] = {}
    try:
        (count,) = struct.unpack_from("<L", stream, 24)
        for n in range(min(count, 8)):
            kind, at = struct.unpack_from("<16sL", stream, 28 + 20 * n)
            if kind == _USER_DEFINED:
                _section(stream, at, out)
    except (struct.error, UnicodeDecodeError, LookupError):
        return out
    return out


def _section(stream: bytes, at: int, out: dict[str, str]) -> None:
    (count,) = struct.unpack_from("<L", stream, at + 4)
    places = dict(struct.unpack_from("<2L", stream, at + 8 + 8 * n) for n in range(min(count, 1000)))
    page = struct.unpack_from("<H", stream, at + places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 1252
    names = _dictionary(stream, at + places[_NAMES], page) if _NAMES in places else {}
    for number, name in names.items():
        if number in places and name:
            kind, length = struct.unpack_from("<2L", stream, at + places[number])
            begin = at + places[number] + 8
            if kind == _WIDE_TEXT:
                out[name] = stream[begin : begin + 2 * length].decode("utf-16-le").rstrip("\0")
            elif kind == _SHORT_TEXT:
                out[name] = _decoded(stream[begin : begin + length], page).rstrip("\0")


def _dictionary(stream: bytes, at: int, page: int) -> dict[int, str]:
    (count,) = struct.unpack_from("<L", stream, at)
    at += 4
    out = {}
    for _ in range(min(count, 1000)):
        number, length = struct.unpack_from("<2L", stream, at)
        size = 2 * length if page == _UNICODE else length
        out[number] = _decoded(stream[at + 8 : at + 8 + size], page).rstrip("\0")
        at += 8 + (size + 3 & ~3 if page == _UNICODE else size)  # padded in Unicode only ([MS-OLEPS] 2.16)
    return out


def _decoded(raw: bytes, page: int) -> str:
    if page == _UNICODE:
        return raw.decode("utf-16-le")
    return raw.decode("utf-8" if page == 65001 else f"cp{page}", "replace")
