"""The houses of a community, who owned them when, and the files that were opened for each ownership period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from maker.model import AS_OF, Community, Row, plus
from maker.office import CLERK, PAPERS, PLACES_PAPERS, Office
from maker.people import People, Person
from ownerbook.reports.register_book import Cell

D = date
EXTRA = ("前期物业服务协议", "临时管理规约承诺书", "钥匙交接单", "装修申请")
COPIES = ("身份证件复印件", "购房合同", "购房发票", "营业执照")
LAYOUTS = (("两室一厅", 72, 92), ("三室一厅", 90, 112), ("三室两厅", 105, 132), ("四室两厅", 128, 160))


@dataclass(frozen=True, slots=True)
class Building:
    """A building of dwellings: units, floors, doors a floor. floors 0: terraced houses, numbered through."""

    number: int
    units: int
    floors: int
    doors: int

    def houses(self) -> Iterator[tuple[str, str, str, str]]:
        """房号, 楼栋, 单元, 室号 of each."""
        for unit in range(1, self.units + 1):
            for floor in range(1, max(self.floors, 1) + 1):
                for door in range(1, self.doors + 1):
                    room = f"{floor}{door:02d}" if self.floors else str(door)
                    yield f"{self.number}-{unit}-{room}", str(self.number), str(unit), room


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a community is. resales: how many houses changed hands, by when the first owner left."""

    buildings: Sequence[Building]
    shops: int
    parking: int
    storage: int
    offices: int
    unsold: int
    waiting: int
    destroyed: int
    handed_over: int
    archived: int
    recent: int
    abroad: int
    minors: int


@dataclass(slots=True)
class Period:
    """One ownership period: its owners' rows and its file."""

    house: Row
    owners: list[Row]
    began: date
    registered: date
    ended: date | None = None
    file: Row | None = None
    fate: str = ""  # destroyed, handed_over, archived, recent


@dataclass(slots=True)
class Settled:
    """What the later work needs to know of the standing register."""

    periods: list[Period] = field(default_factory=list)
    box: int = 0


def settle(c: Community, people: People, office: Office, plan: Plan) -> Settled:
    """Fill 房屋, 业主, 家庭成员, 档案 and 材料."""
    out = Settled()
    homes = [h for b in plan.buildings for h in b.houses()]
    unsold = set(c.rng.sample(range(len(homes)), plan.unsold + plan.waiting))
    waiting = set(sorted(unsold)[:: max(1, len(unsold) // max(plan.waiting, 1))][: plan.waiting])
    sold = [i for i in range(len(homes)) if i not in unsold]
    special = c.rng.sample(sold, plan.destroyed + plan.handed_over + plan.archived + plan.recent + plan.abroad + plan.minors)
    fate: dict[int, str] = {}
    for name, count in (
        ("destroyed", plan.destroyed), ("handed_over", plan.handed_over), ("archived", plan.archived), ("recent", plan.recent),
        ("abroad", plan.abroad), ("minor", plan.minors),
    ):  # fmt: skip
        for _ in range(count):
            fate[special.pop()] = name
    titles = c.rng.sample(range(1000, 90000), len(homes) + 200)
    for i, (number, building, unit, room) in enumerate(homes):
        layout, least, most = c.rng.choice(LAYOUTS)
        area = round(c.rng.uniform(least, most), 2)
        house = c.add(
            "房屋",
            number,
            房号=number,
            楼栋=building,
            单元=unit,
            室号=room,
            户型=layout,
            建筑面积=area,
            套内面积=round(area * c.rng.uniform(0.76, 0.86), 2),
            房屋用途="住宅",
        )
        if i in waiting:
            signed = c.between(D(2026, 8, 1), D(2026, 10, 20))
            house.cells |= {"签约日期": signed, "交房日期": c.between(D(2026, 12, 1), D(2027, 6, 30)), "房屋状态": "未交房"}
        elif i in unsold:
            house.cells |= {"房屋状态": "未售", "备注": "尾房,开发商保留" if c.chance(0.3) else None}
        else:
            _sell(c, house, D(2010, 6, 1), D(2012, 8, 31), fate.get(i, ""))
            if c.chance(0.6):
                house["不动产权证号"] = f"皖（{c.rng.randrange(2016, 2025)}）示范市不动产权第{titles[i]:07d}号"
            _inhabit(c, people, office, out, house, fate.get(i, ""))
    _others(c, people, office, out, plan, titles[len(homes) :])
    return out


def _sell(c: Community, house: Row, first: date, last: date, fate: str) -> None:
    signed = (
        c.between(first, last)
        if fate in ("destroyed", "handed_over", "archived", "recent") or c.chance(0.93)
        else c.between(D(2013, 3, 1), D(2021, 6, 30))
    )
    if fate == "" and c.chance(0.015):
        signed = c.between(D(2024, 12, 1), D(2026, 5, 31))
    handed = plus(signed, c.rng.randrange(20, 95))
    moved = plus(handed, c.rng.randrange(25, 300))
    empty = c.chance(0.12)
    house.cells |= {
        "签约日期": signed, "交房日期": handed, "入住日期": None if empty or moved > AS_OF else moved,
        "房屋状态": c.rng.choices(("自住", "出租", "空置", "装修中"), (78, 16, 4, 2))[0] if not empty else c.rng.choice(("空置", "空置", "装修中")),
    }  # fmt: skip


def _others(c: Community, people: People, office: Office, out: Settled, plan: Plan, titles: list[int]) -> None:
    """Shops and offices with owners of their own; parking places and storage rooms of those who live here."""
    for use, prefix, count in (("商铺", "S-", plan.shops), ("办公", "B-", plan.offices)):
        for n in range(1, count + 1):
            number = f"{prefix}{n:03d}" if use == "商铺" else f"{prefix}{12 + (n - 1) // 4}{(n - 1) % 4 + 1:02d}"
            area = round(c.rng.uniform(35, 260), 2)
            house = c.add("房屋", number, 房号=number, 建筑面积=area, 套内面积=round(area * 0.7, 2), 房屋用途=use)
            _sell(c, house, D(2010, 9, 1), D(2012, 10, 31), "archived")
            house["房屋状态"] = c.rng.choice(("自住", "出租", "出租", "空置"))
            house["不动产权证号"] = f"皖（{c.rng.randrange(2016, 2025)}）示范市不动产权第{titles.pop():07d}号"
            _inhabit(c, people, office, out, house, "company" if c.chance(0.7) else "shop")
    residents = [
        p
        for p in out.periods
        if p.ended is None and not p.fate and p.began < D(2024, 1, 1) and p.house["房屋用途"] == "住宅" and p.owners[0]["业主类型"] == "自然人"
    ]
    chosen = c.rng.sample(residents, plan.parking + plan.storage)
    for use, prefix, count in (("车位", "P-B1-", plan.parking), ("储藏室", "C-", plan.storage)):
        for n in range(1, count + 1):
            home = chosen.pop()
            number = f"{prefix}{n:03d}"
            house = c.add("房屋", number, 房号=number, 建筑面积=13.2 if use == "车位" else round(c.rng.uniform(6, 18), 2), 房屋用途=use)
            begun = plus(home.began, c.rng.randrange(0, 400))
            signed = plus(begun, -c.rng.randrange(1, 20))
            house.cells |= {"签约日期": signed, "交房日期": begun, "房屋状态": c.rng.choice(("自住", "自住", "出租"))}
            row = home.owners[0]
            registered = plus(begun, c.rng.randrange(0, 12))
            if registered > AS_OF:
                continue
            copied = {h: row[h] for h in ("姓名", "业主类型", "证件类型", "证件号码", "证件有效期至", "联系电话", "通讯地址")}
            owner = _owner(c, office, house, copied, registered, begun)
            c.shared.add(home.house.house)
            c.shared.add(number)
            period = Period(house, [owner], begun, registered)
            if c.chance(0.5):
                open_file(c, office, out, period, 1)
            out.periods.append(period)


def _inhabit(c: Community, people: People, office: Office, out: Settled, house: Row, fate: str) -> None:
    began, serial = house.day("交房日期"), 1
    leaves = {
        "destroyed": (D(2013, 2, 1), D(2015, 10, 31)), "handed_over": (D(2017, 3, 1), D(2022, 6, 30)), "archived": (D(2017, 3, 1), D(2024, 9, 30)),
        "recent": (D(2024, 11, 10), D(2026, 9, 10)),
    }.get(fate)  # fmt: skip
    if leaves:
        first = _period(c, people, office, house, began, "")
        first.ended, first.fate = c.between(*leaves), fate
        for o in first.owners:
            o.cells |= {"迁出日期": first.ended, "业主状态": "原业主"}
            if o.day("告知日期") > first.ended:
                o["告知日期"] = first.registered
        open_file(c, office, out, first, 1)
        out.periods.append(first)
        began, serial = first.ended, 2
    last = _period(c, people, office, house, began, fate)
    open_file(c, office, out, last, serial)
    out.periods.append(last)
    if house["房屋用途"] == "住宅" and last.owners[0]["业主类型"] == "自然人":
        _household(c, people, last)


def _period(c: Community, people: People, office: Office, house: Row, began: date, fate: str) -> Period:
    registered = min(plus(began, c.rng.randrange(0, 12)), plus(AS_OF, -18))
    period = Period(house, [], began, registered)
    nth = sum(1 for _ in c.rows("业主"))
    if fate == "company":
        first = people.company()
    elif fate == "abroad":
        first = people.from_abroad(int(c.next("外", 1)[1:]) - 1)
    else:
        first = people.person(born=people.born(28, 76))
    members: list[tuple[Person, Cell]] = [(first, None)]
    if fate == "minor" and first.born is not None:
        child = people.person(surname=first.name[0], born=c.between(D(2010, 1, 1), D(2018, 12, 31)))
        members = [(first, "50%"), (child, "50%")]
    elif fate in ("", "shop") and c.chance(0.24):
        share: tuple[Cell, Cell] = c.rng.choice(
            ((0.5, 0.5), ("共同共有", "共同共有"), ("1/3", "2/3"), (0.7, 0.3), ("50%", "50%"), ("共同共有", "共同共有"))
        )
        second = people.person(male=not first.male, born=None if first.born is None else first.born + timedelta(days=c.rng.randrange(-1500, 1500)))
        members = [(first, share[0]), (second, share[1])]
    elif c.chance(0.4):
        members = [(first, 1 if c.chance(0.5) else "100%")]
    for n, (person, part) in enumerate(members):
        cells: dict[str, Cell] = {
            "姓名": person.name, "业主类型": person.kind, "证件类型": person.id_type, "证件号码": person.id_no,
            "证件有效期至": person.id_until, "联系电话": person.phone,
            "产权份额": part, "主联系人": ("是" if n == 0 else "否") if len(members) > 1 else c.rng.choice(("是", None)),
            "备用电话": people.phone() if c.chance(0.15) else None, "电子邮箱": f"yz{nth + n:04d}@example.com" if c.chance(0.3) else None,
        }  # fmt: skip
        if c.chance(0.5):
            cells["通讯地址"] = f"示例市春风路88号{house['房号']}" if c.chance(0.8) else f"示例市青云里{c.rng.randrange(1, 60)}号"
        period.owners.append(_owner(c, office, house, cells, registered, began))
    return period


def _owner(c: Community, office: Office, house: Row, cells: dict[str, Cell], registered: date, began: date) -> Row:
    # the notice and the declaration came with the rules of 2021; before that nobody was asked
    told = c.between(max(registered, D(2021, 11, 1)), max(plus(registered, 5), D(2022, 10, 31))) if registered < D(2022, 10, 1) else registered
    row: dict[str, Cell] = {
        "业主编号": c.next("Y", 5), "房号": house["房号"], **cells, "登记日期": registered,
        "登记人": office.cell(office.able(CLERK, registered)), "迁入日期": began,
        "业主状态": "现业主", "隐私告知书": "已签", "告知日期": min(told, AS_OF), "真实性声明": "已签" if c.chance(0.9) else None,
    }  # fmt: skip
    return c.add("业主", house.house, **row)


def open_file(c: Community, office: Office, out: Settled, period: Period, serial: int) -> Row:
    """A file for a period, with the papers that policy asks for."""
    house = period.house
    created = min(plus(period.registered, c.rng.randrange(3, 12)), AS_OF)
    clerk = office.able(CLERK, created)
    kept = "10年" if period.fate == "destroyed" else c.rng.choice(("永久", "30年", "30年", "10年"))
    box = c.tables["位置"][out.box // 16]["位置编号"]
    out.box += 1
    period.file = c.add(
        "档案", house.house, 档号=f"{c.code}-{house['房号']}-{serial:02d}", 房号=house["房号"], 业主编号=period.owners[0]["业主编号"],
        题名=f"{house['房号']}{'业主' if serial == 1 else '过户'}档案", 建档日期=created, 建档人=office.cell(clerk), 存放位置=box,
        密级="敏感" if c.chance(0.1) else "内部", 保管期限=kept, 档案状态="在库",
    )  # fmt: skip
    wanted = (PLACES_PAPERS if house["房屋用途"] in ("车位", "储藏室") else PAPERS).split("、")
    if period.owners[0]["业主类型"] == "法人":
        wanted = ["营业执照" if w == "身份证件复印件" else w for w in wanted] + ["授权委托书"]
    for kind in [*wanted, *(x for x in EXTRA if house["房屋用途"] == "住宅" and c.chance(0.22))]:
        told = period.owners[0].day("告知日期")
        paper(c, office, period.file, kind, told if kind == "隐私告知书" else c.between(period.registered, created))
    return period.file


def paper(c: Community, office: Office, file: Row, kind: str, received: date, title: str | None = None) -> Row:
    """One paper of a file."""
    form = "复印件" if kind in COPIES else "原件"
    clerk = office.able(CLERK, received)
    pages = {"购房合同": 24, "装修申请": 6, "前期物业服务协议": 12}.get(kind, 2)
    return c.add(
        "材料", file.house, 材料编号=c.next("CL", 6), 档号=file["档号"], 材料类型=kind, 材料名称=title,
        形式=form, 页数=c.rng.randrange(1, pages + 1), 份数=1,
        收件日期=received, 收件人=office.cell(clerk), 核对人=office.cell(office.able(CLERK, received)) if form == "复印件" else None, 材料状态="齐全",
    )  # fmt: skip


def _household(c: Community, people: People, period: Period) -> None:
    house, head = period.house, period.owners[0]
    births = [D(int(n[6:10]), int(n[10:12]), int(n[12:14])) for o in period.owners if len(n := str(o["证件号码"])) == 18]
    if births and max(births) > D(2005, 1, 1):
        return  # a child owns a part: who lives here is a longer story
    oldest_child, youngest_parent = plus(max(births, default=D(1975, 1, 1)), 21 * 365), plus(min(births, default=D(1975, 1, 1)), -21 * 365)
    surname = str(head["姓名"])[0]
    family = house["房屋状态"] in ("自住", "装修中")
    relations: list[str] = []
    if family and c.chance(0.6):
        relations = ["配偶"] if len(period.owners) == 1 and c.chance(0.8) else []
        relations += ["子女"] * c.rng.choice((0, 1, 1, 2)) + ["父母"] * c.rng.choice((0, 0, 0, 1))
    elif house["房屋状态"] == "出租" and c.chance(0.8):
        relations = ["租户"] * c.rng.choice((1, 1, 2))
    for relation in relations:
        if relation == "子女" and oldest_child > D(2024, 1, 1):
            continue
        child, parent = (
            c.between(oldest_child, min(plus(oldest_child, 4000), D(2024, 6, 1))),
            c.between(plus(youngest_parent, -2500), youngest_parent),
        )
        if relation == "父母" and parent < D(1932, 1, 1):
            continue
        born = {"子女": child, "父母": parent, "租户": people.born(22, 50)}.get(relation, people.born(28, 70))
        person = people.person(surname=surname if relation == "子女" and surname in "王李张刘陈杨黄赵周吴徐孙" else "", born=born)
        documented = c.chance(0.7)
        day = max(period.registered, plus(born, 60), D(2022, 1, 1) if relation == "租户" else period.registered)
        c.add(
            "家庭成员", house.house, 成员编号=c.next("M", 5), 房号=house["房号"], 姓名=person.name, 与业主关系=relation,
            证件类型="居民身份证" if documented else None, 证件号码=person.id_no if documented else None,
            联系电话=person.phone if (AS_OF - born).days > 14 * 365 else None,
            登记日期=min(plus(day, c.rng.randrange(0, 40)), AS_OF), 居住状态="在住",
        )  # fmt: skip
