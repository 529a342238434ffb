"""D12: a company's file holds no authority of who acts for it."""

from collections.abc import Iterator

import numpy as np

from ownerbook.deadlines.columns import follow, single
from ownerbook.identifiers import document
from ownerbook.register.understood import NO_DAY
from ownerbook.rules.card import Card, Hit, Stage
from ownerbook.rules.view import View, rows, take, taken
from ownerbook.schema.words import Text

AUTHORITY = "授权委托书"
CARD = Card(
    code="D12",
    severity="warning",
    stage=Stage.AGREEMENT,
    repair="hand",
    title=Text("公司业主缺授权委托书", "Company without an authority"),
    message=Text("法人业主 {record} 的档案 {file} 没有授权委托书", "the file {file} of the company {record} holds no 授权委托书"),
    why=Text("没有授权委托书，不知谁能代表公司办理。", "Without it nobody knows who may act for the company."),
    fix=Text("向业主补收法定代表人或经办人的授权委托书，并在「材料」登记。", "Collect the authority, and enter it on 材料."),
    needs="owners.owner_no owners.house_no? "
    "owners.kind owners.id_type? owners.status owners.registered_on files.file_no files.house_no? files.owner_no files.status"
    " documents.file_no documents.doc_type documents.status policy today",
    elsewhere=True,
    wrong="""
        今天 2026-10-31

        业主: 业主编号 | 业主类型 | 业主状态 | 登记日期
        «Y1» | 法人 | 现业主 | 2026-01-05
        «Y2» | 法人 | 现业主 | 2026-01-05

        档案: 档号 | 业主编号 | 档案状态
        YG-1-1-101-01 | Y1 | 在库
        YG-1-1-102-01 | Y2 | 待整理

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 授权委托书 | 待补
        C2 | YG-1-1-101-01 | 营业执照 | 齐全
    """,
    right=(
        """
        今天 2026-10-31

        业主: 业主编号 | 业主类型 | 业主状态 | 登记日期
        Y1 | 法人 | 现业主 | 2026-01-05
        Y2 | 法人 | 现业主 | 2026-01-05
        Y3 | 自然人 | 现业主 | 2026-01-05
        Y4 | 法人 | 原业主 | 2016-01-05
        Y5 | 法人 | 现业主 | 2026-10-20
        Y6 | 法人 | 现业主 | 2026-01-05

        档案: 档号 | 业主编号 | 档案状态
        YG-1-1-101-01 | Y1 | 在库
        YG-1-1-103-01 | Y3 | 在库
        YG-1-1-104-01 | Y4 | 已归档
        YG-1-1-105-01 | Y5 | 待整理
        YG-1-1-106-01 | Y6 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 委托书 | 缺页
        C2 | YG-1-1-106-01 | 某书 | 齐全
        """,
        """
        今天 2026-10-31

        业主: 业主编号 | 业主类型 | 业主状态 | 登记日期
        Y1 | 法人 | 现业主 | 2026-01-05

        档案: 档号 | 业主编号 | 档案状态
        YG-1-1-101-01 | Y1 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 营业执照 | 齐全

        制度: 参数 | 值
        必备材料.法人 | 营业执照、授权委托书
        """,
        """
        今天 2026-10-31

        业主: 业主编号 | 房号 | 业主类型 | 业主状态 | 登记日期
        Y1 | 1-1-101 | 法人 | 现业主 | 2026-01-05

        档案: 档号 | 房号 | 业主编号 | 档案状态
        YG-1-1-101-01 | 1-1-101 | Y1 | 在库
        YG-1-1-102-01 | 1-1-102 | Y1 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 授权委托书 | 齐全
        """,
        """
        今天 2026-10-31

        业主: 业主编号 | 业主类型 | 证件类型 | 业主状态 | 登记日期
        Y1 | 法人 | 居民身份证 | 现业主 | 2026-01-05

        档案: 档号 | 业主编号 | 档案状态
        YG-1-1-101-01 | Y1 | 在库

        材料: 材料编号 | 档号 | 材料类型 | 材料状态
        C1 | YG-1-1-101-01 | 身份证件复印件 | 齐全
        """,
    ),
)


def find(v: View) -> Iterator[Hit]:
    """Silent where policy asks companies for it, for then H01 tells; where there is no file; and before the term of filing."""
    o, f, p = v.owners, v.files, v.documents
    if AUTHORITY in v.policy.papers_company:
        return
    owner, at = f.ref("owner_no").row, p.ref("file_no").row
    registered = o.registered_on
    assert registered.days is not None
    day = np.where(registered.ok, registered.days, NO_DAY).astype(np.int32)
    late = day != NO_DAY
    late[late] = v.policy.filing_term.after(day[late]) < v.today
    company = o.kind.is_("法人") & o.status.is_("现业主") & late & o.first
    if v.has("owners.id_type"):  # a person's document: R13 tells the contradiction, and which of the two it is stays open
        company &= ~o.id_type.ok | o.id_type.is_(document.CREDIT_CODE)
    held = np.zeros(len(f), bool)  # held, or a paper whose kind cannot be read may be it
    kind = p.doc_type
    held[at[(at >= 0) & ((kind.is_(AUTHORITY) & ~p.status.is_("待补")) | (kind.filled & ~kind.ok))]] = True
    lacking = rows(f.status.is_("待整理", "在库", "借出") & single(f, f.file_no) & taken(company, owner) & ~held)
    if len(lacking) and v.has("owners.house_no") and v.has("files.house_no"):  # a file of another house: R16 tells that the owner is wrong
        homes, house = follow(o.house_no.ids, owner[lacking]), f.house_no.ids[lacking]
        lacking = lacking[(homes < 0) | (house < 0) | (homes == house)]
    told = {int(take(owner, np.array([r], np.int32))[0]): int(r) for r in lacking[::-1]}
    yield Hit("owners", sorted(told), "owner_no", lambda r: {"file": f.key_text(told[r])})
