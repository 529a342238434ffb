"""What a file in the inbox brings: cells that somebody asks to be changed, a sheet to be merged, answers, or choices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ownerbook.reconcile.change import Choice, Origin, Said
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.batch import HandoverList
    from ownerbook.procedures.houses import HouseChange
    from ownerbook.procedures.registration import Registration
    from ownerbook.register.register import Register
    from ownerbook.reports.answer_lines import AnswerLine
    from ownerbook.workbook.filled_form import FilledForm

Kind = Literal["form", "copy", "answers", "plan", "filled", "registration", "handover", "house-change", "list", "ours", "unknown"]
WORDS: dict[Kind, Text] = {
    "form": Text("信息变更登记表", "a change form"),
    "copy": Text("登记簿的工作副本", "a working copy of the register"),
    "answers": Text("填写了处理的问题清单", "a problem workbook with answers"),
    "plan": Text("填写了处理的变更方案", "a plan with choices"),
    "filled": Text("填好的清单", "a filled form"),
    "registration": Text("业主登记表或租户登记表", "a registration form"),
    "handover": Text("开发商交房清单", "a developer's list of houses handed over"),
    "house-change": Text("房屋变更登记表", "houses renumbered, divided or joined"),
    "list": Text("其他系统的名单", "another system's list"),
    "ours": Text("ownerbook 写出的文件，不用交回", "a file that ownerbook wrote and that is not sent back"),
    "unknown": Text("不认识的文件", "a file of no known kind"),
}


@dataclass(frozen=True)
class Asked:
    """One cell that somebody asks to be changed.

    sheet and field by their field names; record: the key as the register writes it; row: its position in the register's table.
    base: what stood there when it was asked, None where that is not known (a form that was not ours to print, or a cell that
    changed since: then `stale`). theirs: what it shall be; NOTHING clears it. evidence: 材料编号, '' for none.
    """

    sheet: str
    record: str
    field: str
    base: Said | None
    theirs: Said
    origin: Origin
    row: int = -1
    evidence: str = ""
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a problem workbook that is no change: 已更正, 豁免 or 待核实. id: the hidden id there; the rest from the problem itself.

    until: the last day that a waiver is asked for; given: who answers named it. book: a mark of the workbook. Of 已更正 only those whose
    problem still stands.
    """

    id: str
    answer: Literal["采纳建议", "已更正", "豁免", "待核实"]
    code: str
    sheet: str
    record: str
    header: str
    note: str
    origin: Origin
    until: date | None = None
    given: bool = False
    house: str = ""
    book: str = ""


@dataclass
class PlanChoices:
    """A plan that came back. plan: its id; choices: by id of the change; shows: what the line of each says that it is, by id: its row, and 表,
    记录, 列, 新值; complaints: lines that could not be taken."""

    plan: str
    choices: dict[str, Choice] = field(default_factory=dict)
    shows: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    complaints: list[Text] = field(default_factory=list)


@dataclass
class Incoming:
    """One file, as understood.

    path: where it lies; origin: what changes made of it say. asked: cells; register: rows to be merged, understood by the
    register's policy; base_register: what they were made from, None where that is not known (`base`: workbook of the register →
    SHA-256 of its version); complete: it holds every row of that base, else a missing row says nothing. answers, plan, form, registrations,
    handover, houses: of those kinds. lines: what came of each answer. notes: what is to be said of it; complaints: what could not be taken.
    again: the very same file was taken before.
    """

    kind: Kind
    path: Path
    origin: Origin
    asked: list[Asked] = field(default_factory=list)
    register: Register | None = None
    base_register: Register | None = None
    base: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False
    answers: list[Answered] = field(default_factory=list)
    lines: list[AnswerLine] = field(default_factory=list)
    plan: PlanChoices | None = None
    form: FilledForm | None = None
    registrations: list[Registration] = field(default_factory=list)
    handover: HandoverList | None = None
    houses: list[HouseChange] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)
    complaints: list[Text] = field(default_factory=list)
    again: bool = False
