"""`ownerbook adopt`."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.cli.check import day, say
from ownerbook.jobs.workspace import Unusable, home
from ownerbook.schema.words import Text

if TYPE_CHECKING:
    from ownerbook.jobs.adopt import Adoption
    from ownerbook.settings import Settings


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument(
        "workbooks",
        nargs="*",
        type=Path,
        metavar="台账" if zh else "WORKBOOK",
        help="自己的台账，任何格式" if zh else "staff's own ledgers, of any format",
    )
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="对照表写到哪里" if zh else "where the mapping workbook goes")
    parser.add_argument("--confirm", type=Path, metavar="MAPPING.xlsx", help="采用改好的对照表" if zh else "take a corrected mapping workbook")
    parser.add_argument("--convert", type=Path, metavar="DIR", help="转成登记簿，写到这个文件夹" if zh else "convert into a register in this folder")
    parser.add_argument("--accept-numbers", action="store_true", help="转换时写入建议的编号" if zh else "write the proposed numbers while converting")
    parser.add_argument("--password-file", metavar="FILE", help="台账打开密码所在的文件" if zh else "a file with the ledgers' password")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="日期，默认今天" if zh else "the day, today by default")


def run(args: argparse.Namespace) -> int:
    """Look, confirm or convert. Exit status 0 done, 1 some file could not be read, 2 not carried out."""
    from ownerbook.jobs import adopt as job

    cwd = Path.cwd()
    near = args.confirm or (args.workbooks[0] if args.workbooks else None)
    root = home((cwd / near).absolute()) if near else None
    root = root or home(cwd)
    today = day(args.as_of, _settings(root)["workspace.zone"])
    if args.confirm:
        return _confirm(args, root, today)
    if not args.workbooks:
        raise Unusable(Text("请指定台账，如 ownerbook adopt 业主台账.xls", "name a ledger, such as ownerbook adopt ledger.xls"))
    known = job.remembered(root) if root else []
    adoption = job.look_at(args.workbooks, cwd, known=known if not args.convert else (), password=_password(args), converting=bool(args.convert))
    if args.convert:
        from ownerbook.jobs.convert import convert

        converted = convert(adoption, known, args.convert, as_of=today, accept_numbers=args.accept_numbers, root=root)
        for line in converted.say():
            print(line.say(args.lang))
    else:
        path = args.output or cwd / job.MAPPING
        _tell(args, adoption)
        if adoption.books:
            print(say(args, f"对照表：{job.propose(adoption, path, as_of=today)}", f"mapping: {path}"))
            print(
                say(
                    args,
                    "核对、改好、保存后运行：ownerbook adopt --confirm 对照表",
                    "look it over, correct and save it, then: ownerbook adopt --confirm MAPPING",
                )
            )
    for name, why in adoption.unreadable:
        print(f"{name}: {why.say(args.lang)}")
    return 1 if adoption.unreadable else 0


def _password(args: argparse.Namespace) -> str | None:
    """The ledgers' password: of a file named, or of the environment."""
    if args.password_file:
        return Path(args.password_file).read_text("utf-8-sig").rstrip("\r\n")
    return os.environ.get("OWNERBOOK_PASSWORD")


def _settings(root: Path | None) -> Settings:
    from ownerbook.settings import FILE, Settings

    return Settings.read(root / FILE) if root else Settings()


def _confirm(args: argparse.Namespace, root: Path | None, today) -> int:  # type: ignore[no-untyped-def]
    from ownerbook.jobs.adopt import confirm

    if root is None:
        raise Unusable(Text("对照表要在工作区里采用，请先运行 ownerbook init", "a mapping is confirmed in a workspace; run ownerbook init first"))
    answer = confirm(Path.cwd() / args.confirm, root, as_of=today)
    for book in answer.books:
        used = [t.tab for t in book.tabs if t.use]
        told = "、".join(used)
        print(say(args, f"{book.name}：{f'采用 {told}' if used else '没有采用任何表'}", f"{book.name}: {told or 'none adopted'}"))
    read = any(t.use for book in answer.books for t in book.tabs)
    zh = "以后 ownerbook check 直接读这些台账" if read else "一张表也没有采用；要用的表，请在对照表里改为采用，再运行一次"
    en = "ownerbook check now reads these ledgers" if read else "no sheet is used; say in the mapping which are, and run this again"
    print(say(args, f"改动 {answer.changed} 处，已记住；{zh}", f"{answer.changed} changes; remembered; {en}"))
    return 0


def _tell(args: argparse.Namespace, adoption: Adoption) -> None:
    from ownerbook.adopt.fields import label
    from ownerbook.adopt.mapping_book import OURS
    from ownerbook.schema.finding import column_letters

    for book in adoption.books:
        print(book.name if any(t.grid.rows for t in book.looked) else say(args, f"{book.name}：没有内容", f"{book.name}: nothing in it"))
        for looked in book.looked:
            layout = looked.layout
            if not looked.grid.rows:
                continue
            first, last = layout.header
            where = (
                say(
                    args,
                    f"表头第 {first} 行" if first == last else f"表头第 {first}–{last} 行",
                    f"header in row {first}" if first == last else f"header in rows {first}-{last}",
                )
                if first
                else say(args, "没有表头", "no header")
            )
            columns = layout.columns
            doubtful = [c for c in columns if c.level != "高" and (c.field or c.wording)]
            if layout.why == OURS:
                print(say(args, f"  {layout.tab}：{OURS}", f"  {layout.tab}: a sheet of the register; read as it is"))
                continue
            use = say(args, "采用" if layout.use else "不采用", "used" if layout.use else "left alone")
            more = say(args, f"，{len(layout.blocks)} 块并排", f", {len(layout.blocks)} blocks side by side") if len(layout.blocks) > 1 else ""
            print(say(
                args,
                f"  {layout.tab}：{use}（{layout.why}），{where}{more}，数据 {len(looked.data_rows)} 行，{len(columns)} 列，{len(doubtful)} 列要核对",
                f"  {layout.tab}: {use}; {where}{more}; {len(looked.data_rows)} rows of data; {len(doubtful)} of {len(columns)} to look over",
            ))  # fmt: skip
            if layout.use:
                for column in doubtful[:8]:
                    wording = column.wording or say(args, "（无表头）", "(no header)")
                    print(f"    {column_letters(column.column)} {wording} → {label(column.field)} {column.level}")
