"""New rows for the people of a form: owners, and who lives with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ownerbook.identifiers import share as shares
from ownerbook.procedures.registration import Line, said
from ownerbook.reconcile.change import NOTHING, Said
from ownerbook.schema.words import Personal, Text

if TYPE_CHECKING:
    from ownerbook.procedures.taking import Taking

KIN = ("父母", "祖孙", "兄弟姐妹", "其他亲属")
_OWNER = Text("登记表上的业主", "an owner on the form")
_MEMBER = Text("登记表上的家庭成员", "somebody who lives there, on the form")


def enter_owners(t: Taking, lines: Sequence[Line], since: date, *, main: Line, several: bool) -> list[str]:
    """New rows on 业主; gives their keys. main: who is the main contact; several: the house has more owners than one."""
    keys = []
    for one in lines:
        values = dict(t.good[id(one)])
        key = t.numbers.next("owners")
        company = t.is_company(one) or t.form.case == "单位"
        values |= {
            "owner_no": said(key),
            "house_no": said(t.house),
            "registered_on": said(t.day),
            "registered_by": said(t.form.clerk),
            "owned_from": said(since),
            "status": said("现业主"),
        }
        values.setdefault("kind", said("法人" if company else "自然人"))
        _consents(t, one, values)
        if several:
            values["primary"] = said("是" if one is main else "否")
        if one is lines[0] and (told := helper_note(t)):
            values["note"] = said("；".join(x for x in (values.get("note", NOTHING).text, told) if x))
        t.act.changes.append(t.write.new("owners", values, _OWNER))
        _told(t, one, key, since)
        keys.append(key)
    if several and not any(t.value(n, "share") for n in (*t.form.owners, *t.form.current)):
        zh = "几位业主都没有写份额；按份共有的请补份额，共同共有的写 共同共有"
        t.tell_open("份额", "Shares", zh, f"no owner has a share; say the shares, or {shares.JOINT}")
    return keys


def share_told(text: str) -> str:
    """A share as people say it: 0.5 is 50%, one third 1/3; '' for none, as written where it is no share."""
    return shares.canonical(text) or text


def _consents(t: Taking, one: Line, values: dict[str, Said]) -> None:
    """The privacy notice and the service need, each with its day or not at all (register.md 业主)."""
    values.setdefault("consent", said("未签"))
    if values["consent"].text == "已签":
        values.setdefault("consent_on", said(t.day))
    else:
        values.pop("consent_on", None)
        t.tell_open("隐私告知", "Privacy notice", "{who} 未签隐私告知书", "{who} has not signed the privacy notice", _who(t, one))
    if values.get("service_need") and not values.get("need_consent_on"):
        del values["service_need"]
        zh = f"{one.place}：服务需求没有写同意日期，没有登记"
        t.tell_open("未采用", "Not taken", zh, f"{one.place}: a service need without the day of consent")


def _who(t: Taking, one: Line) -> dict[str, object]:
    return {"who": Personal(t.value(one, "name"), "name")}


def _told(t: Taking, one: Line, key: str, since: date) -> None:
    share = share_told(t.value(one, "share"))
    kind = t.value(one, "id_type")
    values = {**_who(t, one), "number": Personal(t.value(one, "id_no"), "document"), "phone": Personal(t.value(one, "phone"), "phone")}
    zh = f"{{who}}（{key}，{kind} {{number}}，{{phone}}）{'，份额 ' + share if share else ''}，{since.isoformat()} 取得"
    en = f"{{who}} ({key}, {kind} {{number}}, {{phone}}){', share ' + share if share else ''}, from {since.isoformat()}"
    t.tell("转入", "Comes", zh, en, values)
    if t.is_minor(one) and not t.form.helper.text("name"):
        t.tell_open("监护人", "Guardian", "{who} 未成年，没有写监护人", "{who} is under age and no guardian is named", _who(t, one))
    _elsewhere(t, one)


def _elsewhere(t: Taking, one: Line) -> None:
    """Whether the same document stands at other houses: people own several; another name under it must be looked into."""
    number = t.register.names.known(t.value(one, "id_no"))
    if number < 0:
        return
    column = t.register.column("owners", "id_no")
    rows = np.flatnonzero((column.ids == number) & column.ok).tolist()
    told = [f"{t.at.found('owners', 'house_no', r)}（{t.at.key('owners', r)}，{t.at.found('owners', 'status', r)}）" for r in rows[:5]]
    if not told:
        return
    zh = f"{{who}} 已登记在 {'、'.join(told)}"
    t.tell("名下房屋", "Also owns", zh, "{who} is registered at " + ", ".join(told), _who(t, one))
    others = {t.at.found("owners", "name", r) for r in rows} - {t.value(one, "name")}
    if others:
        values = _who(t, one) | {f"n{i}": Personal(n, "name") for i, n in enumerate(sorted(others))}
        names = "、".join(f"{{n{i}}}" for i in range(len(others)))
        zh = f"同一证件号码在别处登记的姓名是 {names}，请与证件原件核对"
        t.tell_open("姓名不符", "Another name", zh, f"the same document stands under the name {names}; compare with the original", values)


def helper_note(t: Taking) -> str:
    """Who acts for the owner, for 备注; a guardian goes on 家庭成员."""
    helper = t.form.helper
    name, relation = helper.text("name"), helper.text("relation")
    if not name:
        return ""
    guardian = relation in KIN or t.form.case == "未成年人"
    what = "监护人" if guardian else "经办人" if t.form.case == "单位" else "代理人"
    phone = t.value(helper, "phone")
    t.tell(what, "Acts for the owner", "{who} {phone}", "{who} {phone}", {"who": Personal(name, "name"), "phone": Personal(phone, "phone")})
    return f"{what} {name}{' ' + phone if phone and not guardian else ''}"


def enter_members(t: Taking, lines: Sequence[Line], *, relation: str = "", note: str = "") -> list[str]:
    """People who live there; who is registered already is told. relation: of lines that name none; note: for 备注. Gives their keys."""
    if lines and "household" not in t.register.tables:
        t.tell_open("未采用", "Not taken", "登记簿没有「家庭成员」表，同住人没有登记", "there is no sheet 家庭成员; nobody was entered there")
        return []
    there = {t.at.found("household", "name", r) for r in t.at.members(t.row)}
    keys = []
    for one in lines:
        values = dict(t.good[id(one)])
        if relation:
            values.setdefault("relation", said(relation))
        lacking = [zh for f, zh in (("name", "姓名"), ("relation", "与业主关系")) if f not in values]
        if lacking:
            t.tell_open("未采用", "Not taken", f"{one.place}：没有写{'、'.join(lacking)}，没有登记", f"{one.place}: {', '.join(lacking)} is not said")
            continue
        who = {"who": Personal(values["name"].text, "name")}
        if values["name"].text in there:
            t.tell("同住人", "Lives there", "{who} 已登记在住，没有再登记", "{who} is registered already", who)
            continue
        there.add(values["name"].text)
        key = t.numbers.next("household")
        if note:
            values["note"] = said("；".join(x for x in (values.get("note", NOTHING).text, note) if x))
        values |= {"member_no": said(key), "house_no": said(t.house), "registered_on": said(t.day), "status": said("在住")}
        t.act.changes.append(t.write.new("household", values, _MEMBER))
        kind = values["relation"].text
        t.tell("同住人", "Lives there", f"新登记 {{who}}（{kind}，{key}）", f"new: {{who}} ({kind}, {key})", who)
        keys.append(key)
    return keys


def of_form(t: Taking) -> list[Line]:
    """The people on a form who live there, with a guardian of the family."""
    lines = [n for n in t.form.members if not n.blank]
    return [*lines, t.form.helper] if t.form.helper.text("relation") in KIN else lines
