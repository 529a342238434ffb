"""The static status page: no script, no server, nothing personal; it says by itself from when on it is too old to be believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from ownerbook.deadlines.agenda import KINDS
from ownerbook.reports.palette import BLUE, ERROR, INK, MUTED, NAVY, PALE, WARNING
from ownerbook.schema.words import Lang, Text

_GREEN = "#2E7D32"
_LIGHTS = {
    "green": (_GREEN, Text("正常", "in order")),
    "yellow": (WARNING, Text("请留意", "look at it")),
    "red": (ERROR, Text("需要处理", "to be dealt with")),
}
_FIGURES = (
    ("error", Text("错误", "errors"), ERROR),
    ("warning", Text("警告", "warnings"), WARNING),
    ("new", Text("新出现", "new"), NAVY),
    ("fixed", Text("已解决", "fixed"), _GREEN),
    ("late", Text("逾期事项", "late"), ERROR),
    ("today", Text("今天要办", "today"), WARNING),
    ("soon", Text("7 天内到期", "within 7 days"), BLUE),
    ("open", Text("正在编辑", "open"), MUTED),
)
_COLUMNS = (
    Text("日期", "period"),
    Text("情况", "state"),
    Text("完成时间", "made at"),
    Text("错误", "errors"),
    Text("警告", "warnings"),
    Text("新出现", "new"),
    Text("已解决", "fixed"),
    Text("逾期", "late"),
    Text("今天办", "today"),
    Text("说明", "note"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A night or a month: its period, its state in words, when it was made, six figures, what went wrong, and green, yellow, red or ''."""

    period: str
    state: str
    ended: str
    figures: tuple[str, ...]
    error: str
    tone: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """What the page shows. next_run: when the next night falls due; stale: from when on a page as old as this means that nothing ran."""

    title: str
    made_at: str
    light: str
    headline: str
    next_run: str
    stale: str
    zone: str
    figures: Mapping[str, int]
    figures_of: str
    nights: Sequence[Row]
    months: Sequence[Row]


def status_page(view: StatusView, lang: Lang = "zh") -> str:
    """The page as HTML. Everything that is not ours is escaped."""

    def say(zh: str, en: str) -> str:
        return Text(zh, en).say(lang)

    colour, word = _LIGHTS[view.light]
    shown = [(key, words, tint) for key, words, tint in _FIGURES if key in view.figures]
    numbers = "".join(f'<td><b style="color:{t if view.figures[k] else MUTED}">{view.figures[k]:,}</b></td>' for k, _, t in shown)
    names = "".join(f"<td>{escape(words.say(lang))}</td>" for _, words, _ in shown)
    cards = f"<table class=cards><tr>{numbers}</tr><tr class=names>{names}</tr></table>" if shown else ""
    kinds = "".join(
        f"<tr><td>{escape(kind.words.say(lang))}</td><td class=n>{view.figures[f'late:{key}']:,}</td></tr>"
        for key, kind in KINDS.items()
        if f"late:{key}" in view.figures
    )
    parts = [
        f"<h1>{escape(view.title)}<small>{say('夜间检查状态', 'state of the nights')}</small></h1>",
        f'<table class=head><tr><td class=light style="background:{colour}">{word.say(lang)}</td>'
        f"<td class=what>{escape(view.headline)}</td></tr></table>",
        "<p class=quiet>",
        say(f"本页写于 {view.made_at}（{escape(view.zone)}）。", f"Written {view.made_at} ({escape(view.zone)}). "),
        say(
            f"下一次在 {view.next_run} 到期；如果现在已过 {view.stale}，而本页还是这个时间，说明夜间检查没有运行，请告诉负责电脑的同事。",
            f"The next night falls due {view.next_run}; if it is past {view.stale} and the page still says this, no night ran.",
        ),
        "</p>",
    ]
    if cards:
        parts.append(f"<h2>{say('登记簿', 'the register')}<small>{escape(view.figures_of)}</small></h2>{cards}")
    if kinds:
        parts.append(f"<h2>{say('已逾期的事项', 'what is late')}</h2><table class=small>{kinds}</table>")
    if view.nights:
        parts.append(f"<h2>{say('最近的夜间检查', 'the last nights')}</h2>{_table(view.nights, lang, figures=True)}")
    if view.months:
        parts.append(f"<h2>{say('月报', 'months')}</h2>{_table(view.months, lang, figures=False)}")
    foot = say("姓名、号码不在本页出现；详细的问题见同一文件夹的问题清单和今日待办。", "No name and no number stands here; see the workbooks.")
    parts.append(f"<p class=quiet>{foot}</p>")
    head = f'<meta charset="utf-8"><title>{escape(view.title)} {say("状态", "status")}</title><style>{_STYLE}</style>'
    tongue = say("zh-CN", "en")
    return f'<!DOCTYPE html>\n<html lang="{tongue}"><head>{head}</head><body>{"".join(parts)}</body></html>\n'


def _table(rows: Sequence[Row], lang: Lang, *, figures: bool) -> str:
    def head(columns: Sequence[Text], kind: str = "") -> str:
        return "".join(f"<th{kind}>{escape(c.say(lang))}</th>" for c in columns)

    body = []
    for r in rows:
        tint = _LIGHTS[r.tone][0] if r.tone else INK
        numbers = "".join(f"<td class=n>{escape(f)}</td>" for f in r.figures) if figures else ""
        body.append(
            f'<tr><td>{escape(r.period)}</td><td style="color:{tint}">{escape(r.state)}</td><td>{escape(r.ended)}</td>{numbers}'
            f"<td class=why>{escape(r.error)}</td></tr>"
        )
    heads = head(_COLUMNS[:3]) + (head(_COLUMNS[3:-1], " class=n") if figures else "") + head(_COLUMNS[-1:])
    return f"<table><tr>{heads}</tr>{''.join(body)}</table>"


_STYLE = f"""
body{{font-family:"微软雅黑","Microsoft YaHei","PingFang SC","Noto Sans CJK SC",sans-serif;color:{INK};max-width:60em;margin:1.5em auto;padding:0 1em;
font-size:15px}}
h1{{font-size:1.5em;color:{NAVY};margin:0 0 .6em}}h2{{font-size:1.05em;color:{NAVY};margin:1.6em 0 .5em}}
table{{border-collapse:collapse;width:100%;font-size:.88em}}table.small{{width:20em}}
th{{background:{NAVY};color:#fff;font-weight:normal;text-align:left;padding:.4em .5em;white-space:nowrap}}
td{{border-bottom:1px solid #ddd;padding:.35em .5em;white-space:nowrap}}td.n,th.n{{text-align:right}}td.why{{white-space:normal;color:{MUTED}}}
small{{font-weight:normal;color:{MUTED};font-size:.7em;margin-left:.8em}}
.head td{{font-size:1.15em;padding:.8em;color:#fff;text-align:center;border:0}}
.head td.light{{width:5em}}.head td.what{{background:{PALE};color:{INK};text-align:left}}
.quiet{{color:{MUTED};font-size:.85em}}
.cards td{{text-align:center;background:{PALE};border:0;padding:.5em .2em 0}}.cards b{{font-size:1.5em}}
.cards .names td{{font-size:.85em;color:{MUTED};padding-bottom:.5em}}
""".replace("\n", "")
