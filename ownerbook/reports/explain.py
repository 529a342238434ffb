"""A rule explained on a terminal, with its pictures as small tables; and the list of rules."""

from __future__ import annotations

from collections.abc import Sequence

from ownerbook.reports.rule_words import REPAIRS, category_title, picture_cell, spoken
from ownerbook.reports.terminal import Paint
from ownerbook.reports.widths import pad, terminal_cells
from ownerbook.rules.card import Card
from ownerbook.rules.pictures import TODAY, Picture, draw
from ownerbook.schema.finding import SEVERITY_WORDS
from ownerbook.schema.words import Lang, Text


def explain_text(card: Card, *, lang: Lang = "zh", colour: bool = False) -> str:
    """What the rule says, why, how to mend it, and its pictures; 【】 marks the cell at which it speaks."""
    message, fix = spoken(card, lang)
    paint = Paint(colour)
    severity = paint(SEVERITY_WORDS[card.severity].say(lang), card.severity)
    out = [f"{paint(card.code, 'bold')}  {severity}  {card.title.say(lang)}", ""]
    labels = (
        (Text("例如", "says"), message),
        (Text("原因", "why"), card.why.say(lang)),
        (Text("改法", "mend"), fix),
        (Text("修复", "repair"), REPAIRS[card.repair].say(lang)),
    )
    wide = max(terminal_cells(label.say(lang)) for label, _ in labels)
    out += [f"  {paint(pad(label.say(lang), wide), 'dim')}  {text}" for label, text in labels if text]
    wrong, right = card.pictures
    for title, drawn in ((Text("会报告：", "reported:"), wrong), (Text("不会报告：", "not reported:"), right)):
        for text in drawn:
            out += ["", f"  {title.say(lang)}", *(f"  {line}" for line in picture_lines(draw(text), lang))]
    return "\n".join(out)


def picture_lines(picture: Picture, lang: Lang = "zh") -> list[str]:
    """A picture as aligned tables, one a sheet."""
    out = []
    if picture.today != TODAY:
        out.append(Text(f"检查日 {picture.today.isoformat()}", f"as of {picture.today.isoformat()}").say(lang))
    for name, headers, rows in picture.drawn:
        table = [headers, *([picture_cell(value, marked) for value, marked in row] for row in rows)]
        wide = [max(terminal_cells(row[i]) for row in table) for i in range(len(headers))]
        out.append(f"「{name}」")
        for n, row in enumerate(table):
            out.append(("  " + " │ ".join(pad(value, wide[i]) for i, value in enumerate(row))).rstrip())
            if n == 0:
                out.append("  " + "─┼─".join("─" * w for w in wide))
    return out


def rules_text(cards: Sequence[Card], *, lang: Lang = "zh", colour: bool = False) -> str:
    """The rules by category: code, severity, title."""
    paint = Paint(colour)
    out: list[str] = []
    wide = max((len(c.code) for c in cards), default=0)
    word = max(terminal_cells(t.say(lang)) for t in SEVERITY_WORDS.values())
    for letter in dict.fromkeys(c.code[0] for c in cards):
        mine = [c for c in cards if c.code[0] == letter]
        out += [*([""] if out else []), paint(f"{letter}  {category_title(letter).say(lang)}", "bold")]
        out += [f"  {pad(c.code, wide)}  {paint(pad(SEVERITY_WORDS[c.severity].say(lang), word), c.severity)}  {c.title.say(lang)}" for c in mine]
    out += ["", Text(f"共 {len(cards)} 条规则。说明：ownerbook explain 代码", f"{len(cards)} rules. About one: ownerbook explain CODE").say(lang)]
    return "\n".join(out)
