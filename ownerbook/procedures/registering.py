"""A registration as one act: owners, household, file and papers, and what follows for the house. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from ownerbook.procedures import papers
from ownerbook.procedures.filing import Filing
from ownerbook.procedures.numbers import Numbers, building_of
from ownerbook.procedures.registration import FIRST, Act, Line, Registration, said
from ownerbook.procedures.rows import Checked, Writing, checked
from ownerbook.procedures.situation import Situation
from ownerbook.reconcile.change import NOTHING, Change, Said
from ownerbook.register.register import Register
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

KIN = ("父母", "祖孙", "兄弟姐妹", "其他亲属")
_NEEDED = (("name", "姓名"), ("id_type", "证件类型"), ("id_no", "证件号码"), ("phone", "联系电话"))
_OF_FIRST_SALE = ("contract_on", "handover_on", "movein_on", "title_no")
_OWNER = Text("登记表上的业主", "an owner on the form")
_MEMBER = Text("登记表上的家庭成员", "somebody who lives there, on the form")
_FOLLOWS = Text("随登记而变", "follows from the registration")


def register_owners(register: Register, forms: Sequence[Registration], numbers: Numbers | None = None) -> list[Act]:
    """What becomes of forms, in their order; each is one bundle. Forms that change who owns a house go to `transferring`.

    numbers: gives numbers over several calls; without it a new one. Raises nothing for what staff write.
    """
    from ownerbook.procedures.transferring import transfer

    numbers, situation = numbers or Numbers(register), Situation(register)
    lines = [(sheet, n) for f in forms for sheet, some in (("owners", f.owners), ("household", f.members), ("documents", f.papers)) for n in some]
    lines += [("household", f.helper) for f in forms] + [("houses", Line(f.of_house, "房屋")) for f in forms]
    good, wrong = checked(register, lines)
    houses = {id(f): good[id(n)] for f, (_, n) in zip(forms, lines[len(lines) - len(forms) :], strict=True)}
    out: list[Act] = []
    taken: dict[str, str] = {}
    for form in forms:
        house = situation.canonical(form.house)
        taking = Taking(register, situation, numbers, replace(form, of_house=houses[id(form)]), good, form.bundle)
        if house and house in taken:
            zh = f"{house}：{taken[house]} 已经登记这套房，这一份没有采用；请先办完那一份"
            out.append(Act(house, against=[Text(zh, f"{house}: {taken[house]} registers this house already; finish that one first")]))
            continue
        act = taking.registered() if form.reason == FIRST else transfer(taking)
        for line in (*form.owners, *form.members, *form.papers, form.helper):
            act.notes += wrong.get(id(line), [])
        if act.changes:
            taken[house] = form.origin.name
        out.append(act)
    return out


class Taking:
    """One form against the register. good: by id of a line its values that may be written."""

    def __init__(self, register: Register, situation: Situation, numbers: Numbers, form: Registration, good: Checked, bundle: str) -> None:
        self.register, self.at, self.numbers, self.form, self.good = register, situation, numbers, form, good
        self.house = situation.canonical(form.house)
        self.row = situation.house(self.house) if self.house else -1
        self.day = form.day or register.today
        self.act = Act(self.house)
        self.write = Writing(register, form.origin, self.house, bundle)

    def registered(self) -> Act:
        """A first registration."""
        if not self.fit():
            return self.act
        owners = self.at.owners(self.row)
        new = [n for n in self.form.owners if self.known(n, owners) < 0]
        if owners and not new:
            self.act.already = len(self.form.owners)
            who = "、".join(self.at.key("owners", r) for r in owners)
            self._note(f"{self.house} 的业主已经登记（{who}），没有再登记；信息有变化请用信息变更登记表", f"{self.house}: registered already ({who})")
            return self.act
        if owners:
            who = "、".join(self.at.key("owners", r) for r in owners)
            zh = f"{self.house} 已有现业主（{who}）；产权变了请在「登记原因」选买卖、继承、赠与、离婚或份额变更"
            self._against(zh, f"{self.house} has current owners ({who}); where ownership changed choose the reason on the form")
            return self.act
        self.act.changes += self.found_house()
        keys = self.enter_owners(list(self.form.owners), self.since())
        self.open_file(keys[0], self.form.owners[0])
        self.enter_members()
        self.act.changes += self.of_house(first=True)
        return self.act

    # what forms of every reason share

    def fit(self) -> bool:
        """Whether the form can be taken at all; what stands against it is told."""
        form = self.form
        if not form.house.strip():
            self._against("没有写房号", "no house is named")
        elif not self.house:
            self._against(f"房号「{form.house}」读不懂", f"{form.house} is no house number")
        elif self.row < 0 and not form.new_house:
            self._against(f"「房屋」表里没有 {self.house}，请核对房号，或先登记房屋", f"房屋 does not hold {self.house}")
        if not form.owners:
            self._against("没有写业主", "no owner is named")
        for line in form.owners:
            lacking = [zh for f, zh in _NEEDED if f not in self.good[id(line)]]
            if lacking:
                self._against(f"{line.place}：没有写{'、'.join(lacking)}，或读不懂", f"{line.place}: {', '.join(lacking)} is not said or unreadable")
        seen: set[str] = set()
        for line in form.owners:
            number = self.value(line, "id_no")
            if number and number in seen:
                self._against(f"{line.place}：证件号码与表上另一位业主相同", f"{line.place}: the document number of another owner on the form")
            seen.add(number)
        if not form.clerk:
            self._note("没有写登记人，请在表末「登记人」处写工号或姓名", "nobody is named as 登记人; name them at the foot of the form")
        if self.day > self.register.today:
            self._against(f"登记日期 {self.day.isoformat()} 在今天之后", f"the day of registration {self.day.isoformat()} is in the future")
        return not self.act.against

    def value(self, line: Line, name: str) -> str:
        """A value of a line that may be written, as text."""
        return self.good[id(line)].get(name, NOTHING).text

    def known(self, line: Line, owners: Sequence[int]) -> int:
        """The row of an owner on the form among those given, by document number; -1 for none."""
        number = self.value(line, "id_no")
        return next(
            (r for r in owners if self.register.column("owners", "id_no").text(r) == number or self.at.found("owners", "id_no", r) == number), -1
        )

    def since(self) -> date:
        """The day of acquiring: as written, else the hand-over, the contract, the registration."""
        if self.form.since:
            return self.form.since
        for name in ("handover_on", "contract_on"):
            value = self.form.of_house.get(name, NOTHING).value
            if isinstance(value, date):
                return min(value, self.day)
            if self.row >= 0 and self.register.tables["houses"].has(name):
                held = self.register.column("houses", name)
                if held.ok[self.row]:
                    return min(self.day_of(int(held.days[self.row])), self.day)
        return self.day

    @staticmethod
    def day_of(number: int) -> date:
        """A day number as a date."""
        from ownerbook.calendar.months import EPOCH

        return date.fromordinal(number + EPOCH)

    def enter_owners(self, lines: Sequence[Line], since: date, *, others: bool = False) -> list[str]:
        """New rows on 业主; gives their keys. others: there are owners who stay."""
        several = len(self.form.owners) > 1 or others
        main = next((n for n in self.form.owners if self.value(n, "primary") == "是"), self.form.owners[0])
        keys = []
        for line in lines:
            values = dict(self.good[id(line)])
            key = self.numbers.next("owners")
            company = self.value(line, "id_type") == "统一社会信用代码" or self.value(line, "kind") == "法人" or self.form.case == "单位"
            values |= {
                "owner_no": said(key),
                "house_no": said(self.house),
                "registered_on": said(self.day),
                "registered_by": said(self.form.clerk),
                "owned_from": said(since),
                "status": said("现业主"),
            }
            values.setdefault("kind", said("法人" if company else "自然人"))
            values.setdefault("consent", said("未签"))
            if values["consent"].text == "已签":
                values.setdefault("consent_on", said(self.day))
            else:
                values.pop("consent_on", None)
            if values.get("service_need") and not values.get("need_consent_on"):
                del values["service_need"]
                self._note(f"{line.place}：服务需求没有写同意日期，没有登记", f"{line.place}: a service need without the day of consent is left out")
            if several:
                values["primary"] = said("是" if line is main else "否")
            if line is self.form.owners[0] and (told := self._helper_note()):
                values["note"] = said("；".join(t for t in (values.get("note", NOTHING).text, told) if t))
            self.act.changes.append(self.write.new("owners", values, _OWNER))
            keys.append(key)
        return keys

    def _helper_note(self) -> str:
        """Who acts for the owner, for 备注; a guardian goes on 家庭成员."""
        helper = self.form.helper
        name, relation = helper.text("name"), helper.text("relation")
        if not name:
            return ""
        what = "监护人" if relation in KIN or self.form.case == "未成年人" else "经办人" if self.form.case == "单位" else "代理人"
        phone = self.value(helper, "phone")
        return f"{what} {name}{' ' + phone if phone and what != '监护人' else ''}"

    def enter_members(self) -> None:
        """People who live there, with the guardian; who is registered already is told."""
        lines = [n for n in self.form.members if not n.blank]
        if self.form.helper.text("relation") in KIN:
            lines.append(self.form.helper)
        there = {self.at.found("household", "name", r) for r in self.at.members(self.row)}
        if lines and "household" not in self.register.tables:
            self._note("登记簿没有「家庭成员」表，家庭成员没有登记", "there is no sheet 家庭成员; nobody was entered there")
            return
        for line in lines:
            values = dict(self.good[id(line)])
            lacking = [zh for f, zh in (("name", "姓名"), ("relation", "与业主关系")) if f not in values]
            if lacking:
                self._note(f"{line.place}：没有写{'、'.join(lacking)}，没有登记", f"{line.place}: {', '.join(lacking)} is not said; left out")
                continue
            if values["name"].text in there:
                self._note(f"{line.place}：{self.house} 的家庭成员里已有此人，没有再登记", f"{line.place}: is registered there already")
                continue
            there.add(values["name"].text)
            values |= {
                "member_no": said(self.numbers.next("household")),
                "house_no": said(self.house),
                "registered_on": said(self.day),
                "status": said("在住"),
            }
            self.act.changes.append(self.write.new("household", values, _MEMBER))

    def open_file(self, owner: str, line: Line) -> str:
        """A new file with the papers that came; gives its number."""
        return Filing(self).opened(owner, line)

    def found_house(self) -> list[Change]:
        """The row on 房屋 that a developer's list founds."""
        if self.row >= 0:
            return []
        values = dict(self.form.of_house)
        parts = self.register.policy.house_format.parse(self.house)
        if parts is not None:
            for name in ("building", "unit", "room"):
                if getattr(parts, name) and not parts.prefix:
                    values.setdefault(name, said(getattr(parts, name)))
        values |= {"house_no": said(self.house)}
        values.setdefault("use", said("住宅"))
        values.setdefault("status", said(self._status()))
        for name in ("floor_area",):
            if name not in values:
                header = BY_FIELD["houses"].by_field[name].header
                self._note(f"{self.house}：没有写{header.zh}，请补登", f"{self.house}: {header.en} is not said")
        return [self.write.new("houses", values, Text("名单上的房屋", "a house of the list"))]

    def _status(self) -> str:
        """What a sold house is where the form does not say it: not handed over yet, or empty."""
        given = self.form.of_house.get("status", NOTHING).text
        if given:
            return given
        handed = self.form.of_house.get("handover_on", NOTHING).value
        if not isinstance(handed, date) and self.row >= 0 and self.register.tables["houses"].has("handover_on"):
            column = self.register.column("houses", "handover_on")
            handed = self.day_of(int(column.days[self.row])) if column.ok[self.row] else None
        return "空置" if isinstance(handed, date) and handed <= self.day else "未交房"

    def of_house(self, *, first: bool) -> list[Change]:
        """Cells of 房屋. first: days of the first sale are filled where they are blank; they do not change on resale (register.md)."""
        if self.row < 0:
            return []
        out: list[Change | None] = []
        given = self.form.of_house
        for name in _OF_FIRST_SALE:
            s = given.get(name, NOTHING)
            if not s.text:
                continue
            held = self.at.found("houses", name, self.row)
            header = BY_FIELD["houses"].by_field[name].header
            if (first or name == "title_no") and (not held or name == "title_no"):
                out.append(self.write.cell("houses", self.row, name, s.value if s.value is not None else s.text, _FOLLOWS))
            elif first and held != s.text:
                self._note(
                    f"{header.zh}：登记簿是 {held}，表上是 {s.text}，没有改；请用信息变更登记表",
                    f"{header.en} is {held} in the register; not changed",
                )
        now = self.at.found("houses", "status", self.row)
        wanted = given.get("status", NOTHING).text
        if not wanted and first and now in ("未售", "未交房"):
            wanted = self._status()
        if wanted:
            out.append(self.write.cell("houses", self.row, "status", wanted, _FOLLOWS))
        return [c for c in out if c is not None]

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

    def is_company(self, line: Line) -> bool:
        """Whether an owner on the form is a company."""
        return self.value(line, "kind") == "法人" or self.value(line, "id_type") == "统一社会信用代码"

    def is_minor(self, line: Line) -> bool:
        """Whether an owner on the form is under age on the day of registration."""
        return not self.is_company(line) and papers.under_age(self.value(line, "id_no"), self.day)

    def _against(self, zh: str, en: str) -> None:
        self.act.against.append(Text(zh, en))

    def _note(self, zh: str, en: str) -> None:
        self.act.notes.append(Text(zh, en))
