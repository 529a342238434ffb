"""`ownerbook diff`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SHOWN = 200  # cells, unless --all


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    what = "工作簿，或登记簿的一版：日期、now、文件夹" if zh else "a workbook, or a version of the register: a day, now, a folder"
    parser.add_argument("old", type=Path, metavar="旧" if zh else "OLD", help=what)
    parser.add_argument("new", type=Path, metavar="新" if zh else "NEW", help=what)
    parser.add_argument(
        "--register",
        action="store_true",
        help="两个工作簿也按登记簿比较：按记录和意思，不看行序和写法"
        if zh
        else "compare two workbooks as registers: by record and meaning, whatever the order of rows",
    )
    parser.add_argument("--format", choices=("text", "json", "xlsx"), default="text", help="输出形式" if zh else "form of the output")
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    parser.add_argument("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")
    parser.add_argument("--all", action="store_true", help=f"列出全部单元格，不止前 {SHOWN} 个" if zh else f"all cells, not the first {SHOWN} only")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="打开密码所在的文件" if zh else "a file with the workbooks' password")


def run(args: argparse.Namespace) -> int:
    """Compare. Exit status 0 the same, 1 they differ, 2 one of them cannot be read."""
    from ownerbook.jobs.comparing import is_version

    if args.register or (is_version(str(args.old)) and is_version(str(args.new))) or args.format == "xlsx":
        return _register(args)
    from ownerbook.identifiers import masks
    from ownerbook.workbook.amend.encryption import unsealed
    from ownerbook.workbook.amend.refusal import Stop, not_a_workbook, refusal
    from ownerbook.workbook.amend.swap import trouble
    from ownerbook.workbook.difference import Difference, difference
    from ownerbook.workbook.package import OLE2, Package, PackageError
    from ownerbook.workbook.whole_file import bytes_of

    zh = args.lang == "zh"
    shown = str if args.unmask else masks.cell
    found: Difference | None = None
    here, data = args.old, b""
    try:
        password = args.password_file.read_text("utf-8").rstrip("\r\n") if args.password_file else None
        books = []
        for here in (args.old, args.new):
            data = bytes_of(here)
            books.append(Package(unsealed(data, password).package if data[:8] == OLE2 else data))
            _ = books[-1].workbook_part
        here = None
        found = difference(*books)
    except OSError as error:
        said = trouble(error)
        print(
            f"文件不能读取：{said.zh}。请核对路径和权限。" if zh else f"the file cannot be read: {said.en}. Check the path and the permissions.",
            file=sys.stderr,
        )
        return 2
    except (PackageError, Stop) as error:
        wrong = not_a_workbook(error, data) if isinstance(error, PackageError) else refusal("", error.reason, error.detail)
        where = f"{here.name}：" if zh and here else f"{here.name}: " if here else ""
        print(where + (wrong.zh if zh else wrong.en), file=sys.stderr)
        return 2
    if args.format == "json":
        import json

        cells = [{"cell": c.name, "old": shown(str(c.old)), "new": shown(str(c.new)), "only_style": c.only_style} for c in found.cells]
        print(json.dumps({"sheets": found.sheets, "cells": cells, "parts": found.parts}, ensure_ascii=False, indent=1))
        return 1 if found else 0
    if not found:
        print("没有差别。" if zh else "No difference.")
        return 0
    words = {"added": "新增", "removed": "缺少", "changed": "不同"} if zh else {}
    for name, what in found.sheets.items():
        print(f"{'工作表' if zh else 'sheet'} {name}: {words.get(what, what)}")
    style = "（只有格式不同）" if zh else "(only its look differs)"
    for cell in found.cells if args.all else found.cells[:SHOWN]:
        print(f"{cell.name}: " + (style if cell.only_style else f"{shown(str(cell.old))!r} → {shown(str(cell.new))!r}"))
    if len(found.cells) > SHOWN and not args.all:
        print(f"… {len(found.cells) - SHOWN} {'个单元格未列出，--all 全部列出' if zh else 'more cells; --all lists them'}")
    for name, what in found.parts.items():
        print(f"{'部件' if zh else 'part'} {name}: {words.get(what, what)}")
    return 1


def _register(args: argparse.Namespace) -> int:
    """Compare two versions of a register."""
    from ownerbook import clock
    from ownerbook.cli import deadline_options
    from ownerbook.jobs.comparing import compare
    from ownerbook.jobs.workspace import Workspace
    from ownerbook.reports.tell_difference import tell_difference
    from ownerbook.schema.words import Text
    from ownerbook.settings import Settings

    password = args.password_file.read_text("utf-8").rstrip("\r\n") if args.password_file else None
    found = compare(str(args.old), str(args.new), Path.cwd(), clock.today(), password=password)
    if not found and args.format == "text":
        print(Text("没有差别。", "No difference.").say(args.lang))
        return 0
    report = tell_difference(found, str(args.old), str(args.new), clock.today())
    deadline_options.show(args, Workspace(Path.cwd(), Settings()), report)
    return 1 if found else 0
