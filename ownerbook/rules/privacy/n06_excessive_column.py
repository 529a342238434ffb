"""N06: more is collected than is needed."""

from __future__ import annotations

import re
import unicodedata

from ownerbook.register.register import Fact
from ownerbook.rules.card import Card, Stage
from ownerbook.schema.words import Text

CARD = Card(
    code="N06",
    severity="warning",
    stage=Stage.FILE,
    repair="confirm",
    title=Text("采集超出必要", "More is collected than is needed"),
    message=Text("「{text}」列采集的内容超出业主档案所需", "the column {text} collects more than an owner file needs"),
    why=Text("个人信息保护法第六条：只收集实现目的所必需的最少信息。", "PIPL art. 6: collect only the least that the purpose needs."),
    fix=Text("删去这一列；确有依据的，写明依据并办理豁免。", "Delete the column, or state its basis and waive this rule."),
    facts=("header-unknown",),
)


_EXCESSIVE = re.compile(
    "宗教|信仰|教派"
    "|收入|工资|薪资|薪酬|薪水|年薪|月薪|存款|征信|银行卡|信用卡号|银行账|个人资产|家庭资产"
    "|指纹|人脸|面容|面部|刷脸|虹膜|声纹|掌纹|指静脉|生物特征|生物识别|步态|DNA|基因"
    "|民族|族别|政治面貌|政治倾向|党派|党员|婚姻|婚否|性取向"
    "|病史|病历|病情|疾病|健康状况|健康情况|身体状况|体检|血型|过敏史|慢性病|精神状况|孕|生育"
    "|犯罪|前科|刑事记录|违法记录|吸毒"
    "|轨迹|行踪"
    "|religion|income|salary|fingerprint|biometric|ethnic|marital|medicalhistory",
    re.I,
)
"""What PIPL art. 28 counts as sensitive and no duty of an owner file asks for: belief, money, the body, origin, health, offences, whereabouts."""
_HARMLESS = re.compile(
    "(?:政府|财政|非税|租金|租赁|物业费|停车费?|车位费?|广告|营业|经营|公共|公共收益)收入|收入(?:库|档|柜|盒|卷|日期|时间|数(?!额)|册|件)|工资保证金"
    "|(?:电子件|文件|扫描件?|附件|数据|校验|哈希|图像|密钥|SHA-?256|MD5)指纹|指纹(?:锁|码|校验|值)|人脸门禁(?:机|编号|设备)"
    "|民族(?:路|街|大道|巷|村|园|小区|大学|中学|小学)|宗教(?:活动)?场所|党员(?:活动|之家|服务|示范)"
    "|(?:修改|变更|操作|流转|借阅|审批|办理)轨迹|(?:档案|文件)健康状况",
    re.I,
)
"""Words that only hold them: public money, a file's fingerprint, a street, what is put away into (收入) a cabinet, the trail of an edit."""


def accept(fact: Fact) -> bool:
    """Headers of staff's own columns that name what no owner file needs (PIPL arts. 6, 28)."""
    text = re.sub(r"[\s*_]+", "", unicodedata.normalize("NFKC", str(fact.values["text"])))
    return _EXCESSIVE.search(_HARMLESS.sub("", text)) is not None
