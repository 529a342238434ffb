"""The rules as pages of the manual: an index, and a page a category with each card and its pictures."""

from __future__ import annotations

from collections.abc import Sequence

from ownerbook.reports.pages_register import GENERATED, cell, table
from ownerbook.reports.rule_words import REPAIRS, category_title, picture_cell, sheet_names, spoken
from ownerbook.rules.card import Card
from ownerbook.rules.pictures import TODAY, draw
from ownerbook.rules.unshown import UNSHOWN
from ownerbook.schema.finding import SEVERITY_WORDS
from ownerbook.schema.words import Text


def rule_pages(cards: Sequence[Card] | None = None) -> dict[str, str]:
    """docs/rules/README.md and docs/rules/<category>.md."""
    if cards is None:
        from ownerbook.rules.book import cards as all_cards

        cards = all_cards()
    letters = list(dict.fromkeys(c.code[0] for c in cards))
    out = {"rules/README.md": _index(cards, letters)}
    for letter in letters:
        out[f"rules/{letter}.md"] = _category(letter, [c for c in cards if c.code[0] == letter])
    return out


def _index(cards: Sequence[Card], letters: Sequence[str]) -> str:
    out = [
        GENERATED,
        "# 规则 / Rules",
        "",
        f"共 {len(cards)} 条。代码不会改作他用；同一类的几条加小写字母，写不带字母的代码（如 `C08`）就选中全部，写一个字母（如 `C`）选中一整类。",
        "每一条的例子同时是它的测试。命令行:`ownerbook explain C01`。",
        "",
        f"{len(cards)} rules. A code is never used again. The examples on these pages are the rules' tests.",
    ]
    for letter in letters:
        title = category_title(letter)
        out += ["", f"## [{letter} {title.zh}]({letter}.md) / {title.en}", ""]
        rows = [
            [f"[{c.code}]({letter}.md#{anchor(c)})", SEVERITY_WORDS[c.severity].zh, cell(c.title.zh), cell(c.title.en)]
            for c in cards
            if c.code[0] == letter
        ]
        out += table(["代码", "级别", "规则", "rule"], rows)
    out += ["", "## 登记簿看不出的错误 / What the register cannot show", ""]
    out += table(["代码", "为什么", "why"], [[code, cell(why.zh), cell(why.en)] for code, why in sorted(UNSHOWN.items())])
    return "\n".join(out) + "\n"


def anchor(card: Card) -> str:
    """The anchor of a card on its page."""
    return card.code.lower()


def _category(letter: str, cards: Sequence[Card]) -> str:
    title = category_title(letter)
    out = [GENERATED, f"# {letter} {title.zh} / {title.en}", "", "[全部规则 / all rules](README.md)"]
    for card in cards:
        out += _card(card)
    return "\n".join(out) + "\n"


def _card(card: Card) -> list[str]:
    (message, fix), (message_en, fix_en) = spoken(card, "zh"), spoken(card, "en")
    severity, repair = SEVERITY_WORDS[card.severity], REPAIRS[card.repair]
    out = [
        "",
        f'<a id="{anchor(card)}"></a>',
        "",
        f"## {card.code} {card.title.zh}",
        "",
        f"{severity.zh} / {severity.en} · {cell(card.title.en)}",
        "",
        f"- **例如**:{cell(message)}",
        f"- **原因**:{cell(card.why.zh)}",
        f"- **改法**:{cell(fix)}",
        f"- **修复**:{repair.zh}",
    ]
    names = sheet_names(card.sheets)
    if names:
        out.append(f"- **涉及的表**:{names}")
    out += [
        "",
        f"*{cell(message_en)}* — {cell(card.why.en)} {cell(fix_en)}",
    ]
    wrong, right = card.pictures
    for label, drawn in ((Text("会报告", "reported"), wrong), (Text("不会报告", "not reported"), right)):
        for text in drawn:
            out += _picture(label, text)
    return out


def _picture(label: Text, text: str) -> list[str]:
    picture = draw(text)
    day = f"(检查日 {picture.today.isoformat()})" if picture.today != TODAY else ""
    out = ["", f"{label.zh} / {label.en}{day}:"]
    for name, headers, rows in picture.drawn:
        body = [[f"**{cell(picture_cell(value, marked))}**" if marked else cell(value) for value, marked in row] for row in rows]
        out += ["", f"「{name}」", "", *table([cell(h) for h in headers], body)]
    return out
