"""What speaks against the rows of a developer's list before anything is planned: numbers that cannot be, days out of order, people who contradict
each other. Each is told with its cell, and with what to do about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from ownerbook.identifiers import document, phone
from ownerbook.identifiers.verdict import Status
from ownerbook.procedures.registration import Line
from ownerbook.reconcile.change import NOTHING
from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.procedures.batch import HandoverRow
    from ownerbook.register.register import Register

_WHY = {
    "length": Text("位数不对", "it has the wrong length"),
    "check-digit": Text("校验码不符", "its check digit does not fit"),
    "birth": Text("出生日期不存在", "its day of birth does not exist"),
    "birth-future": Text("出生日期在今天之后", "its day of birth is in the future"),
    "characters": Text("有不该有的字符", "it holds characters that do not belong there"),
    "scientific": Text("被存成了科学记数，末几位已丢失；请把该列设为文本再重新录入", "digits are lost; make the column text and type it again"),
    "masked": Text("被隐去一部分，请写完整号码", "a part of it is hidden; write it in full"),
    "several": Text("一格里有几个号码", "several numbers stand in one cell"),
    "other-type": Text("是另一种证件的号码，请核对证件类型", "it is the number of another kind of document"),
    "text": Text("夹着文字", "words stand in it"),
}  # fmt: skip
_UNFIT = Text("写法不对", "it is not written as such a number is")
_ORDER = (("contract_on", "handover_on"), ("handover_on", "movein_on"), ("contract_on", "movein_on"))


def against_rows(register: Register, rows: Sequence[HandoverRow], today: date) -> dict[int, list[Text]]:
    """id of a row → why its house stays out."""
    out: dict[int, list[Text]] = defaultdict(list)
    form = register.policy.house_format
    names: dict[str, dict[str, list[HandoverRow]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        mine = out[id(row)]
        if not row.house.strip():
            mine.append(Text(f"{row.place}：没有写房号；共有人请与上一行合并房号，或写在同一格用、分开", f"{row.place}: no house is named"))
        elif not form.canonical(row.house.strip()):
            mine.append(Text(f"{row.place}：房号「{row.house}」读不懂", f"{row.place}: {row.house} is no house number"))
        if row.doubled:
            zh = f"{row.place}：{row.house} 在 {'、'.join(row.doubled)} 又出现一次，内容不同；共有人请写在同一格用、分开，或合并房号格"
            mine.append(Text(zh, f"{row.place}: {row.house} stands again at {', '.join(row.doubled)} with other content; which counts"))
        mine += _days(row, today)
        mine += _areas(row)
        mine += _shares(row)
        for n, one in enumerate(row.owners):
            mine += _numbers(register, row, n, one, today)
            number, name = one.text("id_no").upper(), one.text("name")
            if number and name:
                names[number][name].append(row)
    for number, by_name in names.items():
        if len(by_name) > 1:
            every = [r.place for some in by_name.values() for r in some]
            for row in {id(r): r for some in by_name.values() for r in some}.values():
                others = "、".join(dict.fromkeys(p for p in every if p != row.place)) or "同一行"
                zh = f"{row.place}：同一证件号码（尾号 {number[-2:]}）在 {others} 写的是另一个姓名，请核对"
                out[id(row)].append(Text(zh, f"{row.place}: the same document number stands under another name at {others}"))
    return {k: v for k, v in out.items() if v}


def _numbers(register: Register, row: HandoverRow, n: int, one: Line, today: date) -> list[Text]:
    out = []
    kind, number, told = one.text("id_type"), one.text("id_no"), one.text("phone")
    if number and kind in document.TYPES:
        verdict = document.check(kind, number, today=today)
        if verdict.status is Status.INVALID:
            out.append(_unfit(row.number_cells.get(("id_no", n), one.place), f"{kind}号码", "the document number", verdict.reason))
    elif number and not kind:
        where = row.number_cells.get(("id_no", n), one.place)
        out.append(Text(f"{where}：看不出是哪种证件，请写证件类型", f"{where}: which kind of document it is cannot be told; name it"))
    if told:
        verdict = phone.check(told, company=one.text("kind") == "法人", area_code=register.policy.area_code or None)
        if verdict.status is Status.INVALID:
            out.append(_unfit(row.number_cells.get(("phone", n), one.place), "联系电话", "the phone number", verdict.reason))
    return out


def _unfit(where: str, zh: str, en: str, reason: str) -> Text:
    why = _WHY.get(reason, _UNFIT)
    return Text(f"{where}：{zh}{why.zh}", f"{where}: {en}: {why.en}")


def _days(row: HandoverRow, today: date) -> list[Text]:
    out = []
    days = {f: row.of_house.get(f, NOTHING).value for f in ("contract_on", "handover_on", "movein_on")}
    for first, second in _ORDER:
        a, b = days[first], days[second]
        if isinstance(a, date) and isinstance(b, date) and b < a and not (second == "movein_on" and first == "contract_on" and days["handover_on"]):
            one, two = (BY_FIELD["houses"].by_field[f].header for f in (first, second))
            where = row.cells.get(second, row.place)
            zh = f"{where}：{two.zh} {b.isoformat()} 早于{one.zh} {a.isoformat()}"
            out.append(Text(zh, f"{where}: {two.en} {b.isoformat()} is before {one.en} {a.isoformat()}"))
    for f in ("contract_on", "movein_on"):
        day = days[f]
        if isinstance(day, date) and day > today:
            header, where = BY_FIELD["houses"].by_field[f].header, row.cells.get(f, row.place)
            out.append(Text(f"{where}：{header.zh} {day.isoformat()} 在今天之后", f"{where}: {header.en} {day.isoformat()} is in the future"))
    return out


def _areas(row: HandoverRow) -> list[Text]:
    floor, inner = row.of_house.get("floor_area", NOTHING).value, row.of_house.get("inner_area", NOTHING).value
    if isinstance(floor, int | float) and floor <= 0:
        where = row.cells.get("floor_area", row.place)
        return [Text(f"{where}：建筑面积 {floor:g} 应大于 0", f"{where}: the floor area {floor:g} must be more than 0")]
    if isinstance(floor, int | float) and isinstance(inner, int | float) and inner > floor:
        where = row.cells.get("inner_area", row.place)
        return [Text(f"{where}：套内面积 {inner:g} 大于建筑面积 {floor:g}", f"{where}: the inner area {inner:g} exceeds the floor area {floor:g}")]
    return []


def _shares(row: HandoverRow) -> list[Text]:
    """Shares of co-owners that do not come to the whole (judging.md §3: half a unit of the last decimal an owner is tolerated)."""
    told = [one.values.get("share", NOTHING) for one in row.owners]
    given = [s.value for s in told if s.text]
    if not given or any(s.text == "共同共有" for s in told):
        return []
    where = row.cells.get("share", row.place)
    if len(given) < len(told):
        return [Text(f"{where}：共有人的份额没有写全", f"{where}: shares of some co-owners are not said")]
    numbers = [float(v) for v in given if isinstance(v, int | float)]
    if len(numbers) == len(given) and abs(sum(numbers) - 1) > 0.005 * len(numbers):
        return [Text(f"{where}：产权份额合计 {sum(numbers):.4g}，不是 100%", f"{where}: the shares come to {sum(numbers):.4g}, not the whole")]
    return []
