"""The two bodies of a letter: plain text, and HTML of tables and inline styles alone, which Outlook, Foxmail and web mail all show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.mail.letter import Letter

_INK, _MUTED, _NAVY, _LINE, _PALE, _RED, _GREEN = "#1F2937", "#6B7280", "#1B3A5C", "#D5DCE5", "#F3F6FA", "#B42318", "#2E6B41"
_FONT: Final = "font-family:'微软雅黑','Microsoft YaHei','PingFang SC',sans-serif"
WORST, WHERE = Text("最要紧的", "What is worst"), Text("工作簿在哪里", "Where the workbook lies")
ATTACHED = Text("附件 {0}，打开密码另行告知", "attached as {0}; its password comes another way")
ATTACHED_OPEN = Text("附件 {0}", "attached as {0}")
NOT_ATTACHED = Text("附件太大，邮件服务器不收，请到上面的位置打开", "the workbook is too large for the mail server; open it at the place above")
FOOT = Text("由 ownerbook 自动发出，姓名、证件号、电话已打码。", "Sent by ownerbook; names and numbers are masked.")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of figures. value: as shown; change: against the month before, as shown; tone: of the change."""

    label: Text
    value: str
    change: str = ""
    tone: str = ""  # better, worse, or ''


def plain(letter: Letter, remarks: Sequence[Text]) -> str:
    """The letter for those who see no HTML."""
    say, lang = letter.lang, letter.lang
    colon = "：" if lang == "zh" else ": "
    lines = [letter.heading, ""]
    lines += [
        f"{f.label.say(say)}{colon}{f.value}" + (f"（{f.change}）" if f.change and lang == "zh" else f" ({f.change})" if f.change else "")
        for f in letter.figures
    ]
    if letter.worst:
        lines += ["", WORST.say(lang), *(f"- {w}" for w in letter.worst)]
    if letter.chart and letter.chart.alt:
        lines += ["", *([letter.chart.title] if letter.chart.title else []), letter.chart.alt]
    if letter.where:
        lines += ["", f"{WHERE.say(lang)}{colon}{letter.where}"]
    lines += [r.say(lang) for r in remarks]
    return "\n".join([*lines, "", FOOT.say(lang), ""])


def html(letter: Letter, remarks: Sequence[Text], image: str) -> str:
    """The letter in HTML. image: the content id of the chart, '' for none."""
    lang = letter.lang
    tones = {"better": _GREEN, "worse": _RED, "": _MUTED}
    cell = f"padding:7px 12px;border-bottom:1px solid {_LINE}"
    figures = "".join(
        f'<tr><td style="{cell}">{escape(f.label.say(lang))}</td><td align="right" style="{cell};font-size:17px;font-weight:bold;color:{_NAVY}">'
        f'{escape(f.value)}</td><td align="right" style="{cell};font-size:12px;color:{tones[f.tone]}">{escape(f.change) or "&nbsp;"}</td></tr>'
        for f in letter.figures
    )
    parts = [f'<h2 style="margin:0 0 14px;font-size:19px;color:{_NAVY};{_FONT}">{escape(letter.heading)}</h2>']
    if figures:
        parts.append(f'<table width="100%" cellpadding="0" cellspacing="0" border="0" style="border-top:2px solid {_NAVY}">{figures}</table>')
    if letter.worst:
        lines = "".join(f'<li style="margin:3px 0">{escape(w)}</li>' for w in letter.worst)
        parts.append(f'{_head(WORST.say(lang))}<ul style="margin:0;padding-left:20px">{lines}</ul>')
    if image and letter.chart:
        c = letter.chart
        parts.append(
            f'{_head(c.title) if c.title else ""}<img src="cid:{escape(image)}" width="{c.width}" height="{c.height}" '
            f'alt="{escape(c.alt)}" style="display:block;border:0">'
        )
    tail = [escape(letter.where)] if letter.where else []
    tail += [escape(r.say(lang)) for r in remarks]
    if tail:
        box = "padding:10px 12px;word-break:break-all"
        shown = f'<td bgcolor="{_PALE}" style="{box}">{"<br>".join(tail)}</td>'  # Outlook colours cells, not blocks
        parts.append(
            f'{_head(WHERE.say(lang)) if letter.where else ""}<table width="100%" cellpadding="0" cellspacing="0" border="0"><tr>{shown}</tr></table>'
        )
    parts.append(f'<p style="margin:18px 0 0;font-size:12px;color:{_MUTED}">{escape(FOOT.say(lang))}</p>')
    return (
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if lang == "zh" else "en"}"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
        f"<title>{escape(letter.subject)}</title></head>\n"
        f'<body style="margin:0;padding:16px;background:#FFFFFF;color:{_INK};font-size:14px;line-height:1.6;{_FONT}">'
        f'<table width="600" cellpadding="0" cellspacing="0" border="0"><tr><td>\n' + "\n".join(parts) + "\n</td></tr></table></body></html>\n"
    )


def _head(text: str) -> str:
    return f'<h3 style="margin:18px 0 6px;font-size:14px;color:{_NAVY};{_FONT}">{escape(text)}</h3>'
