"""Names of companies and other bodies, judged lightly: a registered name may hold brackets, digits, dots and Latin words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ownerbook.identifiers import damage, person_name
from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "placeholder", "lost-character", "masked")

_BODY = re.compile(
    r"公司|集团|企业|厂|店|行$|中心|合作社|事务所|医院|诊所|学校|学院|大学|幼儿园|银行|委员会|协会|基金会|研究院|研究所|工作室|经营部|商行|合伙|局$"
    r"|办事处|管理处|政府|支行|分行|酒店|宾馆|超市|个体工商户|\b(?:ltd|limited|inc|llc|corp|company|gmbh)\b",
    re.IGNORECASE,
)
_PLACEHOLDERS = person_name.PLACEHOLDERS | {"公司", "某公司", "XX公司", "某某公司", "单位", "测试公司", "公司名称", "企业"}
_FULL = {c: c - 0xFEE0 for c in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF08, 0xFF09)}


def looks_like_company(text: str) -> bool:
    """True when the text holds a word that names of companies and public bodies have."""
    return len(text.strip()) >= 4 and _BODY.search(text.strip()) is not None


def canonical(text: str) -> str:
    """The form on which equality rests: half-width brackets, no spaces beside Han characters, Latin letters in capitals."""
    out = "".join(c for c in text.translate(_FULL) if unicodedata.category(c) not in ("Cf", "Cc")).strip().upper()
    return re.sub(r"(?<![!-~])\s+|\s+(?![!-~])", "", re.sub(r"\s+", " ", out))


def parse(text: str) -> str | None:
    """The canonical name, None when the text names nobody."""
    return check(text).canonical or None


def check(text: str) -> Verdict:
    """Judge one cell that should name a company."""
    trimmed = text.strip()
    name = canonical(trimmed)
    if name in _PLACEHOLDERS or not any(c.isalpha() for c in name) and not set(name) & set("?□"):
        return Verdict(Status.INVALID, "placeholder")
    if re.fullmatch(r"[X×*]{2,}(?:公司)?", name):
        return Verdict(Status.INVALID, "placeholder")
    if any(person_name.is_lost(c) for c in trimmed):
        return Verdict(Status.INVALID, "lost-character")
    if damage.masked(trimmed) or damage.masked(name):
        return Verdict(Status.INVALID, "masked")
    return Verdict(Status.VALID, "", name)


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n cells."""
    return judge_column(texts, check, REASONS)


def mask(text: str) -> str:
    """The first two characters and stars."""
    name = text.strip()
    return f"{name[:2]}***" if len(name) > 2 else name[:1] + "*" if name else ""
