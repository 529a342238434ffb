"""`ownerbook data-dictionary`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ownerbook.cli import deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add("sheet", nargs="?", metavar="表" if zh else "SHEET", help="只看一张表，如 业主" if zh else "one sheet only, such as 业主")
    add("--format", choices=("text", "md", "json", "xlsx"), default="text", help="输出形式" if zh else "form of the output")
    add("--out", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")


def run(args: argparse.Namespace) -> int:
    """Print or write the data dictionary. Exit status 0; 2 for a sheet that is none."""
    from ownerbook.jobs.dictionary import as_json, as_text, chosen, write_workbook

    if args.format == "xlsx":
        path = args.out or Path.cwd() / ("数据字典.xlsx" if args.lang == "zh" else "data-dictionary.xlsx")
        write_workbook(path, chosen(args.sheet), args.lang)
        print(path)
        return 0
    if args.format == "md":
        from ownerbook.reports.pages_register import sheets_page

        text = sheets_page()
    else:
        text = as_json(chosen(args.sheet)) if args.format == "json" else as_text(chosen(args.sheet), args.lang)
    deadline_options.put(text, args.out)
    return 0
