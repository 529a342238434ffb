"""Why an amendment is refused: a key, a sentence in both languages, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from ownerbook.schema.words import Text
from ownerbook.workbook.package import PackageError

# key: (zh, en). `{detail}` is filled with what was found, a `Text` where it is said otherwise in either language.
REASONS: dict[str, tuple[str, str]] = {
    "formula": (
        "单元格里是公式（{detail}）。请改公式所引用的单元格，或在 Excel 里把公式换成数值后再改。",
        "the cell holds a formula ({detail}). Change the cells it refers to, or replace it by its value in Excel first.",
    ),
    "shared-master": (
        "单元格是一组共享公式的首格（{detail}），改动会使其余各格失去公式。请在 Excel 里处理。",
        "the cell is the first of a group of shared formulas ({detail}); the others would lose theirs. Change it in Excel.",
    ),
    "array": (
        "单元格属于数组公式区域 {detail}。请在 Excel 里整块修改。",
        "the cell is part of the array formula over {detail}. Change the whole block in Excel.",
    ),
    "data-table": (
        "单元格属于模拟运算表 {detail}。请改它的输入单元格。",
        "the cell is part of the what-if data table over {detail}. Change its input cells.",
    ),
    "rich-value": (
        "单元格里是 Excel 的特殊数据（图片或数据类型），不能用普通值覆盖。请在 Excel 里修改。",
        "the cell holds a rich value (a picture or a data type). Change it in Excel.",
    ),
    "merged": (
        "单元格在合并区域 {detail} 内，不是左上角。请写到左上角的单元格。",
        "the cell lies inside the merged range {detail}. Write to its upper left cell.",
    ),
    "locked": (
        "工作表受保护，单元格是锁定的。请先在 Excel 里撤销工作表保护，或取消该单元格的锁定。",
        "the sheet is protected and the cell is locked. Unprotect the sheet in Excel, or unlock the cell.",
    ),
    "expectation": (
        "单元格现在的内容与预期不同：{detail}。请重新读取文件，再决定是否修改。",
        "the cell does not hold what was expected: {detail}. Read the file again, then decide.",
    ),
    "pivot": (
        "单元格在数据透视表 {detail} 内。请改它的数据来源，再刷新透视表。",
        "the cell lies in the pivot table {detail}. Change its source and refresh it.",
    ),
    "pivot-below": (
        "新行会紧接在数据透视表 {detail} 之下，刷新时会被覆盖。请把新行放到别处，或移走透视表。",
        "the new row would stand right under the pivot table {detail}, which may grow over it. Put it elsewhere, or move the pivot table.",
    ),
    "query": (
        "单元格在外部数据查询区域 {detail} 内，刷新时会被覆盖。请改数据来源。",
        "the cell lies in the query table {detail} and would be overwritten by the next refresh. Change the source.",
    ),
    "signed": (
        "工作簿带有数字签名，任何改动都会使签名失效。请由签名人修改并重新签名。",
        "the workbook carries a digital signature, which any change would break. Ask the signer to change and sign it again.",
    ),
    "shared-workbook": (
        "工作簿是旧式“共享工作簿”，带有修订记录。请先在 Excel 里停止共享。",
        "the workbook is a legacy shared workbook with a revision log. Stop sharing it in Excel first.",
    ),
    "format": (
        "文件不是 .xlsx 或 .xlsm（{detail}）。请在 Excel 或 WPS 里另存为 .xlsx。",
        "the file is not an .xlsx or .xlsm ({detail}). Save it as .xlsx in Excel or WPS.",
    ),
    "password": (
        "工作簿有密码，{detail}。请给出正确的密码。",
        "the workbook is encrypted, and {detail}. Give the right password.",
    ),
    "encryption": (
        "工作簿的加密方式不能原样写回（{detail}）。请在 Excel 里修改。",
        "the encryption of the workbook cannot be written back ({detail}). Change it in Excel.",
    ),
    "package": (
        "文件已损坏或不可信：{detail}。请在 Excel 里打开并另存一份，再使用那一份。",
        "the file is damaged or cannot be trusted: {detail}. Open it in Excel, save a copy, and use the copy.",
    ),
    "structure": (
        "工作表的内部写法无法可靠修改：{detail}。请在 Excel 里打开并另存，再重试。",
        "the sheet is written in a way that cannot be changed reliably: {detail}. Open it in Excel, save it, and try again.",
    ),
    "no-sheet": (
        "没有这个名字的工作表。这个工作簿里有：{detail}。请核对工作表名。",
        "there is no sheet of this name. The workbook has: {detail}. Check the name.",
    ),
    "not-a-worksheet": (
        "“{detail}”不是普通工作表（图表页、宏表或对话框）。请选择普通工作表。",
        "{detail} is not a worksheet (a chart, macro or dialog sheet). Choose a worksheet.",
    ),
    "reference": (
        "“{detail}”不是有效的单元格或行列。请写成 F12 这样的形式。",
        "{detail} is not a valid cell, row or column. Write it as F12.",
    ),
    "twice": (
        "同一单元格在一次修改中被写了两个不同的值。请只保留一个。",
        "the cell is given two different values at once. Keep one of them.",
    ),
    "control": (
        "内容里有不能存入工作簿的控制字符（{detail}）。请删去这些字符。",
        "the text has a character that a workbook cannot hold ({detail}). Remove it.",
    ),
    "too-long": (
        "内容有 {detail} 个字符，超过单元格上限 32767。请缩短。",
        "the text has {detail} characters; a cell holds 32,767. Shorten it.",
    ),
    "number": (
        "数字 {detail} 不能完整存为数值（工作簿只保留 15 位）。请改用文本。",
        "the number {detail} cannot be kept as a number (a workbook keeps 15 digits). Write it as text.",
    ),
    "value": (
        "{detail} 不是可写入的值。请给出文本、数字、日期或空。",
        "{detail} is not a value that can be written. Give text, a number, a date or nothing.",
    ),
    "date": (
        "日期 {detail} 在工作簿的日期系统里不能可靠表示。请改用文本。",
        "the day {detail} cannot be kept reliably in the date system of the workbook. Write it as text.",
    ),
    "styles": (
        "工作簿没有可用的样式表，无法设置所需格式。请在 Excel 里打开并另存，再重试。",
        "the workbook has no usable style sheet, so the format cannot be set. Open it in Excel, save it, and try again.",
    ),
    "content-below": (
        "第 {detail} 行已有内容，不能在其上方追加。请先在 Excel 里空出位置。",
        "row {detail} has content, so no row can be appended above it. Make room in Excel first.",
    ),
    "totals": (
        "表格 {detail} 末尾有汇总行，追加需要插入行。请在 Excel 里插入。",
        "the table {detail} ends in a totals row, so a row would have to be inserted. Insert it in Excel.",
    ),
    "table": (
        "表格 {detail}，不能在这里追加。请在 Excel 里扩展表格。",
        "the table {detail}, so no row can be appended here. Extend the table in Excel.",
    ),
    "table-header": (
        "单元格是表格的列名，不能在这里改：{detail}。请在 Excel 里改列名。",
        "the cell is a heading of a table and cannot be changed here: {detail}. Rename the column in Excel.",
    ),
    "full": (
        "工作表已到最后一行，不能再追加。",
        "the sheet is full; no row can be appended. Start another sheet.",
    ),
    "no-values": (
        "追加的行没有内容。请给出至少一格，例如 A=值。",
        "the row to be appended is empty. Give at least one cell, such as A=VALUE.",
    ),
    "nothing-above": (
        "工作表里没有可以接续的行。请指明在哪一行之后追加。",
        "the sheet has no row to append under. Say after which row.",
    ),
    "proof": (
        "修改后的核对没有通过：{detail}。文件没有改动，请在 Excel 里修改并报告此情况。",
        "the check of the result did not pass: {detail}. Nothing was changed; make the change in Excel and report this.",
    ),
    "open": (
        "文件正被 {detail} 打开。请等对方关闭后再试；确认没有人打开（例如电脑曾断电）时，删去这个占用文件再试。",
        "the file is open at {detail}. Try again when it is closed; after a power cut, when nobody has it open, delete that file and try again.",
    ),
    "changed": (
        "文件在读取之后又被改动。请重新读取，再决定是否修改。",
        "the file changed after it was read. Read it again, then decide.",
    ),
    "conflict-copy": (
        "发现可能的副本：{detail}。请确认以哪一份为准。",
        "there may be conflicting copies: {detail}. Decide which one counts.",
    ),
    "disk": (
        "文件不能写入：{detail}。原文件没有改动，请检查权限和磁盘后重试。",
        "the file cannot be written: {detail}. It is unchanged; check permissions and the disk, then try again.",
    ),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason against one edit. `cell` is as Excel names it (`业主!F12`), or empty where it is the whole file."""

    cell: str
    reason: str
    zh: str
    en: str


def refusal(cell: str, reason: str, detail: object = "") -> Refusal:
    """A refusal with its sentences filled in."""
    zh, en = REASONS[reason]
    said = detail if isinstance(detail, Text) else Text(str(detail), str(detail))
    return Refusal(cell, reason, zh.format(detail=said.zh), en.format(detail=said.en))


_PACKAGE = {  # reasons of `PackageError` in Chinese
    "broken-directory": "压缩包的目录与内容不符",
    "duplicate-name": "压缩包里有两个同名的部件",
    "overlap": "压缩包里的部件互相重叠",
    "too-many-members": "压缩包里的部件多得反常",
    "too-large": "展开后异常巨大",
    "encrypted-member": "部件另外加了密",
    "compression": "用了 Office 不用的压缩方法",
    "bad-data": "部件的内容已损坏",
    "doctype": "部件里有不该有的 DOCTYPE",
    "bad-xml": "部件不是完整的 XML",
    "missing": "缺少部件",
}


def not_a_workbook(error: PackageError, data: bytes = b"") -> Refusal:
    """The refusal for bytes that cannot be used as a package."""
    if error.reason == "not-a-zip" and data[:4] == b"PK\x03\x04":
        zh = "文件末尾缺失，可能没有复制或下载完整"
        return refusal("", "package", Text(zh, "its end is missing, it may not have been copied or downloaded completely"))
    if error.reason in ("not-a-zip", "no-workbook"):
        zh = "不是压缩包" if error.reason == "not-a-zip" else "里面没有工作簿"
        return refusal("", "format", Text(zh, str(error)))
    words = _PACKAGE.get(error.reason)
    if words is None:
        return refusal("", "package", error)
    where = f"（{error.detail}）" if error.detail else ""
    return refusal("", "package", Text(words + where, str(error)))


class Refused(Exception):
    """No edit was applied. Every reason is in `refusals`, not only the first."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__("; ".join(f"{r.cell + ': ' if r.cell else ''}{r.en}" for r in refusals))
        self.refusals = refusals


class Stop(Exception):
    """One refusal, on its way to being collected. Does not leave this package."""

    def __init__(self, reason: str, detail: object = "") -> None:
        super().__init__(f"{reason} {detail}")
        self.reason = reason
        self.detail = detail
