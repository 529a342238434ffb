"""What the name of a scan says: a paper's number, a file's number, a house, the kind of paper (pure).

People name scans as they please: `3-2-1501 身份证.pdf`, `3栋2单元1501身份证复印件(2).jpg`, folders by house, a 档号 with whatever follows. What
is found counts only if the register holds it, so a date or a counter is no house.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from ownerbook.identifiers.house_no import HouseFormat
from ownerbook.register.documents import DOC_TYPES, DOCUMENTS
from ownerbook.schema.kinds import Choice

_USUAL: Final = {
    "身份证": "身份证件复印件", "户口本": "其他", "护照": "身份证件复印件", "通行证": "身份证件复印件", "证件": "身份证件复印件",
    "登记表": "业主登记表", "合同": "购房合同", "发票": "购房发票", "验收": "房屋交接验收单", "验房": "房屋交接验收单", "交接单": "房屋交接验收单",
    "交房": "房屋交接验收单", "隐私": "隐私告知书", "告知书": "隐私告知书", "物业服务协议": "前期物业服务协议", "前期协议": "前期物业服务协议",
    "物业协议": "前期物业服务协议", "管理规约": "临时管理规约承诺书", "临时规约": "临时管理规约承诺书", "承诺书": "临时管理规约承诺书",
    "钥匙": "钥匙交接单", "装修": "装修申请", "委托": "授权委托书", "执照": "营业执照", "变更证明": "变更证明",
}  # fmt: skip
"""Words in names of files that people choose themselves; the longest that is there speaks."""

_DASHES = re.compile(r"[\s_\-\u2010-\u2015\u2212\u30fc~,;:+.#&()\[\]{}\u3000\u3001\u3010\u3011\u300a\u300b]+")
_SPELT = re.compile(
    r"(?<![0-9A-Z])[0-9A-Z一二三四五六七八九十]{1,4}(?:号楼|栋楼|#楼|栋|幢|座|楼|#|号)-?"
    r"(?:[0-9A-Z一二三四五六七八九十甲乙丙丁东西南北中]{1,3}(?:单元|门)-?)?(?:[0-9]{1,2}层-?)?[0-9]{1,5}[A-Z]?(?:室|房|户|号)?"
)
_MOST_WORDS: Final = 8


@dataclass(frozen=True, slots=True)
class Said:
    """What a name says. docs: paper numbers; files: file numbers; houses; kinds: of paper. guesses: houses whose digits stand there without
    anything between them."""

    docs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    guesses: tuple[str, ...] = ()


@dataclass(slots=True)
class Known:
    """What the register knows by name: folded text → as it is written there."""

    docs: Mapping[str, str]
    files: Mapping[str, str]
    houses: Collection[str]
    form: HouseFormat
    more_kinds: Sequence[str] = ()
    words: dict[str, str] = field(default_factory=dict)
    digits: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        kind = DOCUMENTS.by_field["doc_type"].kind
        assert isinstance(kind, Choice)
        self.words = {**_USUAL, **dict(kind.synonyms), **{t: t for t in (*DOC_TYPES, *self.more_kinds) if t != "其他"}}
        for house in self.houses:
            bare = re.sub(r"[^0-9]", "", house)
            if len(bare) >= 5:
                self.digits.setdefault(bare, []).append(house)


def folded(text: str) -> str:
    """A text as names are compared: full width made half, capitals, every run of spaces, dashes and brackets one dash."""
    return _DASHES.sub("-", unicodedata.normalize("NFKC", text).upper()).strip("-")


def said(path: str, known: Known) -> Said:
    """What a path says, without its ending; folders count like words before the name."""
    stem = path.rpartition(".")[0] if "." in path.rpartition("/")[2] else path
    plain = "-".join(w for part in stem.split("/") if (w := folded(part)))
    kinds, rest = _kinds(plain, known.words)
    tokens = [t for t in rest.split("-") if t]
    docs, files, houses = dict[str, None](), dict[str, None](), dict[str, None]()
    at = 0
    while at < len(tokens):
        step = 1
        for end in range(min(len(tokens), at + _MOST_WORDS), at, -1):
            window = "-".join(tokens[at:end])
            if window in known.docs:
                docs[known.docs[window]] = None
            elif window in known.files:
                files[known.files[window]] = None
            elif end - at > 1 and (house := known.form.canonical(window)) and house in known.houses:
                houses[house] = None
            else:
                continue
            step = end - at
            break
        at += step
    for m in _SPELT.finditer(rest):
        house = known.form.canonical(m[0].strip("-"))
        if house and house in known.houses:
            houses[house] = None
    guesses: list[str] = []
    if not (docs or files or houses):
        for run in re.findall(r"(?<![0-9])[0-9]{5,9}(?![0-9])", rest):
            guesses += known.digits.get(run, [])
    return Said(tuple(docs), tuple(files), tuple(houses), kinds, tuple(dict.fromkeys(guesses)))


def _kinds(text: str, words: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Kinds of paper that a name holds, and the name without those words. Of words that lie in each other the longest speaks."""
    found: dict[str, None] = {}
    for word in sorted(words, key=len, reverse=True):
        if word in text:
            found[words[word]] = None
            text = text.replace(word, "-")
    if len(found) > 1:
        found.pop("其他", None)
    return tuple(found), re.sub(r"复印件|扫描件|原件|正反面|正面|反面", "-", text)
