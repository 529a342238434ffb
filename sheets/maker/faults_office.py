"""Mistakes of the office: staff, training, policy, places, scans, and the columns that nobody needs."""

from __future__ import annotations

import hashlib
from datetime import date

from maker.model import Row, joined
from maker.planting import Planter
from ownerbook.reports.register_book import Raw

D = date


def scan(text: str) -> bytes:
    """A very small PDF page, always the same for the same text."""
    body = f"%PDF-1.4\n% {text}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    body += "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    return body.encode()


def plant_office(p: Planter, scans: dict[str, bytes]) -> None:
    """Mistakes of staff, training, policy, places and scans."""
    _staff(p)
    _policy(p)
    _duties(p)
    _scans(p, scans)
    place = p.c.rng.choice([r for r in p.c.tables["位置"] if sum(1 for _ in p.c.rows("档案", 存放位置=r["位置编号"])) > 10])
    place["容量"] = 10
    p.tell("I06", place, "容量", "一盒放得太满")
    place = p.c.tables["位置"][6]
    place["柜号"] = Raw("number", float(place.text("柜号")))
    p.tell("B03", place, "柜号", "柜号按数字录入,丢了前面的 0")


def _staff(p: Planter) -> None:
    r = p.c.add("人员", 工号="G016", 姓名=p.people.name(False), 岗位="审核专员", 权限="审核", 入职日期=D(2026, 9, 1), 联系电话=p.people.phone())
    p.tell("O02", r, "保密协议签订日期", "有审核权限,没有签保密协议")
    r = p.c.add(
        "人员", 工号="G017", 姓名=p.people.name(True), 岗位="实习生", 入职日期=D(2025, 7, 1), 离职日期=D(2024, 8, 31), 联系电话=p.people.phone()
    )
    p.tell("R27", r, "离职日期", "离职年份录错,早于入职")
    for t in p.c.tables["培训"]:
        if t.day("培训日期").year == 2025 and t.day("培训日期").month > 3:
            t["参加人"] = joined(s for s in t.text("参加人").split("、") if s != "G003")
    p.tell("O03", p.c.one("人员", 工号="G003"), "工号", "上一年度培训只有 3 学时")


def _policy(p: Planter) -> None:
    r = p.c.add("制度", 参数="备份保存期限", 值="180天", 说明="自行添加")
    p.tell("R28", r, "参数", "没有这个参数")
    r = p.c.one("制度", 参数="库房检查周期")
    r["值"] = "每月一查"
    p.tell("R29", r, "值", "参数值读不懂")
    r = p.c.add("豁免", 豁免编号="HM002", 规则="C99", 对象表="业主", 理由="历史遗留", 批准人="G006", 截止日期=D(2026, 12, 31))
    p.tell("R34", r, "规则", "没有这条规则")


def _duties(p: Planter) -> None:
    r = next(r for r in p.c.tables["库房检查"] if r["防潮"] == "正常" and r.day("检查日期").year == 2026)
    r["防潮"] = "异常"
    p.tell("R30", r, "处理措施", "防潮异常,没有写处理措施")
    r = p.c.tables["库房检查"][7]
    r["档案室"] = "A9"
    p.tell("R31", r, "档案室", "档案室录错")
    r = p.c.tables["满意度"][11]
    asked = r["调查份数"]
    assert isinstance(asked, int)
    r["回收份数"] = asked + 3
    p.tell("R32", r, "回收份数", "回收多于调查")
    r = next(r for r in p.c.tables["权利请求"] if r["类型"] == "更正")
    r["答复日期"] = D(r.day("提出日期").year - 1, 12, 20)
    r["经办人"] = "G002"
    p.tell("R33", r, "答复日期", "答复早于提出")


def _scans(p: Planter, scans: dict[str, bytes]) -> None:
    for n in range(4):
        q = p.period()
        assert q.file is not None
        d = p.c.one("材料", 档号=q.file["档号"], 材料类型="业主登记表")
        _attach(d, scans)
        if n == 3:
            scans[d.text("电子件")] = scan("重新扫描")
            p.tell("H08", d, "电子件指纹", "扫描件被替换过")
    q = p.former("destroyed", lambda q: q.file is not None and q.file["档案状态"] == "已销毁")
    assert q.file is not None
    d = p.c.one("材料", 档号=q.file["档号"], 材料类型="业主登记表")
    _attach(d, scans)
    p.tell("M07", d, "电子件", "档案已销毁,扫描件仍在")


def _attach(d: Row, scans: dict[str, bytes]) -> None:
    path = f"扫描件/{d['档号']}_登记表.pdf"
    scans[path] = scan(str(d["材料编号"]))
    d.cells |= {"电子件": path, "电子件指纹": hashlib.sha256(scans[path]).hexdigest()}
