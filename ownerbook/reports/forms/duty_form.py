"""权利请求登记表 and 个人信息事件登记表: one page of questions to fill in, which comes back through 收件箱 as a row (PIPL arts. 44–50 and 57)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.register.duties import INCIDENTS, REQUESTS
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import ASK, CELL, CENTER, LABEL, META, Paper, Value, form_pen
from ownerbook.schema.kinds import Choice

REQUEST, INCIDENT = "request-form", "incident-form"
REQUEST_TITLE, INCIDENT_TITLE = "权利请求登记表", "个人信息事件登记表"
HEADS = ("序号", "项目", "填写", "说明")
_SPANS = ((1, 1), (2, 3), (4, 8), (9, 12))


def options(sheet: str, name: str) -> tuple[str, ...]:
    """What a column lets one choose."""
    kind = {"requests": REQUESTS, "incidents": INCIDENTS}[sheet].by_field[name].kind
    assert isinstance(kind, Choice)
    return kind.values


@dataclass(frozen=True, slots=True)
class Question:
    """One line: what is asked, what stands there already, what helps, and what may be chosen."""

    ask: str
    given: Value = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    high: float = 30


def request_questions(owner_no: str, asked_on: date, term: str) -> list[Question]:
    """What is asked about a request."""
    return [
        Question("业主编号", owner_no, "须先核对身份：本人证件，或受托人证件和委托书"),
        Question("类型", "", "查阅、复制、更正、删除、撤回同意", options("requests", "kind")),
        Question("提出日期", asked_on, f"答复期限从这一天起 {term}"),
        Question("请求内容", "", "业主要什么；更正的另填信息变更登记表。不写入登记簿，随表存档", high=90),
        Question("身份核对", "", "核对了什么证件、谁核对；不写入登记簿"),
        Question("经办人", "", "工号或姓名，有「档案经办」权限"),
    ]


def incident_questions(found_on: date) -> list[Question]:
    """What is asked about an incident: what article 57 wants told, and what the sheet 事件 keeps."""
    return [
        Question("发现日期", found_on, "哪一天发现"),
        Question("类型", "", "泄露、篡改、丢失、未授权查阅", options("incidents", "kind")),
        Question("涉及档案", "", "档号，用、分开；说不清写范围，如 3栋全部", high=44),
        Question("信息种类", "", "如 姓名、电话、证件号码、住址（法第五十七条第一项）", high=44),
        Question("原因", "", "怎样发生的（第一项）", high=60),
        Question("可能危害", "", "对业主可能有什么危害（第一项）", high=60),
        Question("补救措施", "", "已经做了什么（第二项）", high=60),
        Question("个人可采取的措施", "", "业主可以怎样减轻危害，如 换号、警惕冒名电话（第二项）", high=60),
        Question("通知日期", "", "已通知业主和主管部门的日期；没有通知的留空"),
        Question("责任人", "", "工号或姓名，也是联系人（第三项）"),
    ]


def write_form(path: Path, kind: str, title: str, questions: Sequence[Question], *, as_of: date, workspace: str, how: Manner = CHINESE) -> None:
    """One page A4. Raises PenError."""
    with form_pen(path, kind, title, as_of=as_of, workspace=workspace, how=how) as pen:
        page = pen.page(title)
        paper = Paper(page, how=how)
        paper.meta(workspace, f"填表日期：{as_of.isoformat()}")
        paper.title(title, "填黄色处，存入收件箱；看过方案后写入登记簿")
        paper.table(HEADS, _SPANS, [], [])
        for n, q in enumerate(questions, 1):
            top = paper.row
            fill_in = ASK.but(form="yyyy-mm-dd", align="left") if isinstance(q.given, date) else ASK.but(form="@")
            looks = [CENTER, LABEL, fill_in, CELL]
            paper.table_row((n, how.head(q.ask), q.given, q.hint), _SPANS, looks, q.high)
            if q.choices:
                page.choices(top, _SPANS[2][0], top, _SPANS[2][0], q.choices)
        paper.gap(6)
        paper.text("本表含个人信息，只给经办的人看；写入登记簿后存入档案或销毁。", META)
        paper.signatures("填表人", "负责人")
        paper.finish()
