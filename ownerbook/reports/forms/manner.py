"""In which language a form is printed, and how much of people it shows.

Papers are signed by people who read Chinese, and filled ones are read back by their Chinese headers; so a form in English keeps the
Chinese words and stands the English ones beside or below them.
"""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.schema.words import Lang, Text

ENGLISH: dict[str, str] = {
    "序号": "No.",
    "项目": "Item",
    "填写": "Fill in",
    "类型": "Kind",
    "提出日期": "Asked on",
    "请求内容": "What is asked",
    "身份核对": "Identity seen",
    "发现日期": "Found on",
    "涉及档案": "Files",
    "信息种类": "Kinds of data",
    "原因": "Cause",
    "可能危害": "Possible harm",
    "补救措施": "Measures",
    "个人可采取的措施": "What one can do",
    "您可以采取的措施": "What you can do",
    "通知日期": "Notified on",
    "责任人": "Responsible",
    "联系人": "Contact",
    "事件类型": "Kind",
    "涉及数量": "How many",
    "位置": "Place",
    "存放位置": "Place",
    "档号": "File no.",
    "房号": "House",
    "题名": "Title",
    "应有": "Holds",
    "风险": "Risk",
    "在位": "In place",
    "编号相符": "No. right",
    "件数页数相符": "Count right",
    "结果": "Result",
    "问题描述": "Finding",
    "整改期限": "Put right by",
    "整改责任人": "By whom",
    "材料编号": "Paper no.",
    "材料类型": "Kind",
    "材料": "Paper",
    "形式": "Form",
    "页数": "Pages",
    "份数": "Copies",
    "档案数": "Files",
    "件数": "Papers",
    "登记状态": "State",
    "核对": "Checked",
    "实际页数": "Found",
    "备注": "Note",
    "借阅单号": "Loan no.",
    "借阅人": "Borrower",
    "借出日期": "Lent on",
    "应还日期": "Due on",
    "代卷卡在位": "Slip in place",
    "年度": "Year",
    "应保管期限": "To be kept",
    "已保管": "Kept",
    "期满日期": "Kept until",
    "鉴定意见": "Opinion",
    "处置依据": "Basis",
    "处置原因": "Reason",
    "新保管期限": "New term",
    "暂缓至": "Hold until",
    "接收单位": "Receiver",
    "不能处置的原因": "What stands against it",
    "销毁依据": "Basis",
    "销毁原因": "Reason",
    "鉴定人": "Appraiser",
    "鉴定日期": "Appraised on",
    "批准人": "Approver",
    "批准日期": "Approved on",
    "执行日期": "Carried out on",
    "监销人一": "Witness 1",
    "监销人二": "Witness 2",
    "销毁日期": "Destroyed on",
    "已销毁": "Done",
    "电子件": "Scan",
    "在工作区": "There",
    "已删除": "Deleted",
    "删除人": "Deleted by",
    "监督人": "Watched by",
    "日期": "Date",
    "处置单号": "Disposal no.",
    "暂不能销毁的原因": "Why not yet",
    "档案员": "Archivist",
    "密级": "Level",
    "状态": "Status",
    "不能移交的原因": "Obstacle",
    "清点": "Seen",
    "移交单位/移交人": "Handed over by",
    "接收单位/接收人": "Received by",
    "监交人": "Watched by",
    "移交人": "Handed over by",
    "接收人": "Received by",
    "楼栋": "Building",
    "借出": "On loan",
    "敏感": "Sensitive",
    "业主迁出": "Owner left",
    "整理情况": "Arranged",
    "审核人": "Reviewer",
    "审核日期": "Reviewed on",
    "核对人": "Checked by",
    "联系电话": "Phone",
    "借阅人身份": "Borrower is",
    "身份": "Is",
    "授权材料": "Authority",
    "有效证件": "Document",
    "借阅事由": "Purpose",
    "申请日期": "Applied on",
    "申请人签名": "Signature",
    "审核结果": "Decision",
    "理由": "Reason",
    "经办人": "Clerk",
    "借阅人签收": "Borrower signs",
    "归还核收": "Taken back",
    "归还日期": "Returned on",
    "归还状态": "Condition",
    "说明": "Remarks",
    "件数 / 页数": "Papers / pages",
    "续借次数": "Renewals",
    "催还阶梯": "Step",
    "逾期天数": "Late",
    "预计归还日期": "Expected on",
    "未还原因": "Why not yet",
    "送达方式": "Delivered",
    "签收人": "Signed by",
    "签收日期": "Signed on",
    "送达人": "Delivered by",
    "收件日期": "Received on",
    "收件人": "Received by",
    "预计补交日期": "Expected on",
    "不能补交的材料及原因": "What cannot be given, and why",
    "档案审核清单": "Audit sheet",
    "材料核对": "Papers",
    "借出核对": "Files on loan",
    "档案鉴定清单": "Appraisal list",
    "期满而不能处置的档案": "Kept long enough, not to be disposed of",
    "档案销毁清册": "Destruction register",
    "待删除的电子件": "Scans to delete",
    "暂不能销毁的档案": "Not to be destroyed yet",
    "档案移交清单": "Transfer list",
    "移交档案分楼栋汇总": "Transfer by building",
    "档案归档清单": "Archiving list",
    "档案借阅申请表": "Application for a loan",
    "档案借阅单": "Loan slip",
    "档案催还通知": "Overdue notice",
    "业主档案补件通知": "Request for missing papers",
    "回 执": "receipt",
    "裁 开": "cut here",
    "档案封面": "File cover",
    "卷内目录": "Contents",
    "业主": "Owner",
    "产权周期": "Owned",
    "建档日期": "Opened on",
    "保管期限": "To be kept",
    "立卷人": "Put together by",
    "检查人": "Checked by",
    "页号": "Page",
    "档案室": "Room",
    "柜号": "Cabinet",
    "层": "Shelf",
    "盒号": "Box",
    "位置编号": "Place no.",
    "容量": "Room for",
    "已放": "There",
    "空位": "Free",
    "房号起止": "Houses",
    "库房存放清单": "What stands where",
    "清点人": "Counted by",
    "现位置": "From",
    "移到位置": "To",
    "移架清单": "Moves",
    "没有": "none",
    "合计": "Total",
    "不明": "unknown",
    "登记原因": "Reason",
    "办理类型": "Who comes",
    "登记日期": "Registered on",
    "取得日期": "Acquired on",
    "登记人": "Registered by",
    "鉴定人（过户时旧档归档）": "Appraiser (of the old file)",
    "业主编号": "Owner no.",
    "成员编号": "Member no.",
    "现份额": "Share now",
    "新份额": "New share",
    "去留": "Stays or leaves",
    "查询": "Where to ask",
    "事项": "Matter",
    "租期起": "Lease from",
    "租期止": "Lease to",
    "业主登记表": "Registration of owners",
    "租户登记表": "Tenants",
    "业主登记回执": "Receipt of registration",
}
"""Every fixed word of the forms. Values of the register (合格, 在库, 销毁 …) stay as staff write them."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a form is printed. masked: names, phones, titles and free text of people are not shown in full."""

    lang: Lang = "zh"
    masked: bool = False

    @property
    def both(self) -> bool:
        """Whether the English words stand beside the Chinese ones."""
        return self.lang == "en"

    def head(self, word: str) -> str:
        """A header or a label: in English on a second line."""
        english = ENGLISH.get(word, "") if self.both else ""
        return f"{word}\n{english}" if english else word

    def word(self, word: str) -> str:
        """A title or a place to sign: in English behind it."""
        english = ENGLISH.get(word, "") if self.both else ""
        return f"{word} {english}" if english else word

    def say(self, text: Text) -> str:
        """A sentence: in English on a line of its own below the Chinese."""
        return f"{text.zh}\n{text.en}" if self.both and text.en else text.zh

    def brief(self, text: Text) -> str:
        """A few words in one language."""
        return text.say(self.lang)


CHINESE = Manner()
