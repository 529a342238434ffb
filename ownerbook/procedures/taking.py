"""A form held against the register: whether it can be taken, who on it is known, and what is told of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ownerbook.procedures import papers
from ownerbook.procedures.numbers import Numbers, building_of
from ownerbook.procedures.registration import TENANCY, Act, Line, Registration
from ownerbook.procedures.rows import Checked, Writing
from ownerbook.procedures.situation import Situation
from ownerbook.reconcile.change import NOTHING, Said
from ownerbook.reconcile.entitled import against
from ownerbook.reconcile.story import StoryLine, Tone, line
from ownerbook.register.declare import CLERK
from ownerbook.register.register import Register
from ownerbook.schema.words import Text

_NEEDED = (("name", "姓名", "name"), ("id_type", "证件类型", "document"), ("id_no", "证件号码", "document no."), ("phone", "联系电话", "phone"))


def not_said(at: Situation, rows: Sequence[int]) -> tuple[str, str]:
    """What is said of rows of 业主 of which nobody knows whether they own their house still."""
    keys = [k for r in rows if (k := at.key("owners", r))]
    house = at.found("owners", "house_no", rows[0])
    zh = f"「业主」里 {house} 的业主{'（' + '、'.join(keys) + '）' if keys else ''}没有写业主状态，不知道是不是现业主；请先补上 现业主 或 原业主"
    en = f"the owners of {house}{' (' + ', '.join(keys) + ')' if keys else ''} have no status; fill in 现业主 or 原业主 first"
    return zh, en


class Taking:
    """One form against the register. good: by id of a line its values that may be written.

    act collects the changes; lines what people are told of the act; proof is the 材料编号 of the paper that proves it, '' for none.
    """

    def __init__(self, register: Register, situation: Situation, numbers: Numbers, form: Registration, good: Checked, bundle: str) -> None:
        self.register, self.at, self.numbers, self.form, self.good = register, situation, numbers, form, good
        self.house = situation.canonical(form.house)
        self.row = situation.house(self.house) if self.house else -1
        self.day = form.day or register.today
        self.act = Act(self.house)
        self.write = Writing(register, form.origin, self.house, bundle)
        self.lines: list[StoryLine] = []
        self.proof = ""

    # whether it can be taken

    def fit(self) -> bool:
        """Whether the form can be taken at all; what stands against it is told."""
        form = self.form
        if not form.house.strip():
            self.against("没有写房号", "no house is named")
        elif not self.house:
            self.against(f"房号「{form.house}」读不懂", f"{form.house} is no house number")
        elif self.row < 0 and not form.new_house:
            self.against(f"「房屋」表里没有 {self.house}，请核对房号，或先登记房屋", f"房屋 does not hold {self.house}")
        elif unsure := self.at.unsure(self.row):
            self.against(*not_said(self.at, unsure))
        if not form.owners and not form.current and form.reason != TENANCY:
            self.against("没有写业主", "no owner is named")
        for one in form.owners:
            if self.named_again(one):
                continue
            lacking = [(zh, en) for f, zh, en in _NEEDED if f not in self.good[id(one)]]
            if lacking:
                zh, en = "、".join(z for z, _ in lacking), ", ".join(e for _, e in lacking)
                self.against(f"{one.place}：没有写{zh}，或读不懂", f"{one.place}: {en} is not said, or cannot be read")
        self._nobody_twice()
        for said in form.unread:  # no other day may stand for one that was written
            self.against(f"{said}读不懂，请写成 2026-10-31 这样", f"{said} cannot be read; write it as 2026-10-31")
        self._days()
        if not form.clerk:
            self.tell_open("登记人", "Registered by", "没有写，请在表末写工号或姓名", "not said; name them at the foot of the form")
        elif why := against(self.register, form.clerk, CLERK, min(self.day, self.register.today)):
            self.tell_open("登记人", "Registered by", why.zh, why.en)
        return not self.act.against

    def named_again(self, one: Line) -> bool:
        """Whether a line names a current owner by the document number alone, so that nothing else need be said."""
        return self.row >= 0 and self.known(one, self.at.owners(self.row)) >= 0

    def _nobody_twice(self) -> None:
        seen: set[str] = set()
        for one in self.form.owners:
            number = self.value(one, "id_no")
            if number and number in seen:
                self.against(f"{one.place}：证件号码与表上另一位业主相同", f"{one.place}: the document number of another owner on the form")
            seen.add(number)

    def _days(self) -> None:
        today = self.register.today
        days = (("登记日期", "the day of registration", self.day), ("取得日期", "the day of acquiring", self.form.since))
        for zh, en, day in days:
            if day is not None and day > today:
                self.against(f"{zh} {day.isoformat()} 在今天之后", f"{en} {day.isoformat()} is in the future")

    # what stands on the form and in the register

    def value(self, one: Line, name: str) -> str:
        """A value of a line that may be written, as text."""
        return self.good[id(one)].get(name, NOTHING).text

    def known(self, one: Line, owners: Sequence[int]) -> int:
        """The row of an owner on the form among those given, by document number; -1 for none."""
        number = self.value(one, "id_no")
        if not number:
            return -1
        column = self.register.column("owners", "id_no")
        return next((r for r in owners if column.text(r) == number or self.at.found("owners", "id_no", r) == number), -1)

    def since(self) -> date:
        """The day of acquiring: as written, else the hand-over, the contract, the registration."""
        if self.form.since:
            return self.form.since
        for name in ("handover_on", "contract_on"):
            value = self.form.of_house.get(name, NOTHING).value
            if isinstance(value, date):
                return min(value, self.day)
            held = self.held_day("houses", name, self.row)
            if held is not None:
                return min(held, self.day)
        return self.day

    def held_day(self, sheet: str, name: str, row: int) -> date | None:
        """A day that the register holds, None for none."""
        if row < 0 or sheet not in self.register.tables or not self.register.tables[sheet].has(name):
            return None
        column = self.register.column(sheet, name)
        return self.day_of(int(column.days[row])) if column.ok[row] else None

    @staticmethod
    def day_of(number: int) -> date:
        """A day number as a date."""
        from ownerbook.calendar.months import EPOCH

        return date.fromordinal(number + EPOCH)

    @property
    def use(self) -> str:
        """房屋用途, 住宅 where it is not known."""
        column = self.register.column("houses", "use") if self.row >= 0 else None
        if column is not None and column.ok[self.row]:
            return column.options[int(column.choice[self.row])]
        return self.form.of_house.get("use", Said("住宅", "住宅")).text

    @property
    def building(self) -> str:
        """The building of the house."""
        return building_of(self.register, self.house)

    def is_company(self, one: Line) -> bool:
        """Whether an owner on the form is a company."""
        return self.value(one, "kind") == "法人" or self.value(one, "id_type") == "统一社会信用代码"

    def is_minor(self, one: Line) -> bool:
        """Whether an owner on the form is under age on the day of registration."""
        return not self.is_company(one) and papers.under_age(self.value(one, "id_no"), self.day)

    # what is told

    def against(self, zh: str, en: str) -> None:
        """Why nothing of the form is taken."""
        self.act.against.append(Text(zh, en))

    def note(self, zh: str, en: str) -> None:
        """What is said beside the act."""
        self.act.notes.append(Text(zh, en))

    def tell(self, label: str, en_label: str, zh: str, en: str, values: Mapping[str, object] | None = None, *, tone: Tone = "") -> None:
        """A line of the page on which people read the act."""
        self.lines.append(line(Text(label, en_label), Text(zh, en), values, tone=tone))

    def tell_open(self, label: str, en_label: str, zh: str, en: str, values: Mapping[str, object] | None = None) -> None:
        """A line about something that somebody must still do or answer."""
        self.tell(label, en_label, zh, en, values, tone="open")
