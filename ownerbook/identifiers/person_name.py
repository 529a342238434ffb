"""Names of persons. A name is never folded by NFKC and never loses a rare character (GB 18030, extensions A and B).

The dot of names is U+00B7 (民委发〔2016〕33号). Reasons follow ../shared/faults.json D01–D07.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ownerbook.identifiers import damage
from ownerbook.identifiers.columns import Bytes, harmless, judge_column
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "dot", "inner-space", "remark", "placeholder", "lost-character", "several", "masked")
"""`dot` and `inner-space` come with VALID, `remark` with SUSPECT, the others with INVALID."""

_FILLERS = """
业主 业主本人 业主姓名 户主 本人 住户 客户 姓名 测试 测试业主 测试用户 测试数据 无 无名 无名氏 不详 不清楚 不知道 未知 未填 未登记
未提供 没有 待定 待补 待补充 待核实 待完善 待录入 暂无 暂缺 空 空置 空房 未售 同上 某 某某 某某某 张某某 匿名 先生 女士 小姐
NULL NONE NA N/A TEST ABC ADMIN UNKNOWN
"""
PLACEHOLDERS = frozenset(_FILLERS.split())
"""Texts that fill a cell and name nobody; Latin ones in capitals."""

_DOUBLE = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙
钟离 长孙 宇文 司徒 鲜于 司空 闾丘 令狐 百里 呼延 东郭 南门 西门 轩辕 完颜 拓跋 第五 纳兰 淳于 单于 公西 段干 谷梁 左丘 梁丘 叶赫
"""
COMPOUND = frozenset(_DOUBLE.split())
"""Surnames of two characters."""

_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\ue000-\uf8ff]"
_PLAIN = re.compile(r"[\u4e00-\u9fff]{2,3}")
LONGEST_PLAIN = 9
"""Bytes of the longest name that `plain_column` knows."""
_DOTS = "•・‧．.∙⋅●･᛫"
# these hold many ranges and are dear to compile: `re` does it when the first name needs a closer look
_DOT = rf"(?<={_HAN})\s*[{re.escape(_DOTS)}]+\s*(?={_HAN})|(?<={_HAN})\s+·\s*(?={_HAN})|(?<={_HAN})·\s+(?={_HAN})"
_BETWEEN_HAN = rf"(?<={_HAN})\s+(?={_HAN})"
_TWO = rf"({_HAN})\s+({_HAN})"
_SEPARATOR = re.compile(r"[、，,；;/／\n\r]+")
_BRACKETS = re.compile(r"(?<!\s)\s*(?:\(([^()]*)\)|（([^（）]*)）|\[([^\[\]]*)\]|【([^【】]*)】|〔([^〔〕]*)〕|[(（]([^()（）]*)[)）])\s*")
_NEAR = 100  # so many places beside a separator are looked at for a letter
_BREAKS = re.compile(r"[\r\n]+")
_ALIAS = re.compile(r"[A-Za-z .'\-·]+")
_REMARKS = (
    "已故|已去世|已过世|去世|亡故|代签|代办|代收|代领|代理人|委托人|受托人|租户|租客|承租人|原业主|老业主|新业主|前业主|已售|已转让|已过户|已迁出"
    "|已搬走|共有人|监护人|联系人|产权人|业主|户主|本人"
)
_SUFFIX = rf"({_HAN}{{2,4}}?)\s*[-—－_]?\s*(?:{_REMARKS})|({_HAN}{{2,4}})\s*(?:[-—－_]+|\s)\s*代"
_PLAUSIBLE = rf"{_HAN}{{2,4}}|{_HAN}+(?:·{_HAN}+)+|[A-Za-z][A-Za-z .'\-]+"
_LOST = frozenset("?？□▢■\ufffd〓")
_CROSSED = re.compile(r"[xX×*＊ｘＸ]{2,}")
_PREFIX = rf"(?:原业主|老业主|新业主|业主|户主|租户|租客|承租人|产权人)[:： -]*({_HAN}{{2,4}})"


class PersonName(NamedTuple):
    """A name in its parts as far as they show; a dotted or Latin name has no surname."""

    surname: str
    given: str


def parse(text: str) -> PersonName | None:
    """Surname and given name, None when the text names no single person."""
    name = canonical(text)
    if not name:
        return None
    if not re.fullmatch(rf"{_HAN}+", name):
        return PersonName("", name)
    cut = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return PersonName(name[:cut], name[cut:])


def canonical(text: str) -> str:
    """The form on which equality rests: one kind of dot, no spaces between Han characters, Latin letters in capitals.

    '' when the text names nobody or several.
    """
    return check(text).canonical


def normal(text: str) -> str:
    """The text in the same way of writing, whatever it says."""
    out = "".join(" " if c.isspace() else c for c in _seen(text)).strip()
    out = re.sub(_BETWEEN_HAN, "", re.sub(_DOT, "·", out))
    return out if not any("A" <= c <= "z" for c in out) else " ".join(out.upper().split())


def check(text: str) -> Verdict:
    """Judge one cell that should name one person."""
    trimmed = _seen(text.strip()).strip()
    shown = normal(trimmed)
    if not shown or _bare(shown) in PLACEHOLDERS or _CROSSED.fullmatch(trimmed) or not any(c.isalpha() or c in _LOST for c in shown):
        return Verdict(Status.INVALID, "placeholder")
    if any(is_lost(c) for c in trimmed):
        return Verdict(Status.INVALID, "lost-character")
    if damage.masked(trimmed):
        return Verdict(Status.INVALID, "masked")
    if len(names(trimmed)) > 1:
        return Verdict(Status.INVALID, "several")
    without, found = _without_remark(trimmed)
    if found:
        while without and (again := _without_remark(without))[1]:
            without = again[0]
        kept = normal(without) if without else shown
        return Verdict(Status.SUSPECT, "remark", kept, without)
    if match := re.fullmatch(_TWO, trimmed):
        return harmless("inner-space", shown, match[1] + match[2])
    dotted = re.sub(_DOT, "·", trimmed)
    if dotted != trimmed:
        return harmless("dot", shown, dotted)
    return Verdict(Status.VALID, "", shown)


def is_lost(c: str) -> bool:
    """True for what stands where a rare character was: a box, a question mark, a code that names none.

    Every code of the planes of Han characters may be one: this Python's tables are older than some of them.
    """
    return c in _LOST or (unicodedata.category(c) in ("Co", "Cs", "Cn") and not "\U00020000" <= c <= "\U0003ffff")


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms ('' where nobody is named) of n cells."""
    return judge_column(texts, check, REASONS, is_plain)


def names(text: str) -> tuple[str, ...]:
    """The names in one cell, split at 、 ， ； / and line breaks; not between Latin words (Smith, John)."""
    pieces: list[str] = []
    start = 0
    for match in _SEPARATOR.finditer(text):
        before, after = text[max(start, match.start() - _NEAR) : match.start()].rstrip()[-1:], text[match.end() : match.end() + _NEAR].lstrip()[:1]
        if any(c.isalpha() and not c.isascii() for c in (before, after)) or "\n" in match[0] or "、" in match[0]:
            pieces.append(text[start : match.start()])
            start = match.end()
    pieces.append(text[start:])
    return tuple(piece.strip() for piece in pieces if any(c.isalpha() for c in piece))


def same_but_one(a: str, b: str) -> bool:
    """True when one character put in, left out or exchanged makes one name of the other (D06)."""
    one, other = normal(a), normal(b)
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one[at + 1 :] == other[at + 1 :] or one[at:] == other[at + 1 :] or one[at + 1 :] == other[at:]


def mask(text: str) -> str:
    """The surname and a star (张*); of several names each."""
    found = names(text) or (text.strip(),)
    return "、".join(_masked(name) for name in found)


def is_plain(text: str) -> bool:
    """True, cheaply, for two or three Han characters that are neither a placeholder nor end in a remark."""
    return _PLAIN.fullmatch(text) is not None and text not in PLACEHOLDERS


def plain_column(matrix: Bytes, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of n texts `is_plain` surely holds of, given as the first LONGEST_PLAIN bytes of each, and their true lengths."""
    good: NDArray[np.bool_] = (lengths == 6) | (lengths == 9)
    for at in (0, 3, 6):
        lead, follows = matrix[:, at], matrix[:, at + 1]
        good &= ((lead > 0xE4) & (lead <= 0xE9)) | ((lead == 0xE4) & (follows >= 0xB8)) | (lengths <= at)
    first_eight = np.ascontiguousarray(matrix[:, :8]).view(np.uint64)[:, 0]
    return good & ~np.isin(first_eight, _placeholder_heads())


@cache
def _placeholder_heads() -> NDArray[np.uint64]:
    short = [p.encode() for p in PLACEHOLDERS if _PLAIN.fullmatch(p)]
    return np.frombuffer(b"".join(p[:8].ljust(8, b"\0") for p in short), np.uint64)


def _seen(text: str) -> str:
    """The text without what nobody sees, its white space one blank or line break each."""
    if text.isprintable() and "  " not in text:
        return text
    kept = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in ("Cf", "Cc"))
    return "\n".join(line for line in (" ".join(line.split()) for line in _BREAKS.split(kept)) if line)


def _masked(name: str) -> str:
    name = re.sub(r"^[\W\d_]+", "", name) or name
    if not name:
        return ""
    return (name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[0]) + "*"


def _bare(shown: str) -> str:
    """The text without digits and brackets around it, in capitals: 业主1 and (测试) are placeholders too."""
    return re.sub(r"^[\W\d_]+|(?<![\W\d_])[\W\d_]+$", "", shown).upper() or shown


def _without_remark(text: str) -> tuple[str | None, bool]:
    """The name without its remark (None when it is not certain), and whether there is one."""
    inside = [next(part for part in m.groups(default="") if part is not None and (part or not any(m.groups()))) for m in _BRACKETS.finditer(text)]
    remarks = [part for part in inside if not _ALIAS.fullmatch(part.strip() or "A") or not part.strip()]
    if remarks:
        rest = _BRACKETS.sub("", text).strip()
        acting = any("代" in part and len(part.strip()) > 2 and part.strip() not in _REMARKS.split("|") for part in remarks)
        certain = re.fullmatch(_PLAUSIBLE, rest) is not None and not acting
        return (rest if certain else None), True
    if match := re.fullmatch(_SUFFIX, text):
        return match[1] or match[2], True
    if match := re.fullmatch(_PREFIX, text):
        return match[1], True
    return None, False
