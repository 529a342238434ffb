"""Two years of work with the files: disposals, loans, changes, audits, requests."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from maker.community import Period, Settled, paper
from maker.model import AS_OF, LEDGER_FROM, Community, Row, plus
from maker.office import AUDIT, CLERK, DISPOSAL, LOANS, Office
from maker.people import People
from ownerbook.calendar.terms import Term, loan_due
from ownerbook.reports.register_book import Cell

D = date
MONTH = Term.parse("1个月")
PURPOSES = ("办理不动产登记", "核对购房合同", "复印购房合同", "核对房屋面积", "办理户口迁移", "处理装修纠纷", "核对验收记录", "办理贷款")
BODIES = ("示例区人民法院", "示例市不动产登记中心", "示例市和远律师事务所", "示例市公证处", "示例街道办事处")
FINDINGS = ("目录与实物页数不符", "购房合同缺骑缝章", "登记表字迹模糊", "复印件未加盖核对章", "材料顺序与目录不一致", "档案袋标签脱落", "缺少页码")


@dataclass(slots=True)
class Work:
    """Who is where: spans in which a file is out, and houses that the ledgers name."""

    out: dict[str, list[tuple[date, date]]] = field(default_factory=lambda: defaultdict(list))
    named: set[str] = field(default_factory=set)

    def away(self, file: Row, day: date) -> bool:
        """Whether a file is out on that day."""
        return any(a <= day <= b for a, b in self.out[file.text("档号")])


def work(c: Community, people: People, office: Office, settled: Settled, loans: int, changes: int) -> Work:
    """Fill the ledgers."""
    w = Work()
    _disposals(c, office, settled, w)
    _loans(c, people, office, settled, w, loans)
    _changes(c, people, office, settled, w, changes)
    _audits(c, office, w)
    _requests(c, office, settled, w)
    return w


def dispose(c: Community, office: Office, file: Row, kind: str, appraised: date, reason: str, **more: Cell) -> Row:
    """An executed disposal, with who may act on those days."""
    appraiser = office.able(AUDIT, appraised)
    approved, executed = plus(appraised, c.rng.randrange(1, 5)), plus(appraised, c.rng.randrange(6, 12))
    approver = office.able(DISPOSAL, approved)
    witnesses: list[Cell] = [None, None]
    if kind == "销毁":
        able = [s for s in office.staff if s.employed(executed) and s.signed and s not in (appraiser, approver)]
        witnesses = [office.cell(s) for s in c.rng.sample(able, 2)]
    return c.add(
        "处置", file.house, 处置单号=c.next("CZ", 4), 档号=file["档号"], 处置方式=kind,
        处置依据={"归档": "档案管理制度第十二条", "销毁": "档案管理制度第十五条", "移交": "档案移交协议"}[kind], 处置原因=reason,
        鉴定人=office.cell(appraiser), 鉴定日期=appraised, 批准人=office.cell(approver), 批准日期=approved, 执行日期=executed,
        监销人一=witnesses[0], 监销人二=witnesses[1], **more,
    )  # fmt: skip


def _disposals(c: Community, office: Office, settled: Settled, w: Work) -> None:
    for p in sorted((p for p in settled.periods if p.ended is not None), key=lambda p: p.ended or AS_OF):
        assert p.file is not None and p.ended is not None
        w.named.add(p.house.house)
        p.file["档案状态"] = "已归档"
        dispose(c, office, p.file, "归档", plus(p.ended, c.rng.randrange(2, 9)), "房屋已过户,业主迁出")
    kept_on = True
    for p in [p for p in settled.periods if p.fate == "destroyed"]:
        assert p.file is not None and p.ended is not None
        expiry = D(p.ended.year + 10, p.ended.month, min(p.ended.day, 28))
        if kept_on:  # the first was appraised as worth keeping: a longer retention, by way of a change
            kept_on = False
            p.file["保管期限"] = "30年"
            _change(c, office, "档案", p.file, "保管期限", "10年", office.cell(office.by_number("G002")), max(plus(expiry, 5), D(2024, 11, 18)))
            continue
        dispose(c, office, p.file, "销毁", max(plus(expiry, c.rng.randrange(10, 60)), D(2025, 1, 6)), "保管期限届满,鉴定无保存价值")
        p.file.cells |= {"档案状态": "已销毁", "存放位置": None}
        for o in p.owners:
            o.cells |= {"证件号码": "已删除", "联系电话": "已删除", "备用电话": None, "通讯地址": None, "电子邮箱": None, "证件有效期至": None}
    day = D(2025, 11, 17)
    for p in [p for p in settled.periods if p.fate == "handed_over"]:
        assert p.file is not None
        dispose(c, office, p.file, "移交", day, "按业主委员会决定移交早期档案", 接收单位="示例小区业主委员会")
        p.file.cells |= {"档案状态": "已移交", "存放位置": None}


def _current(settled: Settled) -> list[Period]:
    return [p for p in settled.periods if p.ended is None and p.file is not None]


def _loans(c: Community, people: People, office: Office, settled: Settled, w: Work, count: int) -> None:
    able = [
        p
        for p in _current(settled)
        if p.house["房屋用途"] in ("住宅", "商铺", "办公") and p.owners[0]["证件类型"] == "居民身份证" and p.file is not None
    ]
    c.rng.shuffle(able)
    still = max(3, count // 16)
    for n in range(count):
        latest = c.worked(D(2026, 10, 9)) if n >= count - still else D(2026, 9, 18)
        first = D(2026, 10, 9) if n >= count - still else plus(LEDGER_FROM, n * 675 // count)
        lent = c.worked(c.between(first, min(plus(first, 12), D(2026, 10, 26)) if n >= count - still else min(plus(first, 30), latest)))
        period = next(p for p in able if p.file is not None and p.file.day("建档日期") < plus(lent, -10) and p.began < plus(lent, -10))
        able.remove(period)
        w.named.add(period.house.house)
        _loan(
            c,
            people,
            office,
            w,
            period,
            lent,
            still=n >= count - still,
            lost=n == count // 3,
            hurt=n % 37 == 11,
            refused=n % 29 == 7,
            renewed=n % 11 == 4,
        )
    for _ in range(2):  # waiting for a decision
        period = able.pop()
        w.named.add(period.house.house)
        owner = period.owners[0]
        assert period.file is not None
        c.add(
            "借阅", period.house.house, 借阅单号=c.next("JY", 4), 档号=period.file["档号"],
            借阅人=owner["姓名"], 借阅人身份="业主", 联系电话=owner["联系电话"],
            借阅事由=c.rng.choice(PURPOSES), 申请日期=c.between(D(2026, 10, 28), D(2026, 10, 30)), 审核结果="待审",
        )  # fmt: skip


def _loan(
    c: Community,
    people: People,
    office: Office,
    w: Work,
    period: Period,
    lent: date,
    *,
    still: bool,
    lost: bool,
    hurt: bool,
    refused: bool,
    renewed: bool,
) -> None:
    file, owner = period.file, period.owners[0]
    assert file is not None
    decided = c.worked_before(plus(lent, -c.rng.randrange(0, 3)))
    applied = c.worked_before(plus(decided, -c.rng.randrange(0, 3)))
    roll = c.rng.random()
    kind = "业主" if roll < 0.58 else "受托人" if roll < 0.74 else "员工" if roll < 0.88 else "外部单位"
    who, phone, authority = owner["姓名"], owner["联系电话"], None
    borrower = None
    if kind == "受托人":
        who, phone = people.name(c.chance(0.5)), people.phone()
        authority = paper(c, office, file, "授权委托书", applied, f"{who}借阅授权")["材料编号"]
    elif kind == "员工":
        borrower = office.by_number(c.rng.choice(("G011", "G012", "G008")))
        who, phone = borrower.name, borrower.phone
    elif kind == "外部单位":
        who, phone = c.rng.choice(BODIES), people.phone()
    clerk = office.able(CLERK, lent, without=(borrower,) if borrower else ())
    reviewer = office.able(LOANS, decided, without=(clerk, *((borrower,) if borrower else ())))
    cells: dict[str, Cell] = {
        "借阅单号": c.next("JY", 4), "档号": file["档号"], "借阅人": who, "借阅人身份": kind, "授权材料": authority, "联系电话": phone,
        "借阅事由": "核对隐蔽工程图纸" if kind == "员工" else "调取证据" if kind == "外部单位" else c.rng.choice(PURPOSES), "申请日期": applied,
        "审核人": office.cell(reviewer), "审核结果": "不同意" if refused and not still else "同意", "审核日期": decided,
    }  # fmt: skip
    if refused and not still and not lost:
        c.add("借阅", file.house, **cells, 备注="事由不清,退回补充")
        return
    cells["审核结果"] = "同意"
    renewals = 1 if renewed and not still else 0
    due = loan_due(lent, renewals, MONTH, True, c.calendar)[0]
    back = None if still or lost else c.worked_before(c.between(plus(lent, 32 if renewals else 2), plus(due, -2)))
    early = back is not None and not renewals and c.chance(0.06)
    if early and back is not None:
        due = back
    cells |= {"借出日期": lent, "经办人": office.cell(clerk), "应还日期": due, "续借次数": renewals if renewals or c.chance(0.5) else None}
    if back is not None:
        cells |= {"归还日期": back, "接收人": office.cell(office.able(CLERK, back)), "归还状态": "缺损" if hurt else "完好"}
    if lost:
        cells |= {"归还状态": "遗失"}
    note = "第3页破损,已修补" if hurt and back else "借阅人书面说明遗失,已报告并补建复制件" if lost else "约定提前归还" if early else None
    c.add("借阅", file.house, **cells, 备注=note)
    file["档案状态"] = "借出" if still else "遗失" if lost else file["档案状态"]
    w.out[file.text("档号")].append((lent, back or AS_OF))


def _change(
    c: Community,
    office: Office,
    sheet: str,
    target: Row,
    header: str,
    old: Cell,
    applicant: Cell,
    applied: date,
    *,
    evidence: Cell = None,
    done: bool = True,
) -> Row:
    key = {"房屋": "房号", "业主": "业主编号", "家庭成员": "成员编号", "档案": "档号"}[sheet]
    updated = c.worked(plus(applied, c.rng.randrange(0, 4))) if done else None
    day = updated or applied
    reviewer = office.able(AUDIT, day)
    return c.add(
        "变更", target.house, 变更单号=c.next("BG", 4), 对象表=sheet, 对象编号=target[key],
        变更字段=header, 原值=old, 新值=target[header], 证明材料=evidence,
        申请人=applicant, 申请日期=applied, 审核人=office.cell(reviewer), 审核结果="同意",
        经办人=office.cell(office.able(CLERK, day, without=(reviewer,))), 更新日期=updated,
    )  # fmt: skip


def _changes(c: Community, people: People, office: Office, settled: Settled, w: Work, count: int) -> None:
    for p in settled.periods:
        if p.fate == "recent":
            assert p.file is not None and p.ended is not None
            owner, applied = p.owners[0], p.ended
            proof = paper(c, office, p.file, "变更证明", applied, "不动产转移登记证明")["材料编号"]
            _change(c, office, "业主", owner, "业主状态", "现业主", owner["姓名"], applied, evidence=proof)
    able = [
        p for p in _current(settled)
        if p.house.house not in w.named and p.house.house not in c.shared and p.began < D(2024, 10, 1) and p.owners[0]["证件类型"] == "居民身份证"
        and p.house["房屋用途"] == "住宅"
    ]  # fmt: skip
    c.rng.shuffle(able)
    for n in range(count):
        p = able.pop()
        w.named.add(p.house.house)
        applied = c.worked(plus(LEDGER_FROM, 3 + n * 715 // count))
        _one_change(c, people, office, p, applied, n)
    _renumber_shop(c, office, settled, w)
    p, q = able.pop(), able.pop()
    w.named |= {p.house.house, q.house.house}
    waiting = _change(c, office, "业主", p.owners[0], "联系电话", p.owners[0]["联系电话"], p.owners[0]["姓名"], D(2026, 10, 28), done=False)
    waiting.cells |= {"新值": people.phone(), "审核结果": "待审", "审核人": None, "经办人": None}
    refused = _change(c, office, "业主", q.owners[0], "产权份额", q.owners[0]["产权份额"], q.owners[0]["姓名"], D(2026, 4, 14), done=False)
    refused.cells |= {"新值": "50%", "审核结果": "不同意", "经办人": None, "备注": "未附不动产权证书,退回"}


def _renumber_shop(c: Community, office: Office, settled: Settled, w: Work) -> None:
    """One shop got another number; its file keeps the one that it has (a 档号 never changes)."""
    p = next(p for p in reversed(_current(settled)) if p.house["房屋用途"] == "商铺" and p.house.house not in w.named)
    w.named.add(p.house.house)
    old = p.house.text("房号")
    for sheet in ("房屋", "业主", "档案"):
        for row in c.rows(sheet, 房号=old):
            row["房号"] = f"S-{int(old[2:]) + 100}"
    change = _change(c, office, "房屋", p.house, "房号", old, "G004", D(2025, 9, 8))
    change.cells |= {"对象编号": old, "备注": "沿街商铺门牌重排"}


def _one_change(c: Community, people: People, office: Office, p: Period, applied: date, n: int) -> None:
    owner, house = p.owners[0], p.house
    assert p.file is not None
    applicant = owner["姓名"]
    members = list(c.rows("家庭成员", 房号=house["房号"]))
    kind = n % 8
    if kind == 3 and house["房屋状态"] in ("出租", "自住", "空置"):
        _change(c, office, "房屋", house, "房屋状态", "空置" if house["房屋状态"] != "空置" else "出租", applicant, applied)
    elif kind == 4:
        owner["通讯地址"] = f"示例市青云里{c.rng.randrange(1, 60)}号"
        _change(c, office, "业主", owner, "通讯地址", f"示例市春风路88号{house['房号']}", applicant, applied)
    elif kind == 5 and members:
        members[-1]["居住状态"] = "迁出"
        _change(c, office, "家庭成员", members[-1], "居住状态", "在住", applicant, applied)
    elif kind == 6:
        proof = paper(c, office, p.file, "变更证明", applied, "户口簿变更页")["材料编号"]
        owner["姓名"] = new = people.name(True, str(owner["姓名"])[0])
        _change(c, office, "业主", owner, "姓名", applicant, new, applied, evidence=proof)
    elif kind == 7 and len(p.owners) == 2 and p.owners[0]["产权份额"] == 0.5:
        proof = paper(c, office, p.file, "变更证明", applied, "共有份额约定")["材料编号"]
        for o in p.owners:
            _change(c, office, "业主", o, "产权份额", "共同共有", applicant, applied, evidence=proof)
    else:
        _change(c, office, "业主", owner, "联系电话", people.phone(), applicant, applied)


def audit(c: Community, office: Office, file: Row, day: date, kind: str, finding: str | None = None) -> Row:
    """One audit of a file, by somebody who did not make it."""
    maker = next(s for s in office.staff if file["建档人"] in (s.number, s.name, f"{s.number} {s.name}"))
    auditor = office.able(AUDIT, day, without=(maker,))
    row = c.add(
        "审核",
        file.house,
        审核单号="",
        档号=file["档号"],
        审核日期=day,
        审核人=office.cell(auditor),
        审核类型=kind,
        审核结果="不合格" if finding else "合格",
    )
    if finding:
        responsible = office.able(CLERK, day)
        by = plus(day, c.rng.randrange(12, 31))
        row.cells |= {"问题描述": finding, "整改期限": by, "整改责任人": office.cell(responsible)}
        done = c.worked(plus(day, c.rng.randrange(2, 10)))
        checked = c.worked(plus(done, c.rng.randrange(1, 4)))
        if checked <= AS_OF:
            if not responsible.employed(done):
                responsible = office.able(CLERK, done)
                row["整改责任人"] = office.cell(responsible)
            row.cells |= {"整改完成日期": done, "复核人": office.cell(office.able(AUDIT, checked, without=(responsible,))), "复核日期": checked}
    return row


def _audits(c: Community, office: Office, w: Work) -> None:
    disposed = {r["档号"] for r in c.rows("处置")}
    gone = {r["档号"]: r.day("执行日期") for r in c.rows("处置") if r["处置方式"] in ("销毁", "移交")}
    files = c.tables["档案"]
    for m in range(24):
        year, month = divmod(10 + m, 12)
        days = [c.worked(D(2024 + year, month + 1, d)) for d in (6, 14)]
        sample_day = c.worked(D(2024 + year, month + 1, 22))
        present = []
        for n, file in enumerate(files):
            created = file.day("建档日期")
            if created >= days[0] or gone.get(file["档号"], AS_OF) <= sample_day:
                continue
            present.append(file)
            cycle = 6 if file["密级"] == "敏感" else 12
            first = created >= plus(LEDGER_FROM, -70) and (2024 + year) * 12 + month + 1 - created.year * 12 - created.month == 2
            if m % cycle == n * 12 // len(files) % cycle or first:
                day = days[n % 2]
                while w.away(file, day):
                    day = c.worked(plus(day, 3))
                if day <= AS_OF:
                    bad = c.chance(0.045) and file["档号"] not in disposed
                    audit(c, office, file, day, "定期", c.rng.choice(FINDINGS) if bad else None)
        for file in c.rng.sample(present, -(-len(present) // 50)):
            if not w.away(file, sample_day):
                audit(c, office, file, sample_day, "抽查")
    number_audits(c)


def number_ledgers(c: Community) -> None:
    """Loans, changes and disposals in the order in which they came, numbered through."""
    for sheet, key, prefix, day in (
        ("借阅", "借阅单号", "JY", "申请日期"),
        ("变更", "变更单号", "BG", "申请日期"),
        ("处置", "处置单号", "CZ", "鉴定日期"),
    ):
        c.tables[sheet].sort(key=lambda r, day=day: r.day(day))  # type: ignore[misc]
        for n, row in enumerate(c.tables[sheet], 1):
            row[key] = f"{prefix}{n:04d}"


def number_audits(c: Community) -> None:
    """Audits in the order of their days, numbered by year; 上次审核日期 of each file from them."""
    c.tables["审核"].sort(key=lambda r: r.day("审核日期"))
    last: dict[Cell, date] = {}
    for row in c.tables["审核"]:
        row["审核单号"] = c.next(f"SH{row.day('审核日期').year}-", 4)
        last[row["档号"]] = row.day("审核日期")
    for file in c.tables["档案"]:
        if file["档号"] in last:
            file["上次审核日期"] = last[file["档号"]]
        elif file.day("建档日期") < D(2024, 6, 1):
            file["上次审核日期"] = c.between(max(file.day("建档日期"), D(2024, 1, 8)), D(2024, 10, 20))


def _requests(c: Community, office: Office, settled: Settled, w: Work) -> None:
    mine = [p for p in _current(settled) if p.house.house not in w.named and p.owners[0]["证件类型"] == "居民身份证" and p.began < D(2024, 1, 1)]
    for n, kind in enumerate(("查阅", "复制", "更正", "查阅", "撤回同意", "查阅")):
        p = c.rng.choice(mine)
        mine.remove(p)
        w.named.add(p.house.house)
        _request(
            c,
            office,
            p.owners[0],
            kind,
            plus(D(2025, 1, 13), n * 118),
            {"查阅": "已当面查阅", "复制": "已提供复制件", "更正": "已核对更正"}.get(kind, "已停止推送物业活动短信"),
        )
    left = next(p for p in settled.periods if p.fate == "archived" and p.ended is not None and p.ended > D(2019, 1, 1))
    _request(c, office, left.owners[0], "删除", D(2026, 3, 9), "同意删除证件号码和联系方式")
    left.owners[0].cells |= {"证件号码": "已删除", "联系电话": "已删除", "备用电话": None, "通讯地址": None, "电子邮箱": None}
    c.add(
        "权利请求",
        left.house.house,
        请求编号=c.next("QQ", 3),
        业主编号=mine[0].owners[0]["业主编号"],
        类型="查阅",
        提出日期=D(2026, 10, 27),
        答复期限=D(2026, 11, 11),
    )
    w.named.add(mine[0].house.house)


def _request(c: Community, office: Office, owner: Row, kind: str, asked: date, answer: str) -> None:
    answered = c.worked(plus(asked, c.rng.randrange(1, 9)))
    c.add(
        "权利请求", owner.house, 请求编号=c.next("QQ", 3), 业主编号=owner["业主编号"], 类型=kind,
        提出日期=asked, 答复期限=plus(asked, 15), 答复日期=answered,
        答复=answer, 经办人=office.cell(office.able(CLERK, answered)),
    )  # fmt: skip
