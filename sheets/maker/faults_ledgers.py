"""Forgotten and wrong steps in the ledgers of changes, loans, audits and disposals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from maker.community import Period
from maker.model import Row, plus
from maker.office import AUDIT, CLERK, LOANS
from maker.planting import Planter
from maker.work import MONTH, dispose
from ownerbook.calendar.terms import loan_due

D = date


def plant_ledgers(p: Planter) -> None:
    """All mistakes of the ledgers."""
    _changes(p)
    _loans(p)
    _new_loans(p)
    _audits(p)
    _disposals(p)


def _change(p: Planter, header: str, ok: Callable[[Row], bool] = lambda r: True) -> Row:
    return p.row("变更", lambda r: r["变更字段"] == header and r["审核结果"] == "同意" and r["更新日期"] is not None and ok(r))


def _changes(p: Planter) -> None:
    r = _change(p, "姓名")
    r["证明材料"] = None
    p.tell("J02", r, "证明材料", "改了姓名,没有证明材料")
    r = _change(p, "联系电话")
    target = p.c.one("业主", 业主编号=r["对象编号"])
    target["联系电话"] = r["原值"]
    p.tell("R45", r, "更新日期", "变更已登记,业主表仍是原号码")
    r = _change(p, "联系电话")
    p.c.one("业主", 业主编号=r["对象编号"])["联系电话"] = p.people.phone()
    p.tell("R45a", r, "更新日期", "业主表的号码与变更单不同")
    r = _change(p, "通讯地址")
    r["变更字段"] = "微信号"
    p.tell("R44", r, "变更字段", "业主表没有这一列")
    r = _change(p, "房屋状态", lambda r: str(r["对象编号"])[0] != "8")
    old = r["对象编号"]
    r["对象编号"] = f"{str(old)[:-2]}88"
    p.tell("J05", r, "对象编号", "对象编号录错,没有这一户")
    r = _change(p, "联系电话", lambda r: r.day("申请日期") < D(2026, 6, 1))
    r["经办人"] = p.office.by_number("G012").name
    p.tell("J09", r, "经办人", "经办人没有档案经办权限")
    r = _change(p, "联系电话")
    twin = p.c.add("变更", r.house, **r.cells)
    twin.cells |= {"变更单号": p.c.next("BG", 4), "申请日期": plus(r.day("申请日期"), 1)}
    if twin.day("申请日期") > r.day("更新日期"):
        twin["更新日期"] = plus(twin.day("申请日期"), 1)
    p.tell("J04", twin, "变更单号", "同一变更又提交了一次")
    r = _change(p, "联系电话", lambda r: r.day("申请日期") < D(2026, 5, 1))
    earlier = p.c.add("变更", r.house, **r.cells)
    earlier.cells |= {
        "变更单号": p.c.next("BG", 4), "申请日期": plus(r.day("申请日期"), -12), "原值": p.people.phone(),
        "更新日期": plus(r.day("更新日期"), 6), "备注": "积压单据补录",
    }  # fmt: skip
    earlier["审核人"], earlier["经办人"] = "G007", "G002"
    r["新值"], earlier["新值"] = earlier["原值"], r["新值"]
    r["原值"] = p.people.phone()
    p.tell("J08", earlier, "更新日期", "较早的申请补录在后,把新号码改了回去")
    for applied, state in ((D(2026, 8, 12), "待审"), (D(2026, 9, 7), "同意")):
        o = p.sole()
        late = p.c.add(
            "变更", o.house, 变更单号=p.c.next("BG", 4), 对象表="业主", 对象编号=o["业主编号"],
            变更字段="联系电话", 原值=o["联系电话"], 新值=p.people.phone(),
            申请人=o["姓名"], 申请日期=applied, 审核人="G004" if state == "同意" else None, 审核结果=state,
        )  # fmt: skip
        p.tell("J03", late, "更新日期", "超过变更办理期限,仍未更新")
    o = p.sole()
    cleared = p.c.add(
        "变更", o.house, 变更单号=p.c.next("BG", 4), 对象表="业主", 对象编号=o["业主编号"],
        变更字段="联系电话", 原值=o["联系电话"], 新值="（清空）", 申请人=o["姓名"],
        申请日期=D(2026, 10, 29), 审核结果="待审",
    )  # fmt: skip
    p.tell("J06", cleared, "新值", "要把必填的联系电话清空")


def _loan(p: Planter, ok: Callable[[Row], bool] = lambda r: True) -> Row:
    """A loan that came back well, reviewed by somebody whose right has no end."""
    always = {"G004", p.office.by_number("G004").name}
    return p.row(
        "借阅",
        lambda r: r["归还状态"] == "完好" and r["备注"] is None and r["续借次数"] != 1 and bool(always & set(r.text("审核人").split())) and ok(r),
    )


def _of_owner(r: Row) -> bool:
    return r["借阅人身份"] == "业主"


def _loans(p: Planter) -> None:
    office = p.office
    r = p.row("借阅", lambda r: r["审核结果"] == "同意" and r["归还日期"] is None and r["归还状态"] is None)
    p.c.one("档案", 档号=r["档号"])["档案状态"] = "在库"
    p.tell("R17", p.c.one("档案", 档号=r["档号"]), "档案状态", "档案借出未还,状态没有改")
    r = _loan(p, lambda r: r["借阅人身份"] == "受托人")
    r["授权材料"] = None
    p.tell("K05a", r, "授权材料", "受托人没有授权材料")
    r = _loan(p, lambda r: r["借阅人身份"] == "员工")
    r["借阅人"] = p.people.name(False)
    p.tell("K05b", r, "借阅人", "按员工登记,人员表里没有此人")
    r = _loan(p, lambda r: r.day("归还日期") > D(2026, 4, 2))
    r["接收人"] = "G009"
    p.tell("R48", r, "接收人", "接收人当时已离职")
    r = _loan(p, lambda r: r.day("借出日期") > D(2025, 7, 10))
    r["审核人"] = office.by_number("G006").name
    p.tell("R49", r, "审核人", "借阅审批权限已到期")
    r = _loan(p)
    r["应还日期"] = plus(r.day("应还日期"), 7)
    p.tell("K02", r, "应还日期", "应还日期多算了一周")
    r = _loan(p)
    r["应还日期"] = None
    p.tell("K02", r, "应还日期", "借出时没有填应还日期")
    r = _loan(p)
    r["审核日期"] = plus(r.day("借出日期"), 1)
    p.tell("K03", r, "借出日期", "先借出,后补审核")
    r = _loan(p, lambda r: r.day("申请日期") < r.day("借出日期"))
    r["审核结果"] = "不同意"
    p.tell("K03a", r, "借出日期", "没有同意却借出了")
    r = _loan(p, lambda r: r["借阅人身份"] == "业主")
    clerk = next(s for s in office.staff if s.number == "G004")
    r.cells |= {"借阅人": clerk.name, "借阅人身份": "员工", "联系电话": clerk.phone, "审核人": clerk.number}
    p.tell("K04", r, "审核人", "审核人就是借阅人")
    r = _loan(p, _of_owner)
    r["借阅人"] = p.people.name(True)
    p.tell("K05", r, "借阅人", "借阅人不是业主本人,也没有授权")
    r = _loan(p)
    r["归还日期"] = plus(r.day("借出日期"), -3)
    p.tell("K07", r, "归还日期", "归还早于借出")
    r = _loan(p)
    r.cells |= {"续借次数": 3}
    r["应还日期"] = loan_due(r.day("借出日期"), 3, MONTH, True, p.c.calendar)[0]
    p.tell("K08", r, "续借次数", "续借三次,制度最多一次")
    r = _loan(p)
    r["归还状态"] = None
    p.tell("K09", r, "归还状态", "归还时没有检查")
    r = _loan(p)
    r["接收人"] = None
    p.tell("K09", r, "接收人", "归还没有接收人")
    r = _loan(p)
    r["归还状态"] = "缺损"
    p.tell("K10", r, "备注", "归还缺损,没有写处理")
    r = _loan(p)
    r["审核人"] = office.by_number("G007").number
    p.tell("R49", r, "审核人", "审核人没有借阅审批权限")
    r = _loan(p)
    r["经办人"] = "G099"
    p.tell("R46", r, "经办人", "工号录错,没有此人")
    r = _loan(p)
    r["审核日期"] = plus(r.day("申请日期"), -2)
    p.tell("R42", r, "审核日期", "审核早于申请")
    r = _loan(p)
    r["经办人"] = None
    p.tell("R43", r, "经办人", "借出没有经办人")
    r = _loan(p)
    r["联系电话"] = str(r["联系电话"])[:10]
    p.tell("E01", r, "联系电话", "借阅人电话少录一位")


def lend(p: Planter, q: Period, lent: date, back: date | None = None, *, renewals: int = 0, who: str | None = None, phone: str | None = None) -> Row:
    """A loan by the rules, to the owner unless somebody else is named; an open one leaves the file 借出."""
    file, owner = q.file, q.owners[0]
    assert file is not None
    clerk = p.office.able(CLERK, lent)
    reviewer = p.office.able(LOANS, lent, without=(clerk,))
    row = p.c.add(
        "借阅", q.house.house, 借阅单号=p.c.next("JY", 4), 档号=file["档号"], 借阅人=who or owner["姓名"], 借阅人身份="外部单位" if who else "业主",
        联系电话=phone or owner["联系电话"], 借阅事由="调取资料" if who else "核对购房合同", 申请日期=plus(lent, -1),
        审核人=reviewer.number, 审核结果="同意", 审核日期=lent,
        借出日期=lent, 经办人=clerk.number, 应还日期=loan_due(lent, renewals, MONTH, True, p.c.calendar)[0], 续借次数=renewals,
    )  # fmt: skip
    if back:
        row.cells |= {"归还日期": back, "接收人": p.office.able(CLERK, back).number, "归还状态": "完好"}
    else:
        file["档案状态"] = "借出"
    return row


def _settled(q: Period) -> bool:
    return q.file is not None and q.file.day("建档日期") < D(2024, 1, 1)


def _new_loans(p: Planter) -> None:
    for lent, note in ((D(2026, 9, 8), "逾期未还"), (D(2026, 9, 21), "逾期未还"), (D(2026, 7, 20), "逾期两个多月未还")):
        r = lend(p, p.period(_settled), lent)
        p.tell("K01", r, "应还日期", note)
    who, phone = "示例市安居房产经纪有限公司", p.people.phone()
    r = lend(p, p.period(_settled), D(2026, 3, 9), D(2026, 6, 30), who=who, phone=phone)
    again = lend(p, p.period(_settled), D(2026, 6, 1), D(2026, 6, 12), who=who, phone=phone)
    p.tell("R40", again, "借阅人", "上一次借阅逾期三十天以上,又借了一份")
    r = lend(p, p.period(_settled), D(2026, 10, 29), renewals=1)
    r["备注"] = "借出时即办理续借"
    p.tell("K12", r, "应还日期", "应还日落在放假安排未公布的时候")
    q = p.period(_settled)
    lend(p, q, D(2025, 5, 12), D(2025, 5, 30))
    second = lend(p, q, D(2025, 5, 21), D(2025, 6, 4))
    p.tell("K06", second, "借出日期", "未还又借")
    q = p.former("handed_over")
    assert q.file is not None
    r = lend(p, q, D(2026, 2, 9), D(2026, 2, 27), who="示例市公证处", phone=p.people.phone())
    p.tell("K11", r, "借出日期", "档案已移交,却又借出")
    q = p.former("recent", lambda q: p.unlent(p.successor(q)) and p.file_of(p.successor(q)).day("建档日期") > plus(p.successor(q).began, 7))
    new = p.successor(q)
    lent = p.c.worked(plus(new.began, 1))
    r = lend(p, new, lent, p.c.worked(plus(lent, 9)))
    p.tell("R41", r, "借出日期", "借出早于建档")
    r = lend(p, p.period(_settled), D(2025, 9, 15), D(2025, 10, 9))
    r.cells |= {"审核人": "G009", "经办人": p.office.by_number("G009").name}
    p.tell("K04a", r, "审核人", "审核人自己办了借出")


def _failed(r: Row) -> bool:
    return r["审核结果"] == "不合格" and r["复核日期"] is not None


def _audits(p: Planter) -> None:
    r = p.row("审核", _failed)
    r["整改期限"] = None
    p.tell("L03", r, "整改期限", "不合格,没有整改期限")
    r = p.row("审核", _failed)
    r["问题描述"] = None
    p.tell("R22", r, "问题描述", "不合格,没有写问题")
    r = p.row("审核", _failed)
    r["整改期限"] = plus(r.day("审核日期"), 60)
    p.tell("R21", r, "整改期限", "整改期限超过制度规定")
    r = p.row("审核", _failed)
    r["整改完成日期"] = plus(r.day("审核日期"), -4)
    p.tell("R20", r, "整改完成日期", "整改完成早于审核")
    r = p.row("审核", _failed)
    r["整改责任人"] = p.office.by_number("G014").name
    p.tell("R47", r, "整改责任人", "两名员工同名,没写工号")
    r = p.row("审核", _failed)
    r["整改责任人"] = "G007"
    r["复核人"] = p.office.by_number("G007").name
    p.tell("L06a", r, "复核人", "整改和复核是同一人")
    for _ in range(2):
        r = p.row("审核", lambda r: _failed(r) and D(2025, 6, 1) < r.day("审核日期") < D(2026, 8, 20))
        r.cells |= {"整改完成日期": None, "复核人": None, "复核日期": None}
        p.tell("L04", r, "整改期限", "整改逾期")
    q = p.period(
        lambda q: q.file is not None and q.file["建档人"] in ("G001", "G002", "G003") and sum(1 for _ in p.c.rows("审核", 档号=q.file["档号"])) >= 2
    )
    assert q.file is not None
    for a in p.c.rows("审核", 档号=q.file["档号"]):
        a["审核人"] = "G007"
    q.file["建档人"] = p.office.by_number("G008").number
    q.file["建档日期"] = D(2024, 10, 16)
    first = p.c.one("审核", 档号=q.file["档号"])
    first["审核人"] = p.office.by_number("G008").name
    p.tell("L06", first, "审核人", "审核人就是建档人")
    r = p.row("审核", lambda r: r.house not in p.work.named and len(_passed(p, r)) >= 3)
    mine = _passed(p, r)[:3]
    for a in mine:
        done = p.c.worked(plus(a.day("审核日期"), 4))
        a.cells |= {
            "审核结果": "不合格", "问题描述": "目录与实物页数不符", "整改期限": plus(a.day("审核日期"), 20), "整改责任人": "G002",
            "整改完成日期": done, "复核人": p.office.able(AUDIT, plus(done, 1)).number, "复核日期": plus(done, 1),
        }  # fmt: skip
    p.tell("L07", tuple(mine), "问题描述", "同一问题查出三次")
    r = p.row("审核", lambda r: r["审核结果"] == "合格" and r["审核类型"] == "抽查" and r.house not in p.work.named)
    maker = str(p.c.one("档案", 档号=r["档号"])["建档人"])
    r["审核人"] = next(n for n in ("G002", "G003") if n not in maker and p.office.by_number(n).name not in maker)
    p.tell("R49", r, "审核人", "审核人没有审核权限")


def _passed(p: Planter, audit: Row) -> list[Row]:
    """The audits of a file, not the latest ones; none where one of them failed."""
    mine = list(p.c.rows("审核", 档号=audit["档号"]))
    if any(a["审核结果"] != "合格" for a in mine):
        return []
    return [a for a in mine if a.day("审核日期") < D(2026, 9, 1)]


def _only_archived(p: Planter, r: Row) -> bool:
    """A disposal that archived a file to which nothing else happened, in our own time."""
    return r["处置方式"] == "归档" and r.day("执行日期") > D(2017, 1, 1) and sum(1 for _ in p.c.rows("处置", 档号=r["档号"])) == 1


def _disposals(p: Planter) -> None:
    r = p.row("处置", lambda r: _only_archived(p, r))
    r["批准日期"] = plus(r.day("鉴定日期"), -6)
    p.tell("R24", r, "批准日期", "批准早于鉴定")
    r = p.row("处置", lambda r: _only_archived(p, r))
    r["批准人"] = None
    p.tell("R36", r, "批准人", "执行了归档,没有批准人")
    r = p.row("处置", lambda r: r["处置方式"] == "移交")
    r["接收单位"] = None
    p.tell("R25", r, "接收单位", "移交没有接收单位")
    r = p.row("处置", lambda r: r["处置方式"] == "销毁")
    r["监销人二"] = None
    p.tell("M04", r, "监销人二", "销毁只有一名监销人")
    r = p.row("处置", lambda r: r["处置方式"] == "销毁")
    r["监销人一"] = r["鉴定人"]
    if r["监销人二"] == r["监销人一"]:
        r["监销人二"] = "G011"
    p.tell("M05", r, "监销人一", "监销人就是鉴定人")
    r = p.row("处置", lambda r: r["处置方式"] == "销毁")
    f = p.c.one("档案", 档号=r["档号"])
    f["保管期限"] = "30年"
    for o in p.c.rows("业主", 业主编号=f["业主编号"]):
        o.cells |= {"证件号码": "已封存", "联系电话": "已封存"}
    p.tell("M03", r, "执行日期", "保管期限三十年,未满就销毁")
    q = p.period(lambda q: q.began < D(2012, 1, 1))
    assert q.file is not None
    r = dispose(p.c, p.office, q.file, "归档", D(2026, 3, 10), "误以为已过户")
    q.file["档案状态"] = "已归档"
    p.tell("R26", r, "执行日期", "业主仍在册,就把档案归档了")
    q = p.former("archived", lambda q: q.file is not None and q.file["档案状态"] == "已归档" and q.ended is not None and q.ended > D(2017, 1, 1))
    assert q.file is not None
    q.file.cells |= {"暂缓处置至": "未定", "暂缓原因": "产权纠纷诉讼中"}
    r = p.c.add(
        "处置", q.house.house, 处置单号=p.c.next("CZ", 4), 档号=q.file["档号"], 处置方式="移交",
        处置依据="档案移交协议", 处置原因="移交早期档案", 鉴定人="G007",
        鉴定日期=D(2026, 10, 20), 接收单位="示例小区业主委员会",
    )  # fmt: skip
    p.tell("M06", r, "处置方式", "诉讼中暂缓处置的档案列入了移交")
    q = p.former("archived", lambda q: q.file is not None and q.file["档案状态"] == "已归档" and len(q.owners) == 1 and q.ended is not None)
    assert q.file is not None
    q.file["保管期限"] = "10年"
    q.owners[0]["迁出日期"] = q.ended = D(2016, 3, 18)
    r = p.c.one("处置", 档号=q.file["档号"])
    r.cells |= {"鉴定人": "G007", "鉴定日期": D(2016, 3, 24), "批准人": "G005", "批准日期": D(2016, 3, 28), "执行日期": D(2016, 4, 1)}
    for o in p.successor(q).owners:
        o["迁入日期"] = D(2016, 3, 18)
    p.tell("M02", q.file, "档号", "十年保管期满,没有鉴定")
    for o in q.owners:
        o.cells |= {"证件号码": "已封存", "联系电话": "已封存", "备用电话": None, "通讯地址": None, "电子邮箱": None}
