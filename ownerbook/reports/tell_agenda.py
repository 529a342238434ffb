"""到期事项: everything late or due within so many days, over all subjects, by urgency or by person."""

from __future__ import annotations

from ownerbook.calendar.months import EPOCH
from ownerbook.deadlines.agenda import KINDS, NONE, Item, agenda
from ownerbook.deadlines.columns import Whole
from ownerbook.deadlines.scans import FEW, Disk, fingerprinted
from ownerbook.register.register import Register
from ownerbook.reports.listing import Field, Figure, Line, Listing, Report, Tone
from ownerbook.reports.naming import Naming, a_day
from ownerbook.schema.words import Lang, Personal, Text

FIELDS = (
    Field("kind", Text("事项", "What"), "center"),
    Field("record", Text("对象", "Record")),
    Field("house_no", Text("房号", "House")),
    Field("file_no", Text("档号", "File no.")),
    Field("about", Text("说明", "About"), "wrap"),
    Field("due_on", Text("到期日", "Due"), "day"),
    Field("days", Text("逾期天数", "Days late"), "count"),
    Field("who", Text("由谁办", "Whose turn"), "wrap"),
    Field("place", Text("登记簿位置", "Place")),
)
NOBODY = Text("无人可办", "nobody")


def tone_of(item: Item, today: int) -> Tone:
    """Late, today (also what waits without a term), or soon."""
    return "today" if item.day in (NONE, today) else "late" if item.day < today else "soon"


def turn(item: Item, name: Naming) -> Personal | Text:
    """Whose turn it is, in few words: up to two people, of more how many hold the right; the right where nobody holds it."""
    n = len(item.who)
    if n > 2:
        return Text(f"有「{item.right}」权限的 {n} 人", f"{n} who hold {item.right}")
    return everybody(item, name)


def everybody(item: Item, name: Naming) -> Personal | Text:
    """All whose turn it is."""
    if item.who:
        return Personal("、".join(name.staff(p).text for p in item.who), "staff")
    return Text(f"无人可办（{item.right}）", f"nobody ({item.right})") if item.right else NOBODY


def record(item: Item, name: Naming) -> Personal | str:
    """The key of what an item is about; of staff number and name."""
    if item.row < 0:
        return ""
    if item.sheet == "staff":
        return name.staff(item.row)
    return name.house("houses", item.row) if item.sheet == "houses" else name.key(item.sheet, item.row)


def line_of(item: Item, name: Naming, today: int) -> Line:
    """An item as a line."""
    tone, workbook = tone_of(item, today), name.workbook(item.sheet, item.row)
    file = name.key("files", item.file) if item.sheet != "files" else ""
    days = today - item.day if tone == "late" else None
    cells = (
        KINDS[item.kind].words,
        record(item, name),
        item.house if item.sheet != "houses" else "",
        file,
        item.about,
        None if item.day == NONE else a_day(item.day),
        days,
        turn(item, name),
        name.place(item.sheet, item.row),
    )
    people = tuple(name.staff(p).text for p in item.who)
    return Line(cells, tone, name.building(item.house), item.house, people, workbook)


def figures(within: int) -> list[Figure]:
    """How many are late, due today, due soon; how many loans are overdue."""
    return [
        Figure("all", Text("全部事项", "items"), "items"),
        Figure("late", Text("已逾期", "late"), "items", "late", bad=True),
        Figure("today", Text("今天办", "today"), "items", "today"),
        Figure("soon", Text(f"{within} 天内到期", f"within {within} days"), "items", "soon"),
    ]


def read_agenda(register: Register, within: int, disk: Disk | None = None) -> tuple[list[Item], Naming]:
    """The agenda of the register's day, and how to name what is in it."""
    return agenda(Whole(register), register.calendar, register.today.toordinal() - EPOCH, within, disk), Naming(register)


def tell_due(register: Register, disk: Disk | None = None, *, workspace: str = "", within: int = 30) -> Report:
    """Everything late or due within so many days, most urgent first, and how many of each kind. disk: where the scans lie."""
    today = register.today.toordinal() - EPOCH
    items, name = read_agenda(register, within, disk)
    out = Report("due", Text("到期事项", "What is due"), register.today, workspace, str(register.policy.version or ""))
    everything = Listing("items", Text("到期事项", "Items"), FIELDS, ask=Text("办理情况", "Progress"))
    everything.note = Text("逾期在前，今天次之；没有期限的待办算今天", "late ones first, then today's; what waits without a term counts as today's")
    everything.lines = [line_of(i, name, today) for i in items]
    counts = Listing(
        "kinds",
        Text("按事项统计", "By kind"),
        (
            Field("kind", Text("事项", "What")),
            Field("late", Text("已逾期", "Late"), "count"),
            Field("today", Text("今天办", "Today"), "count"),
            Field("soon", Text("即将到期", "Soon"), "count"),
            Field("oldest", Text("最早到期日", "Oldest"), "day"),
        ),
    )
    for kind, declared in KINDS.items():
        mine = [i for i in items if i.kind == kind]
        if mine:
            tones = [tone_of(i, today) for i in mine]
            days = [i.day for i in mine if i.day != NONE]
            numbers = tuple(tones.count(t) or None for t in ("late", "today", "soon"))
            counts.lines.append(Line((declared.words, *numbers, a_day(min(days)) if days else None), "late" if "late" in tones else ""))
    out.listings, out.figures = [counts, everything], figures(within)
    out.notes += [*calendar_note(register), *scans_note(register, disk)]
    return out


def calendar_note(register: Register) -> list[Text]:
    """Said from two months before the known schedule of working days ends."""
    until = register.calendar.known_until
    if (until - register.today).days >= 62:
        return []
    zh = f"工作日历只知道到 {until.isoformat()}；之后的应还日期暂定，请更新 chinesecalendar 或填「日历」表"
    return [Text(zh, f"working days are known until {until.isoformat()}; later due days are provisional")]


def scans_note(register: Register, disk: Disk | None) -> list[Text]:
    """Said where there are too many fingerprints to take anew every morning."""
    if disk is None or "documents" not in register.tables:
        return []
    n = fingerprinted(Whole(register))
    if n <= FEW:
        return []
    return [Text(f"{n} 份电子件的指纹未在此核对，见 ownerbook missing", f"{n} fingerprints of scans are not compared here; see ownerbook missing")]


def by_person(items: list[Item], name: Naming) -> list[tuple[Personal | Text, list[Item]]]:
    """The items by whose turn it is, in order of 人员, shared ones after, what nobody may do last; in each the most urgent first."""
    groups: dict[tuple[int, ...] | str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.who or f"~{item.right}", []).append(item)
    order = sorted(groups, key=lambda k: (2, 0, k) if isinstance(k, str) else (0 if len(k) == 1 else 1, k[0], str(k)))
    return [(everybody(groups[k][0], name), groups[k]) for k in order]


def sentence_of(item: Item, name: Naming, lang: Lang, masked: bool) -> str:
    """An item in one sentence: what, which, why."""
    from ownerbook.reports.listing import shown

    which = " ".join(dict.fromkeys(t for t in (shown(record(item, name), lang, masked), item.house) if t))
    gap = "：" if lang == "zh" else ": "
    return f"{KINDS[item.kind].words.say(lang)} {which}".rstrip() + gap + item.about.say(lang)
