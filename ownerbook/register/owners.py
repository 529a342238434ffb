"""业主: the registration form of each owner."""

from __future__ import annotations

from ownerbook.register.declare import CLERK, ID_TYPES, SIGNED, YES_NO, col, day, house, staff
from ownerbook.schema.kinds import Choice, DocumentNumber, Email, Name, Number, PhoneNumber, Share, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

OWNERS = Sheet(
    "业主",
    "owners",
    Text("业主", "Owners"),
    (
        col("owner_no", "业主编号", "Owner no.", Number(), key=True, also=("业主号", "客户编号"), hint=("每位业主每套房一个编号,不重复", "one per owner and house, never twice")),
        house(),
        col("name", "姓名", "Name", Name("kind"), must=True, privacy="personal", also=("业主姓名", "业主名称", "户主姓名", "名称"), hint=("个人姓名或单位全称,一格一人", "person or company, one a cell")),
        col("kind", "业主类型", "Kind", Choice(("自然人", "法人"), {"个人": "自然人", "单位": "法人", "公司": "法人", "企业": "法人"}), must=True, also=("业主性质",), width=10),
        col("id_type", "证件类型", "Document", ID_TYPES, must=True, also=("证件名称", "证件种类"), width=18),
        col("id_no", "证件号码", "Document no.", DocumentNumber(), must=True, privacy="sensitive", also=("身份证号", "身份证号码", "证件号", "证号"), width=22, hint=("文本格式,不可按数字输入", "as text, never as a number")),
        day("id_until", "证件有效期至", "Valid until", future=True, words=("长期",), also=("证件有效期", "有效期至"), hint=("日期或 长期", "a date or 长期")),
        col("phone", "联系电话", "Phone", PhoneNumber("kind"), must=True, privacy="personal", also=("电话", "手机", "手机号", "手机号码", "联系方式"), width=15, hint=("手机,或带区号的固话,或 +国家号码", "mobile, land line with area code, or +country")),
        col("phone2", "备用电话", "Second phone", PhoneNumber("kind"), privacy="personal", also=("电话2", "备用联系电话", "其他电话"), width=15),
        col("address", "通讯地址", "Address", Words(lines=True), privacy="personal", also=("联系地址", "地址"), width=26),
        col("email", "电子邮箱", "E-mail", Email(), privacy="personal", also=("邮箱", "电子邮件"), width=20),
        col("share", "产权份额", "Share", Share(), also=("份额", "产权比例"), width=10, hint=("如 50%、1/2 或 共同共有;现业主合计 100%", "such as 50%, 1/2 or 共同共有; current owners add up to 100 %")),
        col("primary", "主联系人", "Main contact", YES_NO, also=("是否主联系人",), width=9, hint=("每套房的现业主中只有一位 是", "one 是 among a house's current owners")),
        day("registered_on", "登记日期", "Registered", must=True, also=("登记时间",)),
        staff("registered_by", "登记人", "Registered by", right=CLERK, days=("registered_on",), must=True),
        day("owned_from", "迁入日期", "Owner from", must=True, also=("取得日期",), hint=("取得产权之日", "the day of acquiring")),
        day("owned_to", "迁出日期", "Owner to", also=("转出日期",), hint=("原业主必填,现业主留空", "exactly for a former owner")),
        col("status", "业主状态", "Status", Choice(("现业主", "原业主"), {"在册": "现业主", "现任": "现业主", "前业主": "原业主", "已迁出": "原业主"}), must=True, width=10),
        col("consent", "隐私告知书", "Privacy notice", SIGNED, must=True, also=("告知书",), width=10),
        day("consent_on", "告知日期", "Notified", also=("告知书日期",), hint=("已签时必填", "exactly when 已签")),
        col("service_need", "个性化服务需求", "Service need", Words(lines=True), privacy="sensitive", also=("服务需求",), width=18, hint=("须经业主同意", "only with the owner's consent")),
        day("need_consent_on", "需求同意日期", "Consent to need"),
        col("declared", "真实性声明", "Declaration", SIGNED, also=("业主声明",), width=10),
        col("note", "备注", "Note", Words(lines=True, free=True), privacy="personal", also=("备注说明", "备注信息"), width=24),
    ),
    Text("每位业主每套房一行;过户后原业主保留,状态改为 原业主。", "One row an owner and house; former owners stay, as 原业主."),
    needed=True,
    book="业主档案登记簿.xlsx",
)
