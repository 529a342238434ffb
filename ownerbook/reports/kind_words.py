"""What each kind of cell takes, said to staff: for the explanation page of the templates and for the data dictionary."""

from __future__ import annotations

from ownerbook.register.sheets import BY_FIELD
from ownerbook.schema.kinds import (
    CellKind,
    Choice,
    Day,
    DocumentNumber,
    Email,
    FileNumber,
    Fingerprint,
    HouseNumber,
    Measure,
    Month,
    Name,
    Number,
    PhoneNumber,
    PolicyValue,
    Reference,
    Rights,
    ScanPath,
    Share,
    StaffMember,
    TitleNumber,
    Words,
)
from ownerbook.schema.sheet import Column
from ownerbook.schema.words import Text

_PLAIN: dict[type[CellKind], Text] = {
    Words: Text("文字", "text"),
    Number: Text("编号（文本格式）", "a number of ours, as text"),
    HouseNumber: Text("房号，按「制度」的房号格式", "house number, as policy 房号格式 says"),
    FileNumber: Text("档号，按「制度」的档号格式", "file number, as policy 档号格式 says"),
    DocumentNumber: Text("证件号码（文本格式），按证件类型核对", "document number as text, checked by its type"),
    TitleNumber: Text("不动产权证号", "title certificate number"),
    PhoneNumber: Text("电话：手机，或带区号的固话，或 +国家号码", "phone: mobile, land line with area code, or +country"),
    Name: Text("姓名或单位名称", "name of a person or company"),
    Email: Text("电子邮箱", "e-mail address"),
    Share: Text("百分比、分数，或 共同共有", "percent, fraction, or 共同共有"),
    Month: Text("月份，如 2026-10", "month, such as 2026-10"),
    Rights: Text("权限，用顿号隔开，可注起止：借阅审批（2024-03-01至2025-06-30）", "rights separated by 、, each with an optional span"),
    ScanPath: Text("相对工作区的路径", "path relative to the workspace"),
    Fingerprint: Text("SHA-256，由软件填写", "SHA-256, filled in by the software"),
    PolicyValue: Text("该参数的值", "the parameter's value"),
}


def kind_words(column: Column) -> Text:
    """What the cells of a column take."""
    kind = column.kind
    if isinstance(kind, Choice):
        return _choice(kind)
    if isinstance(kind, Day):
        more = "".join(f",或 {w}" for w in kind.words)
        return Text(f"日期{more}", f"date{''.join(f', or {w}' for w in kind.words)}")
    if isinstance(kind, Measure):
        return _measure(kind)
    if isinstance(kind, Reference):
        other = BY_FIELD[kind.sheet]
        return Text(f"「{other.name}」表中的{other.key.header.zh}", f"a {other.key.header.zh} of {other.name}")
    if isinstance(kind, StaffMember):
        return _staff(kind)
    return _PLAIN[type(kind)]


def _choice(kind: Choice) -> Text:
    values = "、".join(kind.values)
    if kind.policy and kind.values:
        return Text(f"从列表选：{values}；另加「制度」{kind.policy} 所列", f"one of {values}, and what policy {kind.policy} lists")
    if kind.policy:
        return Text(f"从列表选：「制度」{kind.policy} 所列", f"one of what policy {kind.policy} lists")
    return Text(f"从列表选：{values}", f"one of {values}")


def _measure(kind: Measure) -> Text:
    bounds = []
    if kind.above is not None:
        bounds.append(("大于", ">", kind.above))
    if kind.least is not None:
        bounds.append(("不小于", "≥", kind.least))
    if kind.most is not None:
        bounds.append(("不大于", "≤", kind.most))
    unit = f"（{kind.unit}）" if kind.unit else ""
    zh = ("整数" if kind.whole else "数字") + unit + "".join(f"，{w} {v:g}" for w, _, v in bounds)
    en = ("whole number" if kind.whole else "number") + (f" ({kind.unit})" if kind.unit else "") + "".join(f", {w} {v:g}" for _, w, v in bounds)
    return Text(zh, en)


def _staff(kind: StaffMember) -> Text:
    several = ("若干，用顿号隔开", "several, separated by 、") if kind.several else ("", "")
    needs = (
        (f"，须有 {kind.right} 权限", f", who holds {kind.right}")
        if kind.right
        else ("，须已签保密协议", ", who signed the agreement")
        if kind.agreement
        else ("", "")
    )
    zh = "「人员」表的工号或姓名" + needs[0] + ("(" + several[0] + ")" if kind.several else "")
    en = "number or name on 人员" + needs[1] + (f" ({several[1]})" if kind.several else "")
    return Text(zh, en)
