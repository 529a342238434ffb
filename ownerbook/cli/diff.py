"""`ownerbook diff`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SHOWN = 200  # cells, unless --all


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument("old", type=Path, metavar="旧" if zh else "OLD")
    parser.add_argument("new", type=Path, metavar="新" if zh else "NEW")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出形式" if zh else "form of the output")
    parser.add_argument("--all", action="store_true", help=f"列出全部单元格，不止前 {SHOWN} 个" if zh else f"all cells, not the first {SHOWN} only")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="打开密码所在的文件" if zh else "a file with the workbooks' password")


def run(args: argparse.Namespace) -> int:
    """Compare. Exit status 0 the same, 1 they differ, 2 one of them cannot be read."""
    from ownerbook.workbook.amend.encryption import unsealed
    from ownerbook.workbook.amend.refusal import Stop, refusal
    from ownerbook.workbook.difference import difference
    from ownerbook.workbook.package import OLE2, PackageError

    zh = args.lang == "zh"
    password = args.password_file.read_text("utf-8").rstrip("\r\n") if args.password_file else None
    try:
        books = [p.read_bytes() for p in (args.old, args.new)]
        books = [unsealed(b, password).package if b[:8] == OLE2 else b for b in books]
        found = difference(*books)
    except PackageError as error:
        found_wrong = refusal("", "package", error)
        print(found_wrong.zh if zh else found_wrong.en, file=sys.stderr)
        return 2
    except Stop as stop:
        found_wrong = refusal("", stop.reason, stop.detail)
        print(found_wrong.zh if zh else found_wrong.en, file=sys.stderr)
        return 2
    if args.format == "json":
        import json

        cells = [{"cell": c.name, "old": str(c.old), "new": str(c.new), "only_style": c.only_style} for c in found.cells]
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
        print(f"{cell.name}: " + (style if cell.only_style else f"{str(cell.old)!r} → {str(cell.new)!r}"))
    if len(found.cells) > SHOWN and not args.all:
        print(f"… {len(found.cells) - SHOWN} {'个单元格未列出,--all 全部列出' if zh else 'more cells; --all lists them'}")
    for name, what in found.parts.items():
        print(f"{'部件' if zh else 'part'} {name}: {words.get(what, what)}")
    return 1
