"""What a developer's list comes to, told on one page: counts, then what stays out or is owed, then a row a house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownerbook.identifiers import masks
from ownerbook.procedures.numbers import building_of
from ownerbook.reconcile.change import NOTHING, Change
from ownerbook.reconcile.entitled import against
from ownerbook.reconcile.story import Story, StoryLine, StoryTable, Tone, line
from ownerbook.register.declare import CLERK
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.batch import HandoverList, HandoverRow
    from ownerbook.register.register import Register

HEADS = ("房号", "建筑面积", "业主", "档号", "存放位置", "收到材料", "结果")
MOST = 60
"""So many houses that stay out are told in lines of their own; every one of them is in the table besides."""
_SAID_ONCE = ("还缺材料", "存放位置", "登记人", "隐私告知")


@dataclass
class Outcome:
    """What became of one house. told: lines of its own story that somebody must look at; differ: facts that the register holds otherwise;
    unsold: it has no owner on the list."""

    house: str
    place: str
    row: HandoverRow
    changes: list[Change] = field(default_factory=list)
    against: list[Text] = field(default_factory=list)
    told: list[StoryLine] = field(default_factory=list)
    differ: list[Text] = field(default_factory=list)
    owed: tuple[str, ...] = ()
    already: int = 0
    unsold: bool = False

    def new(self, sheet: str) -> list[Change]:
        """Its new rows of a sheet."""
        return [c for c in self.changes if c.kind == "new" and c.sheet == sheet]


def story_of_list(register: Register, given: HandoverList, outcomes: Sequence[Outcome]) -> Story:
    """The story of a list. Its table names every house, also those that stay out."""
    taken = [o for o in outcomes if o.changes]
    title = Text(f"批量交房：{given.origin.name}，{len(taken)} 户", f"handed over: {given.origin.name}, {len(taken)} houses")
    lines = [*_counts(register, given, outcomes, taken), *_owed(register, given, taken), *_out(outcomes), *_noted(register, taken)]
    rows = [(_row(register, o, masked=False), _row(register, o, masked=True)) for o in outcomes]
    return Story(title, tuple(lines), StoryTable(HEADS, tuple(a for a, _ in rows), tuple(b for _, b in rows)))


def _say(label: str, en_label: str, zh: str, en: str, tone: Tone = "") -> StoryLine:
    return line(Text(label, en_label), Text(zh, en), tone=tone)


def _counts(register: Register, given: HandoverList, outcomes: Sequence[Outcome], taken: Sequence[Outcome]) -> list[StoryLine]:
    out, already = [o for o in outcomes if o.against], [o for o in outcomes if o.already and not o.changes and not o.against]
    zh = f"名单 {len(outcomes)} 户：这次登记 {len(taken)} 户，已登记过 {len(already)} 户，没有采用 {len(out)} 户"
    en = f"{len(outcomes)} houses: {len(taken)} are registered now, {len(already)} were before, {len(out)} stay out"
    lines = [_say("户数", "Houses", zh, en)]
    founded = [c for o in taken for c in o.new("houses")]
    owners = [c for o in taken for c in o.new("owners")]
    companies = sum(c.values.get("kind", NOTHING).text == "法人" for c in owners)
    files, papers = sum(len(o.new("files")) for o in taken), [c for o in taken for c in o.new("documents")]
    unsold = sum(o.unsold for o in taken)
    zh = f"新建房屋 {len(founded)} 套（未售 {unsold} 套），业主 {len(owners)} 人（法人 {companies}），立档 {files} 份，材料 {len(papers)} 件"
    en = f"{len(founded)} houses founded ({unsold} unsold), {len(owners)} owners ({companies} companies), {files} files, {len(papers)} papers"
    lines.append(_say("写入", "Writes", zh, en))
    there = register.tables.get("houses")
    known = {building_of(register, there.found("house_no", r)) for r in range(len(there))} if there is not None else set()
    fresh = sorted({building_of(register, c.record) for c in founded} - known)
    if fresh and known:
        zh = f"登记簿里还没有的楼栋：{'、'.join(fresh[:20])}，请确认是本项目的房屋"
        lines.append(_say("新楼栋", "New buildings", zh, f"buildings that the register does not know: {', '.join(fresh[:20])}", "open"))
    many = Counter(c.values["id_no"].text for c in owners if "id_no" in c.values)
    several = sum(n > 1 for n in many.values())
    if several:
        lines.append(_say("一人多套", "Several houses", f"{several} 位业主各有两套以上", f"{several} owners have two houses or more"))
    assumed = sum("use" not in o.row.of_house and o.house[:1].isdigit() for o in taken if o.new("houses"))
    if assumed:
        lines.append(_say("房屋用途", "Use", f"{assumed} 套没有写用途，按住宅登记", f"{assumed} houses without a use are entered as 住宅", "open"))
    return lines


def _owed(register: Register, given: HandoverList, taken: Sequence[Outcome]) -> list[StoryLine]:
    lines = []
    if any(o.new("owners") for o in taken):
        day = given.day or register.today
        if not given.clerk:
            zh = "名单上没有写登记人，登记人、建档人、收件人空着，写入后须补"
            lines.append(_say("登记人", "Registered by", zh, "nobody is named who registers; it must be filled in later", "open"))
        elif why := against(register, given.clerk, CLERK, min(day, register.today)):
            lines.append(_say("登记人", "Registered by", why.zh, why.en, "open"))
    placed = [c.values["location"].text for o in taken for c in o.new("files") if "location" in c.values]
    lacking = sum(len(o.new("files")) for o in taken) - len(placed)
    if placed:
        at = Counter(placed)
        first = "、".join(f"{name}（{n}）" for name, n in list(at.items())[:6])
        more = f" 等 {len(at)} 处" if len(at) > 6 else ""
        lines.append(_say("存放位置", "Places", f"{first}{more}", f"{len(at)} places"))
    if lacking:
        zh = f"「位置」的空位只够 {len(placed)} 份，{lacking} 份没有位置；登记新的位置后补上"
        lines.append(_say("存放位置", "Places", zh, f"room for {len(placed)} files only, {lacking} have no place", "open"))
    owed = Counter(p for o in taken for p in o.owed)
    if owed:
        told = "、".join(f"{p} {n} 户" for p, n in owed.most_common())
        lines.append(_say("还缺材料", "Still owed", f"{told}；档案先记 待整理", ", ".join(f"{p}: {n}" for p, n in owed.most_common()), "open"))
    unsigned = sum(c.values.get("consent", NOTHING).text != "已签" for o in taken for c in o.new("owners"))
    if unsigned:
        lines.append(_say("隐私告知", "Privacy notice", f"{unsigned} 人未签隐私告知书", f"{unsigned} have not signed the privacy notice", "open"))
    areas = [o.house for o in taken for c in o.new("houses") if "floor_area" not in c.values]
    if areas:
        zh = f"{len(areas)} 套没有写建筑面积，须补登：{'、'.join(areas[:12])}{' 等' if len(areas) > 12 else ''}"
        lines.append(_say("建筑面积", "Floor area", zh, f"{len(areas)} houses without a floor area: {', '.join(areas[:12])}", "open"))
    return lines


def _out(outcomes: Sequence[Outcome]) -> list[StoryLine]:
    wrong = [o for o in outcomes if o.against]
    lines = [
        _say("没有采用", "Left out", "；".join(t.zh for t in o.against), "; ".join(t.en for t in o.against), "open") for o in wrong[:MOST]
    ]  # fmt: skip
    if len(wrong) > MOST:
        zh = f"另有 {len(wrong) - MOST} 户没有采用，原因见下表"
        lines.append(_say("没有采用", "Left out", zh, f"{len(wrong) - MOST} more stay out; the table says why", "open"))
    return lines


def _noted(register: Register, taken: Sequence[Outcome]) -> list[StoryLine]:
    """What else somebody must look at, by house."""
    lines: list[StoryLine] = []
    for o in taken:
        for n in o.told:
            if n.label.zh in _SAID_ONCE:
                continue
            full, masked = (Text(f"{o.house}：{t.zh}", f"{o.house}: {t.en}") for t in (n.full, n.masked))
            lines.append(StoryLine(n.label, full, masked, "open"))
        lines += [_say("与登记簿不同", "Differs", f"{o.house}：{t.zh}", f"{o.house}: {t.en}", "open") for t in o.differ]
    kept = lines[:MOST]
    if len(lines) > MOST:
        kept.append(_say("另有", "More", f"还有 {len(lines) - MOST} 条，登记后见 check", f"{len(lines) - MOST} more", "open"))
    return kept


def _row(register: Register, o: Outcome, *, masked: bool) -> tuple[str, ...]:
    def name(text: str) -> str:
        return masks.BY_NAME["name"](text) if masked and text else text

    owners, files, papers = o.new("owners"), o.new("files"), o.new("documents")
    who = "、".join(name(c.values.get("name", NOTHING).text) for c in owners) or "、".join(name(n.text("name")) for n in o.row.owners)
    if o.against:
        result = "没有采用：" + "；".join(t.zh for t in o.against)
    elif o.changes:
        result = "未售，只建房屋" if o.unsold else f"缺 {len(o.owed)} 件" if o.owed else "齐全"
    else:
        result = "已登记过"
    area = o.row.of_house.get("floor_area", NOTHING).text
    number = files[0].record if files else ""
    place = files[0].values.get("location", NOTHING).text if files else ""
    return (o.house, area, who, number, place or ("待定" if files else ""), f"{len(papers)} 件" if papers else "", result)
