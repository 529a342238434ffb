"""Names in Latin letters as people type them: whole pinyin without tones (wangfang), and its initials (wf).

A character counts with its usual reading, which is the first in pypinyin's table; those of names that are read in several ways, and
surnames with a reading of their own, stand below with all of them, since nobody knows which one a typist thinks of: 单 is shan and
dan. ü may be typed v, u or yu.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product

MOST = 24
"""Spellings kept of one name."""
_SURNAMES = {"单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge", "冼": "xian", "缪": "miao",
             "尉": "yu", "乐": "yue le", "任": "ren", "华": "hua", "翟": "zhai", "柏": "bai", "員": "yun", "员": "yun", "召": "shao", "黑": "he hei",
             "覃": "qin tan", "隗": "wei kui", "谌": "chen shen", "逄": "pang", "万": "wan", "洗": "xian", "宓": "mi fu", "种": "chong",
             "令": "ling", "折": "she", "秘": "bi", "繁": "po", "么": "yao", "适": "kuo", "撒": "sa", "车": "che", "石": "shi", "沈": "shen",
             "樂": "yue", "單": "shan", "區": "ou", "華": "hua", "車": "che"}  # fmt: skip
_ALSO = {"乐": "yue", "行": "hang", "长": "zhang", "朝": "zhao", "茜": "xi", "晟": "cheng", "盛": "cheng", "重": "zhong chong", "曾": "ceng",
         "参": "shen", "藏": "zang", "佛": "fu", "传": "zhuan", "强": "jiang", "都": "du", "贾": "gu", "还": "huan", "和": "huo", "琢": "zuo",
         "奇": "ji", "宿": "su", "相": "xiang", "蔚": "yu", "莞": "guan wan", "冠": "guan", "少": "shao", "调": "tiao", "率": "shuai lv",
         "发": "fa", "见": "xian", "降": "xiang", "省": "xing", "夏": "xia", "会": "hui", "殷": "yan", "着": "zhuo", "卜": "bo", "买": "mai",
         "提": "ti", "尔": "er", "阿": "a e", "拉": "la", "地": "di", "的": "di"}  # fmt: skip
_LETTERS = re.compile("[a-z]+")


@cache
def readings(sign: str) -> tuple[str, ...]:
    """How one character may be typed, the usual reading first; empty for one that is no Chinese character known to the table."""
    from pypinyin.pinyin_dict import pinyin_dict

    out: dict[str, None] = {}
    for written in (str(pinyin_dict.get(ord(sign), "")).split(",")[0], *_ALSO.get(sign, "").split()):
        plain = "".join(c for c in unicodedata.normalize("NFD", written) if not unicodedata.combining(c) or c == "\u0308")
        plain = unicodedata.normalize("NFC", plain).lower()
        for typed in [plain.replace("ü", u) for u in ("v", "u", "yu")] if "ü" in plain else [plain]:
            if _LETTERS.fullmatch(typed):
                out[typed] = None
    return tuple(out)


@cache
def _of_surname(sign: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*_SURNAMES.get(sign, "").split(), *readings(sign))))


def spellings(name: str) -> tuple[str, ...]:
    """Whole spellings and initials of a name, `wangfang wf`, each once. Empty for a name without Chinese characters."""
    parts: list[tuple[str, ...]] = []
    for at, sign in enumerate(name):
        found = _of_surname(sign) if at == 0 else readings(sign) if not sign.isascii() else ()
        if found:
            parts.append(found)
        elif sign.isascii() and sign.isalnum():
            parts.append((sign.lower(),))
    if not parts or name.isascii():
        return ()
    out: dict[str, None] = {}
    room = MOST
    while len(parts) and _count(parts) > room:  # of a long name with many readings the usual ones of its end
        longest = max(range(len(parts)), key=lambda i: (len(parts[i]), i))
        parts[longest] = parts[longest][:-1]
    for chosen in product(*parts):
        out["".join(chosen)] = None
    return (*out, *dict.fromkeys("".join(p[0] for p in chosen) for chosen in product(*parts)))


def _count(parts: list[tuple[str, ...]]) -> int:
    out = 1
    for p in parts:
        out *= len(p)
    return out


def typed(text: str) -> str:
    """What somebody typed as pinyin, in the form that is compared; '' where it is none (it holds other signs)."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = "".join(c for c in unicodedata.normalize("NFD", plain.replace("ü", "v")) if not unicodedata.combining(c))
    plain = re.sub(r"[\s'’·.-]+", "", plain)
    return plain if _LETTERS.fullmatch(plain) else ""
