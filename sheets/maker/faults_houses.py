"""Mistakes between the cells of houses, owners, files and papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from maker.community import Period, open_file
from maker.model import AS_OF, Row, plus
from maker.planting import Planter
from ownerbook.reports.register_book import Raw

D = date


def plant_houses(p: Planter) -> None:
    """Mistakes of the standing register."""
    _owners(p)
    _numbers(p)
    _houses(p)
    _files(p)
    _papers(p)


def _pair(q: Period) -> bool:
    return len(q.owners) == 2 and q.house["房屋用途"] == "住宅"


def _owners(p: Planter) -> None:
    a, b = p.period(_pair).owners
    b["证件号码"] = a["证件号码"]
    p.tell("C11", (a, b), "证件号码", "共有人的号码照抄了上一行")
    a, b = p.period(_pair).owners
    b["姓名"] = a["姓名"]
    p.tell("C12", (a, b), "证件号码", "共有人的姓名照抄了上一行")
    a, b = p.period(lambda q: _pair(q) and len(q.owners[0].text("姓名")) == 3).owners
    b["姓名"] = a.text("姓名")[:2] + ("玮" if a.text("姓名")[2] != "玮" else "炜")
    b["证件号码"] = p.people.ending(a.text("证件号码")[-4:])
    p.tell("D06", (a, b), "姓名", "像是同一人登记了两次,名字差一字")
    for shares in (("60%", "30%"), ("1/2", "1/3")):
        a, b = p.period(_pair).owners
        a["产权份额"], b["产权份额"] = shares
        p.tell("D08", (a, b), "产权份额", "份额合计不是 100%")
    a, b = p.period(_pair).owners
    b["主联系人"] = "是"
    p.tell("R09", (a, b), "主联系人", "两位现业主都是主联系人")
    home = next(
        q
        for q in p.settled.periods
        if q.house.house in p.c.shared and q.house["房屋用途"] == "住宅" and q.ended is None and q.house.house not in p.used | p.work.named
    )
    there = list(p.c.rows("业主", 姓名=home.owners[0]["姓名"], 证件号码=home.owners[0]["证件号码"]))
    for n, o in enumerate(there[:2]):
        p.used.add(o.house)
        o.cells |= {"证件类型": "港澳居民来往内地通行证", "证件号码": f"H000467210{n}", "证件有效期至": D(2031, 5, 6)}
    for o in there[2:]:
        o.cells |= {"证件类型": "港澳居民来往内地通行证", "证件号码": "H0004672101", "证件有效期至": D(2031, 5, 6)}
    p.tell("C16", tuple(there), "证件号码", "房屋和车位登记的通行证换证次数不同")
    q = p.former("archived", lambda q: q.file is not None and q.file["保管期限"] != "10年" and len(q.owners) == 1)
    q.owners[0]["迁出日期"] = plus(q.began, -300)
    p.tell("R11", q.owners[0], "迁出日期", "迁出年份录错,早于迁入")
    q = p.former("archived", lambda q: len(q.owners) == 1)
    q.owners[0]["迁出日期"] = None
    p.tell("R10", q.owners[0], "迁出日期", "原业主没有填迁出日期")
    o = p.sole(lambda r: r["登记人"] in ("G001", "G002") and r.day("登记日期").year == 2012)
    signed = p.c.one("房屋", 房号=o["房号"]).day("签约日期")
    o["登记日期"] = o.day("登记日期").replace(year=2011, day=min(28, signed.day))
    p.tell("G08", o, "登记日期", "登记年份录错,早于签约")
    lonely = {h.house for h in p.c.tables["房屋"]} - {m.house for m in p.c.tables["家庭成员"]}
    q = p.period(lambda q: len(q.owners) == 1 and q.house.house in lonely and q.began > D(2013, 1, 1))
    q.owners[0].cells |= {"证件号码": p.people.resident_id(D(2011, 7, 19), True), "证件有效期至": None}
    p.tell("D11", q.owners[0], "业主编号", "以未成年子女名义购房,没有登记监护人")
    q = p.period(lambda q: q.owners[0]["业主类型"] == "法人", any_kind=True)
    mine = p.file_of(q)["档号"]
    p.c.drop("材料", lambda r: r["档号"] == mine and r["材料类型"] == "授权委托书")
    p.tell("D12", q.owners[0], "业主编号", "公司业主没有经办人授权")
    m = p.member(lambda r: r["与业主关系"] == "子女" and r["证件号码"] is not None)
    m["与业主关系"] = "父母"
    p.tell("D10", m, "与业主关系", "子女录成了父母")
    q = p.former("destroyed", lambda q: q.file is not None and q.file["档案状态"] == "已销毁")
    q.owners[0]["联系电话"] = p.people.phone()
    p.tell("M08", q.owners[0], "联系电话", "档案已到期销毁,原业主电话仍在表中")


def _numbers(p: Planter) -> None:
    m = p.member()
    parts = m.text("房号").split("-")
    m["房号"] = "{}栋{}单元{}室".format(*parts)
    p.tell("F09", m, "房号", "房号另一种写法")
    o = p.sole(lambda r: r.house.startswith("1-"))
    o["房号"] = "1#1-{}".format(o.text("房号").split("-")[2]) if "-1-" in o.text("房号") else "1#2-{}".format(o.text("房号").split("-")[2])
    p.tell("F09", o, "房号", "房号另一种写法")
    m = p.member()
    m["房号"] = m.text("房号").rpartition("-")[2]
    p.tell("F01", m, "房号", "只写了室号")
    for number in ("3-2-1901", "12-1-301"):
        m = p.member()
        m["房号"] = number
        p.tell("F02", m, "房号", "房号录错,没有这一户")
    villa = [
        r
        for r in p.c.tables["家庭成员"]
        if r.house.startswith("8-") and r.house not in p.used and r.house not in p.work.named and r["证件号码"] is not None
    ]
    m = p.c.rng.choice(villa)
    p.used.add(m.house)
    _, unit, door = (int(x) for x in m.house.split("-"))
    m["房号"] = Raw("date", D(2008, unit, door), form="yyyy-mm-dd")
    p.tell("B04", m, "房号", "联排房号被当成了日期")
    h = p.house(lambda r: r.house.startswith("8-"))
    _, unit, door = (int(x) for x in h.house.split("-"))
    h["房号"] = Raw("date", D(2008, unit, door), form="yyyy/m/d")
    p.tell("B04", h, "房号", "联排房号被当成了日期")
    h = p.house()
    h["楼栋"] = "11" if h["楼栋"] != "11" else "12"
    p.tell("R07", h, "楼栋", "楼栋与房号不一致")
    h = p.house(lambda r: r.house[0] != "8")
    h["室号"] = str(int(h.text("室号")) + 100)
    p.tell("R07", h, "室号", "室号与房号不一致")
    a, b = p.member(), p.member()
    b["成员编号"] = a["成员编号"]
    p.tell("R08", (b, a), "成员编号", "成员编号重复", later=True)


def _houses(p: Planter) -> None:
    h = p.house()
    h["建筑面积"], h["套内面积"] = h["套内面积"], h["建筑面积"]
    p.tell("F05", h, "套内面积", "两个面积填反了")
    h = p.house()
    h["套内面积"] = round(float(str(h["建筑面积"])) * 0.31, 2)
    p.tell("F05a", h, "套内面积", "套内面积只有建筑面积的三成")
    h = p.house()
    h["建筑面积"] = round(float(str(h["建筑面积"])) * 100)
    p.tell("F06", h, "建筑面积", "面积小数点丢失")
    h = p.house(lambda r: r["房屋状态"] == "自住")
    h["房屋状态"] = "未售"
    p.tell("F08", h, "房屋状态", "已签约入住,状态仍是未售")
    h = p.house(lambda r: r["房屋状态"] == "自住")
    h["房屋状态"] = "未交房"
    p.tell("F08", h, "房屋状态", "已交房入住,状态仍是未交房")
    for title, note in (("皖（2020）示范市不动产证明第0012345号", "填的是不动产证明"), ("示房权证字第0123456号", "填的是旧房产证号")):
        h = p.house()
        h["不动产权证号"] = title
        p.tell("F10", h, "不动产权证号", note)
    a, b = p.house(lambda r: r["不动产权证号"] is not None), p.house()
    b["不动产权证号"] = a["不动产权证号"]
    p.tell("F11", (b, a), "不动产权证号", "两户登记了同一产权证号", later=True)
    h = p.house()
    h["交房日期"] = plus(h.day("签约日期"), -28)
    p.tell("G01", h, "交房日期", "交房早于签约")
    empty = p.c.rng.choice([r for r in p.c.tables["房屋"] if r["房屋状态"] == "未售" and r["签约日期"] is None])
    empty.cells |= {"签约日期": D(2026, 4, 17), "交房日期": D(2026, 6, 5), "房屋状态": "空置", "备注": None}
    p.tell("G09", empty, "房号", "签约半年,仍未登记业主")


def _files(p: Planter) -> None:
    q = p.period()
    gone = p.file_of(q)["档号"]
    for sheet in ("档案", "材料", "审核"):
        p.c.drop(sheet, lambda r: r["档号"] == gone)
    p.tell("F03", q.house, "房号", "业主早已登记,档案没有建")
    q = p.period(_pair)
    second = open_file(p.c, p.office, p.settled, Period(q.house, [q.owners[1]], q.began, D(2026, 9, 15)), 2)
    p.tell("F04", second, "房号", "给共有人又建了一份档案")
    q = p.period()
    twin = p.c.add("档案", q.house.house, **p.file_of(q).cells)
    p.tell("I01", (p.file_of(q), twin), "档号", "同一行粘贴了两次", later=True)
    q = p.period(lambda q: q.house.house[0] != "8")
    p.renumber_file(p.file_of(q), f"{p.c.code}-{q.house.house[:-2]}99-01")
    p.tell("I02", p.file_of(q), "档号", "档号里的房号录错")
    q = p.period(lambda q: q.house.house[0] != "8")
    p.renumber_file(p.file_of(q), p.file_of(q).text("档号")[:-2] + "03")
    p.tell("I03", p.file_of(q), "档号", "流水从 03 开始,缺 01、02")
    q = p.period(lambda q: q.house.house[0] != "8")
    p.renumber_file(p.file_of(q), f"{p.c.code.lower()}-{q.house.house}-1")
    p.tell("I04", p.file_of(q), "档号", "档号小写,流水只有一位")
    for place, note in (("Z09-01-01-01", "位置表里没有这个位置"), (None, "没有填存放位置")):
        f = _file(p)
        f["存放位置"] = place
        p.tell("I05", f, "存放位置", note)
    f = _file(p)
    f["保管期限"] = None
    p.tell("M01", f, "保管期限", "保管期限漏填")
    f = _file(p)
    f["保管期限"] = "25年"
    p.tell("R02", f, "保管期限", "制度里没有 25 年")
    f = _file(p)
    f["暂缓处置至"] = "未定"
    p.tell("R19", f, "暂缓原因", "暂缓处置没有写原因")
    f = _file(p, lambda r: r["上次审核日期"] is not None)
    f["上次审核日期"] = plus(f.day("上次审核日期"), -1)
    p.tell("R18", f, "上次审核日期", "上次审核日期与审核表差一天")
    f = _file(p)
    f["档案状态"] = "借出"
    p.tell("R17", f, "档案状态", "没有借阅记录,状态却是借出")
    f = _file(p)
    f["档案状态"] = "已归档"
    p.tell("R17", f, "档案状态", "没有处置记录,状态却是已归档")
    f = p.row("档案", lambda r: D(2025, 10, 1) < r.day("建档日期") < D(2026, 10, 10) and r["档案状态"] == "在库")
    f["档案状态"] = "待整理"
    p.tell("H09", f, "档案状态", "建档已久,仍未整理")
    q = p.former("recent", lambda q: q.ended is not None and q.ended < D(2026, 6, 1) and p.unlent(p.successor(q)))
    _transfer_not_filed(p, q)
    for _ in range(3):
        f = _file(p)
        mine = f["档号"]
        last = sorted(r.day("审核日期") for r in p.c.rows("审核", 档号=mine))
        old = [d for d in last if d < plus(AS_OF, -380)]
        p.c.drop("审核", lambda r: r["档号"] == mine and r.day("审核日期") >= plus(AS_OF, -380))  # noqa: B023
        f.cells |= {"上次审核日期": old[-1] if old else D(2024, 9, 3), "密级": "内部"}
        p.tell("L01", f, "档号", "今年漏审")


def _file(p: Planter, ok: Callable[[Row], bool] = lambda r: True) -> Row:
    return p.file_of(p.period(lambda q: ok(p.file_of(q))))


def _transfer_not_filed(p: Planter, q: Period) -> None:
    """The new owner is registered; the file of the old one is still in use, and no file was opened."""
    assert q.file is not None
    gone, kept = p.file_of(p.successor(q))["档号"], p.file_of(q)["档号"]
    for sheet in ("档案", "材料", "审核"):
        p.c.drop(sheet, lambda r: r["档号"] == gone)
    p.c.drop("处置", lambda r: r["档号"] == kept)
    q.file["档案状态"] = "在库"
    p.tell("J07", q.file, "业主编号", "已过户,没有为新业主建档")


def _papers(p: Planter) -> None:
    for kind in ("购房发票", "房屋交接验收单", "业主登记表"):
        f = _file(p)
        mine = f["档号"]
        p.c.drop("材料", lambda r: r["档号"] == mine and r["材料类型"] == kind)  # noqa: B023
        p.tell("H01", f, "档号", f"缺{kind}")
    f = _file(p)
    p.c.one("材料", 档号=f["档号"], 材料类型="购房合同").cells |= {"材料状态": "待补", "备注": "业主答应补交"}
    p.tell("H01", f, "档号", "购房合同一直待补")
    for _ in range(2):
        f = _file(p)
        d = p.c.one("材料", 档号=f["档号"], 材料类型="身份证件复印件")
        d["核对人"] = None
        p.tell("H05", d, "核对人", "复印件没有核对人")
    f = _file(p)
    d = p.c.one("材料", 档号=f["档号"], 材料类型="购房合同")
    d["电子件"] = f"扫描件/{f['档号']}_合同.pdf"
    p.tell("H07", d, "电子件", "扫描件已改名,路径失效")
    f = _file(p)
    a = p.c.one("材料", 档号=f["档号"], 材料类型="业主登记表")
    b = p.c.add("材料", f.house, **a.cells)
    b["材料类型"] = "其他"
    b["材料名称"] = "车位租用协议"
    p.tell("R08", (a, b), "材料编号", "复制一行后忘了改编号", later=True)
