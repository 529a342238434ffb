"""The office: staff with their rights, training, policy, places, room checks, surveys."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from maker.model import AS_OF, LEDGER_FROM, Community, joined, plus
from maker.people import People
from ownerbook.reports.register_book import Cell, Raw

CLERK, LOANS, AUDIT, DISPOSAL = "档案经办", "借阅审批", "审核", "处置批准"
PAPERS = "业主登记表、身份证件复印件、购房合同、购房发票、房屋交接验收单、隐私告知书"
PLACES_PAPERS = "业主登记表、身份证件复印件、购房合同"  # 车位, 储藏室


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of staff. rights: (right, first day, last day) with None where the right has no span."""

    number: str
    name: str
    phone: str
    rights: tuple[tuple[str, date | None, date | None], ...]
    joined: date
    left: date | None
    signed: date | None

    def employed(self, day: date) -> bool:
        """Whether they worked here on that day."""
        return self.joined <= day and (self.left is None or day <= self.left)

    def may(self, right: str, day: date) -> bool:
        """Whether they were allowed to act."""
        held = any(r == right and (a is None or a <= day) and (b is None or day <= b) for r, a, b in self.rights)
        return held and self.employed(day) and self.signed is not None and self.signed <= day


D = date
_STAFF: tuple[tuple[str, tuple[tuple[str, date | None, date | None], ...], date, date | None, bool], ...] = (
    ("档案管理员", ((CLERK, None, None),), D(2009, 9, 1), D(2018, 6, 29), True),
    ("档案管理员", ((CLERK, None, None),), D(2010, 3, 1), None, True),
    ("档案管理员", ((CLERK, None, None),), D(2018, 5, 2), None, True),
    ("客服主管", ((LOANS, None, None), (AUDIT, None, None)), D(2010, 1, 4), None, True),
    ("项目经理", ((DISPOSAL, None, None), (LOANS, None, None)), D(2009, 6, 1), D(2021, 12, 31), True),
    ("项目经理", ((DISPOSAL, None, None), (LOANS, D(2024, 3, 1), D(2025, 6, 30))), D(2021, 11, 15), None, True),
    ("品质主管", ((AUDIT, None, None),), D(2010, 7, 1), None, True),
    ("行政专员", ((AUDIT, None, None), (CLERK, D(2023, 1, 1), D(2024, 12, 31))), D(2016, 2, 22), None, True),
    (
        "客服助理",
        ((CLERK, None, None), (LOANS, D(2025, 1, 1), D(2025, 12, 31))),
        D(2022, 7, 11),
        D(2026, 3, 31),
        True,
    ),  # fmt: skip
    ("档案员", ((CLERK, None, None),), D(2025, 4, 7), None, True),
    ("工程主管", (), D(2012, 5, 14), None, True),
    ("财务主管", (), D(2011, 2, 21), None, True),
    ("秩序主管", (), D(2015, 9, 7), None, False),
    ("前台接待", (), D(2023, 6, 5), None, False),
    ("保洁主管", (), D(2020, 4, 13), None, False),
)


def _span(right: str, first: date | None, last: date | None) -> str:
    if first and last:
        return f"{right}({first}至{last})"
    return right


class Office:
    """Who works here, and who acts on a day."""

    def __init__(self, c: Community, people: People) -> None:
        self._rng: random.Random = c.rng
        self.staff: list[Staff] = []
        for n, (role, rights, begun, left, signed) in enumerate(_STAFF, 1):
            name = people.name(n % 2 == 0)
            if role == "保洁主管":
                name = self.staff[-1].name  # two people of one name
            person = Staff(f"G{n:03d}", name, people.phone(), rights, begun, left, begun if signed else None)
            self.staff.append(person)
            c.add(
                "人员", 工号=person.number, 姓名=name, 岗位=role, 权限=joined(_span(*r) for r in rights) or None, 入职日期=begun, 离职日期=left,
                保密协议签订日期=person.signed, 联系电话=person.phone, 电子邮箱=f"g{n:03d}@example.com" if n % 3 else None,
            )  # fmt: skip

    def by_number(self, number: str) -> Staff:
        """One of them."""
        return next(s for s in self.staff if s.number == number)

    def able(self, right: str, day: date, *, without: tuple[Staff, ...] = ()) -> Staff:
        """Somebody who may act on that day and is none of these."""
        return self._rng.choice([s for s in self.staff if s.may(right, day) and s not in without])

    def cell(self, person: Staff) -> Cell:
        """A person as a cell names them: mostly by number, sometimes by name or by both."""
        roll = self._rng.random()
        return person.number if roll < 0.6 else person.name if roll < 0.85 else f"{person.number} {person.name}"


def standing_rules(c: Community) -> None:
    """制度 and 日历."""
    for name, value, note in (
        ("项目代码", c.code, "档号的第一段"),
        ("房号格式", "栋-单元-室", "商铺 S-、车位 P-、储藏室 C-、办公 B- 另编"),
        ("档号格式", "项目-房号-流水", None),
        ("借阅期限", "1个月", "自借出日起算"),
        ("续借次数上限", 1, None),
        ("应还日遇休息日顺延", "是", "民法典第二百零三条"),
        ("催还阶梯", "到期前7天、逾期1天、逾期7天、逾期15天、逾期30天", None),
        ("审核周期", "12个月", "内部档案"),
        ("敏感档案审核周期", "6个月", None),
        ("建档后首次审核", "3个月", None),
        ("月度抽查比例", "2%", None),
        ("整改期限", "30天", None),
        ("登记期限", "120天", None),
        ("登记建档期限", "15天", None),
        ("变更办理期限", "7天", None),
        ("年度培训学时", 8, "每名档案经办"),
        ("必备材料.住宅", PAPERS, None),
        ("必备材料.商铺", PAPERS, None),
        ("必备材料.办公", PAPERS, None),
        ("必备材料.车位", PLACES_PAPERS, None),
        ("必备材料.储藏室", PLACES_PAPERS, None),
        ("需证明材料的字段", "姓名、证件号码、产权份额、业主状态", None),
        ("保管期限.可选", "永久、30年、10年", None),
        ("保管期限.起算", "迁出日期", None),
        ("权利请求答复期限", "15天", None),
        ("同号户数上限", 3, "同一电话的人数"),
        ("库房检查周期", "1个月", None),
        ("统计最小单元", 5, None),
        ("制度版本", "V3.2", None),
        ("批准人", "G006", None),
        ("生效日期", Raw("date", D(2024, 1, 1), form="yyyy-mm-dd"), None),
    ):
        c.add("制度", 参数=name, 值=value, 说明=note)


CORRECTIONS = {D(2025, 7, 25): False, D(2025, 7, 26): True}


def office_records(c: Community, office: Office) -> None:
    """培训, 日历, 库房检查, 满意度, 事件: what the office writes down besides the files."""
    for day, worked in CORRECTIONS.items():
        c.add("日历", 日期=day, 类型="工作日" if worked else "休息日", 依据="示例物业通〔2025〕11号(供电检修调休)")
    topics = ("档案整理与归档", "个人信息保护法与保密", "借阅审批流程", "检索与编目", "库房安全与应急", "变更登记与核对")
    for n in range(8):
        year, month = divmod(10 + n * 3, 12)
        day = c.worked(D(2024 + year, month + 1, 12))
        present = [s for s in office.staff if s.employed(day) and (s.rights or c.chance(0.3))]
        c.add(
            "培训", 培训编号=c.next("PX", 3), 培训日期=day, 培训主题=topics[n % len(topics)], 学时=3,
            讲师="市物业协会讲师" if n % 3 == 2 else office.cell(office.by_number("G004")), 参加人=joined(s.number for s in present), 考核结果="合格",
        )  # fmt: skip
    _room_checks(c, office)
    for m in range(24):
        year, month = divmod(10 + m, 12)
        asked = c.rng.randrange(55, 80)
        answered = c.rng.randrange(40, asked + 1)
        c.add(
            "满意度",
            月份=f"{2024 + year}-{month + 1:02d}",
            调查份数=asked,
            回收份数=answered,
            满意份数=c.rng.randrange(answered - 9, answered + 1),
            投诉件数=c.rng.randrange(0, 4),
        )
    found = D(2025, 9, 16)
    c.add(
        "事件", 事件编号=c.next("SJ", 3), 发现日期=found, 类型="未授权查阅", 原因="前台电脑未锁屏,访客看到登记表", 可能危害="个别业主联系电话被知晓",
        补救措施="已设自动锁屏并告知当事业主", 通知日期=plus(found, 1), 责任人=office.cell(office.by_number("G004")), 结案日期=plus(found, 9),
    )  # fmt: skip


def _room_checks(c: Community, office: Office) -> None:
    rooms = sorted({str(r["档案室"]) for r in c.tables["位置"]})
    for m in range(24):
        year, month = divmod(10 + m, 12)
        for room in rooms:
            day = c.worked(D(2024 + year, month + 1, c.rng.randrange(20, 26)))
            bad = c.chance(0.06)
            c.add(
                "库房检查", 检查编号=c.next("KJ", 4), 检查日期=day, 档案室=room,
                检查人=office.cell(office.by_number(c.rng.choice(("G002", "G003", "G011")))),
                温度=round(c.rng.uniform(16, 24), 1), 湿度=c.rng.randrange(45, 60), 门锁="正常",
                消防="正常", 防潮="异常" if bad else "正常", 虫霉="正常",
                处理措施="已换除湿盒并复测" if bad else None, 完成日期=plus(day, 2) if bad else None,
            )  # fmt: skip


def places(c: Community, files: int) -> None:
    """位置: boxes enough for so many files."""
    boxes = files // 14 + 4
    for n in range(boxes):
        room, rest = divmod(n, 40)
        cabinet, rest = divmod(rest, 20)
        shelf, box = divmod(rest, 5)
        parts = (f"A{room + 1:02d}", f"{cabinet + 1:02d}", f"{shelf + 1:02d}", f"{box + 1:02d}")
        c.add("位置", 位置编号="-".join(parts), 档案室=parts[0], 柜号=parts[1], 层=parts[2], 盒号=parts[3], 容量=20)


__all__ = ["AS_OF", "LEDGER_FROM", "Office", "Staff", "office_records", "places", "standing_rules"]
