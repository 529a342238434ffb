"""The file of a registration: its number and place, its papers, and those that are still owed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ownerbook.procedures import papers
from ownerbook.procedures.numbers import usual_retention
from ownerbook.procedures.registration import Line, said
from ownerbook.reconcile.change import NOTHING, Said, Verdict
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

_FILE = Text("新立的档案；存放位置按楼栋和容量建议", "a new file; its place is proposed by building and capacity")
_FULL = Text("「位置」里没有空位，存放位置须先登记新的位置", "no place has room; register a new one first")
_PAPER = Text("随登记表交来的材料", "a paper handed in with the form")
FORM = "业主登记表"


class Filing:
    """Opens a file, or puts papers into one that is there."""

    def __init__(self, taking: Taking) -> None:
        self._t = taking

    def opened(self, owner: str, line: Line) -> str:
        """A new file for an owner (业主编号, and the line of the form); gives its number. It is 在库 once every paper that policy asks for is in."""
        t = self._t
        number = t.numbers.file_no(t.house)
        came = self._came()
        owed = self._owed(line, [p.text("doc_type") for p, _ in came])
        place = t.numbers.place(t.building)
        young = any(papers.under_age(t.value(n, "id_no"), t.day, 14) for n in t.form.owners)
        retention = usual_retention(t.register)
        values = {
            "file_no": said(number),
            "house_no": said(t.house),
            "owner_no": said(owner),
            "title": said(f"{t.house} {t.value(line, 'name')} 业主档案"),
            "created_on": said(t.day),
            "created_by": said(t.form.clerk),
            "location": said(place),
            "confidentiality": said("敏感" if young else "内部"),
            "retention": said(retention),
            "status": said("待整理" if owed else "在库"),
        }
        verdict: Verdict = "safe" if place else "question"
        t.act.changes.append(t.write.new("files", values, _FILE if place else _FULL, verdict=verdict))
        state = "待整理" if owed else "在库"
        t.tell("新档案", "New file", f"{number}，保管期限 {retention}，{state}", f"{number}, retention {retention}, {state}")
        if place:
            t.tell("存放位置", "Place", place, place)
        else:
            t.tell_open("存放位置", "Place", "「位置」里没有空位，请先登记新的位置", "no place has room; register a new one first")
        self._enter(number, came)
        return number

    def added(self, file: int) -> None:
        """Papers go into a file that is there (row of 档案)."""
        t = self._t
        number = t.at.key("files", file)
        loan = t.at.loan(file)
        came = self._came()
        if loan >= 0 and came:
            key, who = t.at.key("loans", loan), {"who": Personal(t.at.found("loans", "borrower", loan), "name")}
            zh = f"{number} 正借出（{key}，{{who}}），材料登记后请在归还时放入"
            t.tell_open("借阅", "Loan", zh, f"{number} is lent ({key}, {{who}}); put the papers in when it comes back", who)
        self._enter(number, came)

    def proof(self, kinds: Sequence[str] = papers.PROOFS) -> str:
        """The 材料编号 of the paper that proves a change of ownership, '' where none came. After the papers are entered."""
        mine = [c for c in self._t.act.changes if c.kind == "new" and c.sheet == "documents"]
        return next((c.record for kind in kinds for c in mine if c.values["doc_type"].text == kind), "")

    def form_paper(self) -> str:
        """The 材料编号 of the registration form among the papers, '' where it did not come."""
        return self.proof((FORM,))

    def _came(self) -> list[tuple[Line, dict[str, Said]]]:
        """The papers that came and can be entered; the others are told."""
        t, out = self._t, []
        for line in t.form.papers:
            if not papers.came(line):
                continue
            values = {f: s for f, s in t.good[id(line)].items() if s.text}
            why = papers.against(line, values)
            if why is not None:
                t.tell_open("未采用", "Not taken", why.zh, why.en)
                continue
            out.append((line, values))
        return out

    def _enter(self, file_no: str, came: list[tuple[Line, dict[str, Said]]]) -> None:
        t = self._t
        for line, given in came:
            key = t.numbers.next("documents")
            values = {
                "copies": said(1),
                "received_on": said(t.day),
                "received_by": said(t.form.clerk),
                "status": said("齐全"),
            } | given | {"doc_no": said(key), "file_no": said(file_no)}  # fmt: skip
            kind, form, checker = values["doc_type"].text, values["form"].text, values.get("checked_by", NOTHING).text
            if form == "复印件" and not checker:
                zh = f"{line.place} {kind}：复印件没有写核对人，请与原件核对后补登"
                t.tell_open("未采用", "Not taken", zh, f"{line.place} {kind}: nobody is named who compared the copy with the original")
            more = "，{by} 核对" if checker else ""
            state = values["status"].text
            zh = f"{kind}（{form}，{values['pages'].text} 页{'，' + state if state != '齐全' else ''}{more}）"
            en = f"{kind} ({form}, {values['pages'].text} pages{', compared by {by}' if checker else ''})"
            t.tell("收到材料", "Papers", zh, en, {"by": Personal(checker, "staff")})
            t.act.changes.append(t.write.new("documents", values, _PAPER))

    def _owed(self, line: Line, held: list[str]) -> tuple[str, ...]:
        t = self._t
        company, minor = t.is_company(line), any(t.is_minor(n) for n in t.form.owners)
        agent = t.form.case == "代理人代办"
        wanted = papers.required(t.register.policy, t.use, company=company, minor=minor, agent=agent)
        t.act.owed = papers.owed(wanted, held, company=company)
        if t.act.owed:
            due = papers.due(t.register, t.day)
            until = due.isoformat() if due else str(t.register.policy.filing_term)
            zh = f"{'、'.join(t.act.owed)}，{until} 前补齐，档案先记 待整理"
            t.tell_open("还缺材料", "Still owed", zh, f"{', '.join(t.act.owed)}, until {until}; the file is 待整理 until then")
        return t.act.owed
