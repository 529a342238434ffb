"""权限责任表: who may do which step and write which sheet on the day, which steps lack a person, and training by topic."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.duty import Duties
from ownerbook.deadlines.responsibility import manned
from ownerbook.deadlines.training import too_little_training
from ownerbook.register.persons import FINE
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.reports.forms.listed import NO, Column, Signing, write_list
from ownerbook.reports.forms.manner import CHINESE, Manner
from ownerbook.reports.forms.paper import CELL, CENTER, NUMBER, Value, form_pen
from ownerbook.reports.masking import shown
from ownerbook.reports.naming import Naming
from ownerbook.reports.palette import BLUE, NAVY
from ownerbook.schema.words import Text

KIND, SHEET, TRAINING = "duties-matrix", "权限责任表", "培训情况"
_WRAP = CELL.but(wrap=True)


def write_duties(path: Path, register: Register, workspace: str, *, how: Manner = CHINESE) -> tuple[int, int]:
    """The table on the register's day. Gives how many steps there are and how many lack a person. Raises PenError."""
    book, name, today = Whole(register), Naming(register, masked=how.masked), register.today.toordinal() - EPOCH
    steps = manned(book, today)

    def who(people: tuple[int, ...]) -> str:
        return "、".join(_staff(name, p, how) for p in people)

    rows: list[tuple[Value, ...]] = []
    for n, one in enumerate(steps, 1):
        sheets = "、".join(BY_FIELD[s].name for s in one.step.sheets)
        lacks = one.lacking
        rows.append((n, how.brief(one.step.name), one.step.right or None, sheets, who(one.people) or None, how.brief(lacks) if lacks else None))
    lacking = sum(one.lacking is not None for one in steps)
    version = str(register.policy.version or "")
    about = f"{workspace}    {register.today.isoformat()}    " + how.brief(Text(f"制度版本 {version or '—'}", f"rules {version or '—'}"))
    people = (Column("可以办的人", 40, _WRAP), Column("缺人", 16, _WRAP))
    columns = (NO, Column("环节", 26, _WRAP), Column("权限", 11, CENTER), Column("登记在", 22, _WRAP), *people)
    hint = Text(
        "按「人员」表当天的权限、在职和保密协议得出；登记人、审核人等以此为准。同一事项的申请、审核、复核不能是同一人。",
        "By the rights, employment and agreements of the day on 人员. Who asks, who agrees and who verifies are different people.",
    )
    sign = Signing(Text("以上分工已核对。", "Checked."), ("档案员", "经理", "日期"))
    with form_pen(path, KIND, SHEET, as_of=register.today, workspace=workspace, how=how) as pen:
        write_list(pen.page(SHEET, colour=NAVY), SHEET, about, hint, columns, rows, sign, (), how)
        _training(pen.page(TRAINING, colour=BLUE), register, book, name, about, how)
    return len(steps), lacking


def _staff(name: Naming, person: int, how: Manner) -> str:
    text = name.staff(person).text
    column = BY_FIELD["training"].by_field["trainer"]
    return shown(column, text, masked=True) if how.masked else text


def _training(page, register: Register, book: Whole, name: Naming, about: str, how: Manner) -> None:  # type: ignore[no-untyped-def]
    """Hours of the running year by person and topic, and who lacks."""
    year, today = register.today.year, register.today.toordinal() - EPOCH
    rows: list[tuple[Value, ...]] = []
    wanted = float(register.policy.training_hours)
    if book.has("training") and book.has("staff") and book.has("training.attendees"):
        training = book.training
        first = register.today.replace(month=1, day=1).toordinal() - EPOCH
        that_year = training.held_on.ok & (training.held_on.days >= first) & (training.held_on.days <= today) & training.hours.ok
        named = training.named("attendees")
        hours: dict[int, float] = defaultdict(float)
        topics: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row, person, trouble in zip(named.row.tolist(), named.person.tolist(), named.trouble.tolist(), strict=True):
            if trouble == FINE and person >= 0 and that_year[row]:
                h = float(np.nan_to_num(training.hours.numbers[row]))
                hours[person] += h
                topics[person][name.found("training", "topic", row)] += h
        short = set(too_little_training(book, year, today).rows.tolist())
        for person in sorted(Duties(book, today).employed):
            told = "、".join(f"{t} {h:g}" for t, h in sorted(topics[person].items()))
            lacks = how.brief(Text(f"应 {wanted:g}，差 {wanted - hours[person]:g}", f"{wanted:g} asked")) if person in short else None
            rows.append((len(rows) + 1, _staff(name, person, how), hours[person], told or None, lacks))
    columns = (NO, Column("人员", 20, _WRAP), Column("学时", 8, NUMBER), Column("主题与学时", 60, _WRAP), Column("还差", 18, _WRAP))
    hint = Text(
        f"{year} 年至今；档案经办人每年应有 {wanted:g} 学时，主题应包括整理、归档、检索和个人信息保护。",
        f"{year} so far; archivists need {wanted:g} hours a year, on arranging, filing, retrieval and privacy.",
    )
    write_list(page, TRAINING, about, hint, columns, rows, Signing(Text("", ""), ("档案员", "日期")), (), how)
