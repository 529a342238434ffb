"""Cells of staff's own ledgers that hold several people with their phones and documents.

`张三、李四`, `张三：138…；租客139…`, one person a line. Such cells come before registration; here they are only taken apart, what
is right in them is judged by the schemes of the parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ownerbook.identifiers import damage, number_text, person_name, phone
from ownerbook.identifiers.columns import Bytes, judge_column
from ownerbook.identifiers.damage import is_blank
from ownerbook.identifiers.phone_text import plain
from ownerbook.identifiers.verdict import Status, Verdict

REASONS = ("", "nobody", "masked", "leftover", "several")
"""`leftover` (something is not understood) and `several` (a row for each person is due) come with SUSPECT, the others with INVALID."""

OWNER = "业主"

RELATIONS: dict[str, str] = {
    **dict.fromkeys(("业主", "户主", "房主", "产权人", "本人", "业主本人", "共有人", "共有产权人"), OWNER),
    **dict.fromkeys(("配偶", "爱人", "妻子", "妻", "丈夫", "夫", "老公", "老婆", "太太", "先生"), "配偶"),
    **dict.fromkeys(("子女", "儿子", "儿", "子", "女儿", "女", "小孩", "孩子"), "子女"),
    **dict.fromkeys(("父母", "父亲", "母亲", "父", "母", "爸爸", "妈妈", "爸", "妈"), "父母"),
    **dict.fromkeys(("兄弟姐妹", "哥哥", "弟弟", "姐姐", "妹妹", "哥", "弟", "姐", "妹"), "兄弟姐妹"),
    **dict.fromkeys(("祖孙", "爷爷", "奶奶", "外公", "外婆", "孙子", "孙女"), "祖孙"),
    **dict.fromkeys(("租户", "租客", "承租人", "租住"), "租户"),
    **dict.fromkeys(("亲属", "亲戚", "其他亲属"), "其他亲属"),
    **dict.fromkeys(("朋友", "同住人", "联系人", "紧急联系人", "代理人", "受托人", "中介", "其他"), "其他"),
}
"""Words for what a person is to the house, and the value of 与业主关系 that each means (业主 for owners)."""

_WORDS = "|".join(sorted(RELATIONS, key=len, reverse=True))
_LONG_WORDS = "|".join(sorted((w for w in RELATIONS if len(w) > 1), key=len, reverse=True))
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af\ue000-\uf8ff]"
_TOKEN = re.compile(
    rf"""
      (?P<id> (?<![0-9A-Za-z]) (?: [0-9]{{17}}[0-9Xx] | [0-9]{{15}} | [HMhm][Aa]?[0-9]{{8}} | [EGeg][0-9A-Za-z][0-9]{{7}} ) (?![0-9A-Za-z]) )
    | (?P<phone> (?<![0-9]) (?: \+[0-9]{{1,3}}[- ]?[0-9][0-9 -]{{5,13}}[0-9] | 1[3-9][0-9][- ]?[0-9]{{4}}[- ]?[0-9]{{4}}
        | 0[0-9]{{2,3}}[- ]?[0-9]{{7,8}}(?:(?:-|转)[0-9]{{1,6}})? | [2-9][0-9]{{6,7}} ) (?![0-9]) )
    | (?P<relation> [(\[【] \s* (?:{_WORDS}) \s* [)\]】] | (?:{_LONG_WORDS}) (?=$|[\s:：,，、;；/(0-9+-]|{_HAN}{{2,3}}(?:$|[\s:：,，、;；/(0-9+])) )
    | (?P<other> [(\[【] [^0-9()\[\]【】]* [)\]】] )
    | (?P<latin> [A-Za-z][A-Za-z.'-]+(?:\ [A-Za-z][A-Za-z.'-]*)* )
    | (?P<name> {_HAN}+(?:[·•・‧.]{_HAN}+)* )
    | (?P<gap> (?: [\s:：,，、;；/|&-] | \+(?![0-9]) )+ )
    | (?P<rest> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_NAME = re.compile(rf"{_HAN}{{2,4}}|{_HAN}+(?:[·•・‧.]{_HAN}+)+")
_ENDING = re.compile(rf"({_HAN}{{2,4}}?)({_LONG_WORDS})")
_LABEL_WORDS = "电话 手机 手机号 手机号码 联系电话 电话号码 联系方式 座机 固话 身份证 身份证号 身份证号码 证件号码 姓名 和 与 及"
_LABELS = frozenset(_LABEL_WORDS.split())
_BEFORE_LABEL = re.compile(rf"({_HAN}{{2,4}}?)的?(?:{'|'.join(sorted((w for w in _LABELS if len(w) > 1), key=len, reverse=True))})")


@dataclass(slots=True)
class Person:
    """One person as a cell names them.

    relation: a value of 与业主关系, 业主 for an owner, '' where nothing is said. phones and ids: as written, in half width.
    leftover: what else stands there and is not understood.
    """

    name: str = ""
    relation: str = ""
    phones: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    leftover: str = ""

    @property
    def has_number(self) -> bool:
        """True when a phone or document stands beside the person."""
        return bool(self.phones or self.ids)


def parse(text: str) -> list[Person]:
    """The people in a cell, in order; nobody in an empty one.

    A name begins a new person. So does a relation without a name after a number (租客139…), and a line break. Phones and
    documents belong to the person before them, or to the one who follows when none has been named.
    """
    people: list[Person] = []
    if is_blank(text):
        return people
    for line in re.split(r"[\r\n]+", text):
        people.extend(_line(plain(line)))
    return people


def parse_column(texts: Sequence[str]) -> list[list[Person]]:
    """The people in each of n cells."""
    return [parse(text) for text in texts]


def check(text: str) -> Verdict:
    """Judge one cell that should name one person, with or without numbers."""
    people = parse(text)
    if not people:
        return Verdict(Status.INVALID, "nobody")
    if damage.masked(text):
        return Verdict(Status.INVALID, "masked")
    if any(person.leftover.strip() for person in people):
        return Verdict(Status.SUSPECT, "leftover")
    written = _written(people)
    return Verdict(Status.SUSPECT, "several", written) if len(people) > 1 else Verdict(Status.VALID, "", written)


def canonical(text: str) -> str:
    """The people in one way of writing (张三(业主) 13800001234；李四), '' where something is not understood."""
    return check(text).canonical


def check_column(texts: Sequence[str]) -> tuple[Bytes, Bytes, list[str]]:
    """Statuses, reason codes and canonical forms of n cells."""
    return judge_column(texts, check, REASONS)


def mask(text: str) -> str:
    """Surnames, masked phones and the last places of documents; what is not understood is hidden whole."""
    shown = []
    for person in parse(text):
        parts = [person_name.mask(person.name) + (f"({person.relation})" if person.relation else "")]
        parts += [*map(phone.mask, person.phones), *map(number_text.mask, person.ids), "***" if person.leftover.strip() else ""]
        shown.append(" ".join(part for part in parts if part))
    return "；".join(shown)


def names(text: str) -> list[str]:
    """The names in a cell, in order."""
    return [person.name for person in parse(text) if person.name]


def _line(text: str) -> list[Person]:
    people: list[Person] = []
    current = Person()
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "other", match[0]
        if kind == "gap" or word in _LABELS:
            if kind == "gap" and re.search("[;；]", word) and _begun(current):
                people.append(current)
                current = Person()
            continue
        if kind in ("name", "latin"):
            name, relation, rest = _named(word, kind == "latin")
            if name:
                if current.name or (current.relation and current.has_number):
                    people.append(current)
                    current = Person()
                current.name = name
                current.relation = current.relation or relation
            current.leftover += rest
        elif kind == "relation":
            value = RELATIONS[re.sub(r"[\s()\[\]【】]", "", word)]
            if word[0] in "([【" or (current.name and not current.has_number and not current.relation and _closes(text, match.end())):
                current.relation = current.relation or value
            else:
                if _begun(current):
                    people.append(current)
                    current = Person()
                current.relation = value
        elif kind == "phone":
            current.phones.append(word)
        elif kind == "id":
            current.ids.append(word.upper())
        else:
            current.leftover += word
    if _begun(current):
        people.append(current)
    return people


def _written(people: list[Person]) -> str:
    heads = [person.name + (f"({person.relation})" if person.relation else "") for person in people]
    return "；".join(" ".join([head, *map(_digits, p.phones), *p.ids]).strip() for head, p in zip(heads, people, strict=True))


def _digits(number: str) -> str:
    return phone.canonical(number) or number


def _begun(person: Person) -> bool:
    return bool(person.name or person.relation or person.has_number or person.leftover.strip())


def _closes(text: str, at: int) -> bool:
    """True when no name follows before the next number or the end: the relation is said of the name before it."""
    return re.match(rf"[\s:：,，、;；/-]*{_HAN}", text[at:]) is None


def _named(word: str, latin: bool) -> tuple[str, str, str]:
    """The name in a run of letters, a relation that ends it, and what is no name."""
    if latin:
        return word, "", ""
    if match := _BEFORE_LABEL.fullmatch(word):
        word = match[1]
    if (match := _ENDING.fullmatch(word)) and match[1] not in RELATIONS:
        return match[1], RELATIONS[match[2]], ""
    if _NAME.fullmatch(word):
        return word, "", ""
    return "", "", word
