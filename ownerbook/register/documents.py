"""材料: what a file holds."""

from __future__ import annotations

from ownerbook.register.declare import CLERK, col, day, file, note, staff
from ownerbook.schema.kinds import Choice, Fingerprint, Measure, Number, ScanPath, Words
from ownerbook.schema.sheet import Sheet
from ownerbook.schema.words import Text

DOC_TYPES = (
    "业主登记表", "身份证件复印件", "购房合同", "购房发票", "房屋交接验收单", "隐私告知书", "前期物业服务协议", "临时管理规约承诺书",
    "钥匙交接单", "装修申请", "授权委托书", "营业执照", "变更证明", "其他",
)  # fmt: skip

DOCUMENTS = Sheet(
    "材料",
    "documents",
    Text("材料", "Papers"),
    (
        col("doc_no", "材料编号", "Paper no.", Number(), key=True),
        file(),
        col(
            "doc_type",
            "材料类型",
            "Kind",
            Choice(
                DOC_TYPES,
                {
                    "身份证复印件": "身份证件复印件",
                    "登记表": "业主登记表",
                    "业主信息登记表": "业主登记表",
                    "商品房买卖合同": "购房合同",
                    "买卖合同": "购房合同",
                    "发票": "购房发票",
                    "交接验收单": "房屋交接验收单",
                    "验收单": "房屋交接验收单",
                    "委托书": "授权委托书",
                },
                policy="材料类型.补充",
            ),
            must=True,
            also=("材料种类",),
            width=20,
        ),
        col("title", "材料名称", "Title", Words(), also=("名称",), privacy="personal", width=22),
        col(
            "form",
            "形式",
            "Form",
            Choice(("原件", "复印件", "扫描件"), {"复印": "复印件", "原本": "原件", "扫描": "扫描件", "电子件": "扫描件"}),
            must=True,
            width=9,
        ),
        col("pages", "页数", "Pages", Measure(least=1, whole=True), must=True, width=7),
        col("copies", "份数", "Copies", Measure(least=1, whole=True), must=True, width=7),
        day("received_on", "收件日期", "Received", must=True),
        staff("received_by", "收件人", "Received by", right=CLERK, days=("received_on",), must=True),
        staff(
            "checked_by",
            "核对人",
            "Compared by",
            right=CLERK,
            days=("received_on",),
            hint=("复印件必填：已与原件核对", "required for a 复印件: compared with the original"),
        ),
        col("scan", "电子件", "Scan", ScanPath(), width=28, hint=("相对工作区的路径", "path relative to the workspace")),
        col("scan_sha256", "电子件指纹", "Scan fingerprint", Fingerprint(), width=20, hint=("由软件填写", "filled in by the software")),
        col("status", "材料状态", "Status", Choice(("齐全", "缺页", "待补"), {"完整": "齐全", "齐": "齐全", "缺": "待补"}), must=True, width=9),
        note(),
    ),
    Text("每份档案里的每件材料一行。", "One row a paper in a file."),
    needed=True,
    book="业主档案登记簿.xlsx",
)
