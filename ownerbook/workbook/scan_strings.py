"""The fast way through the shared strings: plain ones a piece at a time, the few odd ones through expat."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from ownerbook.schema.cells import Bytes, Flag, Longs, Pool
from ownerbook.workbook.cell_texts import unescape
from ownerbook.workbook.scan_prefix import without_prefix
from ownerbook.workbook.scan_tags import NotPlain
from ownerbook.workbook.scan_texts import check, plain, resolve
from ownerbook.workbook.scan_words import MASK, word_view
from ownerbook.workbook.shared_strings import SharedStrings, collect
from ownerbook.workbook.trouble import Trouble
from ownerbook.workbook.xml_parts import MAIN, MAIN_STRICT

_HEAD = re.compile(rb"(?:\xef\xbb\xbf)?(?:<\?xml([^>]*)\?>)?\s*<sst(?=[ >/])([^>]*)>")
_NAMESPACES = tuple(b'xmlns="' + space.encode() + b'"' for space in (MAIN, MAIN_STRICT))
_LONGEST_TEXT = 16 << 20  # bytes of XML between two ends
_MOST_VARIANTS = 250  # of one element in one piece
_BEGIN, _BETWEEN, _FINISH = b"<si><t>", b"</t></si><si><t>", b"</t></si>"
_BEGIN_WORD, _FINISH_WORD = (np.uint64(int.from_bytes(s[:8], "little")) for s in (_BEGIN, _FINISH))
_BEGIN_RICH, _BETWEEN_RICH = b"<si><T>", b"</t></si><si><T>"
# What Chinese and Japanese Excel writes behind most texts; it says nothing of the text.
_GUIDE = re.compile(rb'<phoneticPr(?: [a-zA-Z]+="[a-zA-Z0-9]*")*/>')
_FORMAT = re.compile(rb'<rPr>(?:<[A-Za-z]+(?: [A-Za-z]+="[^"<&]*")*/>)*</rPr>')
_LAYOUT = re.compile(rb"(</?si>|</t>)[ \t\r\n]+")


def scan_strings(chunks: Iterable[bytes], pool: Pool) -> SharedStrings | None:
    """What `shared_strings.read_shared_strings` gives, or None where that must be asked."""
    first = len(pool)
    flags: list[Bytes] = []
    lengths: list[Longs] = []
    waiting = b""
    started = False
    try:
        for chunk in without_prefix(chunks):
            waiting += chunk
            if not started:
                head = _HEAD.match(waiting)
                if head is None:
                    if len(waiting) > 65536:
                        return None
                    continue
                if not _usual_head(head):
                    return None
                started, waiting = True, waiting[head.end() :]
            cut = waiting.rfind(b"</si>") + 5
            if cut > 5:
                _take(waiting[:cut], pool, lengths, flags)
                waiting = waiting[cut:]
            elif len(waiting) > _LONGEST_TEXT:
                return None
    except (NotPlain, Trouble):
        return None
    if not started or not re.fullmatch(rb"\s*</sst>\s*", waiting):
        return None
    empty = np.concatenate(lengths) == 0 if lengths else np.zeros(0, bool)
    return SharedStrings.of(first, np.concatenate(flags) if flags else np.zeros(0, np.uint8), empty)


def _usual_head(head: re.Match[bytes]) -> bool:
    declaration = (head[1] or b"").lower()
    usual = b"encoding" not in declaration or b'"utf-8"' in declaration or b"'utf-8'" in declaration
    return usual and any(n in head[2] for n in _NAMESPACES) and not head[2].endswith(b"/")


def _take(piece: bytes, pool: Pool, lengths: list[Longs], flags: list[Bytes]) -> None:
    """Bring whole `si` elements into the pool. Raises `NotPlain`."""
    plainest = _lengths(piece)
    if plainest is not None:
        data, length = plain(piece[len(_BEGIN) : -len(_FINISH)].replace(_BETWEEN, b""), plainest)
        pool.extend(data, length)
        lengths.append(length)
        flags.append(np.zeros(len(length), np.uint8))
        return
    tidy = _tidied(piece)
    data = tidy[len(_BEGIN) : -len(_FINISH)].replace(_BETWEEN, b"").replace(_BETWEEN_RICH, b"")
    if tidy.startswith((_BEGIN, _BEGIN_RICH)) and tidy.endswith(_FINISH) and b"<" not in data:
        buffer = np.frombuffer(tidy, np.uint8)
        tags = np.flatnonzero(buffer == 60)
        if len(tags) % 4 == 0:
            length = tags[2::4] - tags[1::4] - 3
            if int(length.sum()) == len(data):
                data, length = plain(data, length)
                pool.extend(data, length)
                lengths.append(length)
                flags.append(np.where(buffer[tags[1::4] + 1] == ord("T"), np.uint8(Flag.RICH), np.uint8(0)))
                return
    _take_odd(tidy, piece, pool, lengths, flags)


def _lengths(piece: bytes) -> Longs | None:
    """The lengths of strings that lie end to end, each `<si><t>text</t></si>`; None where there is anything else."""
    buffer, words = np.frombuffer(piece, np.uint8), word_view(piece)
    tags = np.flatnonzero(buffer == 60)
    begin, close = tags[::4], tags[2::4]
    if len(tags) % 4 or begin[0] != 0 or close[-1] + len(_FINISH) != len(piece):
        return None
    if not (begin[1:] == close[:-1] + len(_FINISH)).all() or not (buffer[close + 8] == 62).all():
        return None
    if not (words[begin] & MASK[7] == _BEGIN_WORD).all() or not (words[close] == _FINISH_WORD).all():
        return None
    return close - begin - len(_BEGIN)


def _tidied(piece: bytes) -> bytes:
    """The same strings with less around them. One in several formats, none of them struck out, becomes `<si><T>text</t></si>`."""
    tidy = piece.lstrip(b" \t\r\n").replace(b'<t xml:space="preserve">', b"<t>").replace(b"<t/>", b"<t></t>")
    if b"si>\n" in tidy or b"si>\r" in tidy:
        tidy = _LAYOUT.sub(rb"\1", tidy)
    for _ in range(_MOST_VARIANTS):
        at = tidy.find(b"<phoneticPr")
        guide = _GUIDE.match(tidy, at) if at >= 0 else None
        if guide is None:
            break
        tidy = tidy.replace(guide[0], b"")
    if b"<r>" not in tidy or b"<T>" in tidy:
        return tidy.replace(b"<T>", b"<T >")
    for _ in range(_MOST_VARIANTS):
        at = tidy.find(b"<rPr>")
        format_ = _FORMAT.match(tidy, at) if at >= 0 else None
        if format_ is None:
            break
        check(format_[0], np.zeros(0, np.int64))
        tidy = tidy.replace(format_[0], b"<struck/>" if b"<strike" in format_[0] else b"")
    return tidy.replace(b"</t></r><r><t>", b"").replace(b"<si><r><t>", _BEGIN_RICH).replace(b"</t></r></si>", _FINISH)


def _take_odd(tidy: bytes, piece: bytes, pool: Pool, lengths: list[Longs], flags: list[Bytes]) -> None:
    """The same where some are struck out or otherwise not plain."""
    if b"<!" in piece or b"<?" in piece:
        raise NotPlain("comments")
    whole = piece.split(b"</si>")[:-1]
    short = tidy.split(b"</si>")[:-1]
    odd = [i for i, s in enumerate(short) if not (s.startswith((_BEGIN, _BEGIN_RICH)) and s.endswith(b"</t>") and s.count(b"<") == 3)]
    parsed, marks = collect([b'<sst xmlns="' + MAIN.encode() + b'">', *(whole[i] + b"</si>" for i in odd), b"</sst>"])
    if len(parsed) != len(odd) or len(whole) != len(short):
        raise NotPlain("strings that are not parted as expected")
    texts = [s[len(_BEGIN) : -4] for s in short]
    flag = np.fromiter((Flag.RICH if s.startswith(_BEGIN_RICH) else 0 for s in short), np.uint8, len(short))
    for i in odd:
        texts[i] = b""
    check(b"".join(texts), np.zeros(0, np.int64))
    texts = [unescape(resolve(t).decode()).encode("utf-8", "surrogatepass") if b"&" in t or b"_x" in t or b"\r" in t else t for t in texts]
    for i, text, mark in zip(odd, parsed, marks, strict=True):
        texts[i] = text.encode("utf-8", "surrogatepass")
        flag[i] = mark
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    pool.extend(b"".join(texts), length)
    lengths.append(length)
    flags.append(flag)
