"""`ownerbook amend`."""

from __future__ import annotations

import argparse
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ownerbook.workbook.amend import Edit, Value
    from ownerbook.workbook.amend.looking import Shown

_EDIT = re.compile(r"(?:'((?:[^']|'')+)'|([^!=]+))!(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})=(.*)", re.DOTALL)
_COLUMN = re.compile(r"([A-Za-z]{1,3})=(.*)", re.DOTALL)
EXIT_REFUSED = 1
KINDS = ("auto", "text", "number", "date", "bool", "identifier")


class _Wrong(ValueError):
    """An argument that does not say what it should."""


def _given(word: str, where: str, zh: bool) -> str:
    """A value as it was given; `-` asks for it, so that it stands in no list of processes."""
    from ownerbook.cli import asked
    from ownerbook.schema.words import Text

    if word != asked.STDIN:
        return asked.STDIN if word == f"\\{asked.STDIN}" else word
    said = asked.next_line(Text(f"{where}：", f"{where}: "), "zh" if zh else "en")
    if said is None:
        raise _Wrong(f"{where}：标准输入里没有这一行" if zh else f"{where}: standard input holds no line for it")
    return said


def _overheard(args: argparse.Namespace) -> bool:
    """Whether a number of a person stands in the command itself."""
    from ownerbook.identifiers import masks

    words = [w.partition("=")[2] for w in (*args.edits, *args.value)] + args.expect
    return any(masks.BY_NAME["auto"](word) != word for word in words)


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument("workbook", type=Path, metavar="工作簿" if zh else "WORKBOOK")
    parser.add_argument(
        "edits",
        nargs="*",
        metavar="表!F12=新值" if zh else "SHEET!F12=VALUE",
        help="要改的单元格；等号后为空即清空，写 - 则从标准输入读一行（姓名、号码请这样给），减号本身写 \\-"
        if zh
        else "cells to set; nothing after the sign empties the cell, - reads a line of standard input (names and numbers), \\- is the sign itself",
    )
    parser.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="旧值" if zh else "VALUE",
        help="改前应有的内容，与各处修改依次对应；不符则不改"
        if zh
        else "what the cell must hold now, in the order of the edits; else nothing is changed",
    )
    parser.add_argument(
        "--append",
        metavar="表" if zh else "SHEET",
        help="在该表末尾追加一行，值由 --value 给出" if zh else "append a row to this sheet, with the values of --value",
    )
    parser.add_argument("--value", action="append", default=[], metavar="A=…", help="追加行里的一格" if zh else "a cell of the appended row")
    parser.add_argument("--after", type=int, metavar="N", help="追加在第 N 行之后" if zh else "append under row N")
    parser.add_argument(
        "--as",
        dest="kind",
        choices=KINDS,
        default="auto",
        help="新值的类型；auto 随原单元格" if zh else "kind of the new value; auto follows the cell",
    )
    parser.add_argument(
        "--identifier-columns",
        default="",
        metavar="C,F",
        help="追加行里存为文本的号码列" if zh else "columns of the appended row that hold identifiers",
    )
    parser.add_argument(
        "--write",
        action="store_true",
        help="写入文件；不加则只试做并给出核对结果" if zh else "write the file; without it everything is tried and proved only",
    )
    parser.add_argument(
        "--new-time",
        action="store_true",
        help="写入后记下新的修改时间；不加则保留原来的" if zh else "give the written file a new modification time; without it the old one stays",
    )
    parser.add_argument("--backup-dir", type=Path, metavar="DIR", help="旧版本放在哪里" if zh else "where the previous version is kept")
    parser.add_argument("--fingerprint", metavar="SHA256", help="文件现在应有的指纹" if zh else "the fingerprint that the file must have now")
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="打开密码所在的文件" if zh else "a file with the workbook's password")

    parser.add_argument("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")


def run(args: argparse.Namespace) -> int:
    """Amend. Exit status 0 done or proved, 1 refused, 2 the command could not be carried out."""
    from ownerbook.identifiers import masks
    from ownerbook.workbook.amend import Refused, amend_file
    from ownerbook.workbook.amend.swap import trouble

    zh = args.lang == "zh"
    try:
        if args.fingerprint and not re.fullmatch(r"[0-9a-fA-F]{64}", args.fingerprint):
            raise _Wrong(
                "--fingerprint 应是文件的 SHA-256，64 位十六进制" if zh else "--fingerprint must be the SHA-256 of the file, 64 hexadecimal digits"
            )
        password = args.password_file.read_text("utf-8").rstrip("\r\n") if args.password_file else None
        edits = _edits(args, password)
        backup = args.backup_dir or args.workbook.resolve().parent / ".ownerbook" / "kept"
        receipt = amend_file(
            args.workbook,
            edits,
            backup_dir=backup,
            expect_fingerprint=args.fingerprint,
            dry_run=not args.write,
            password=password,
            keep_time=not args.new_time,
        )
    except _Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OSError as error:
        said = trouble(error)
        print(
            f"文件不能读取：{said.zh}。请核对路径和权限。" if zh else f"the file cannot be read: {said.en}. Check the path and the permissions.",
            file=sys.stderr,
        )
        return 2
    except Refused as refused:
        for one in refused.refusals:
            where = f"{one.cell}: " if one.cell else ""
            print(where + (one.zh if zh else one.en), file=sys.stderr)
        print("没有改动任何内容。" if zh else "Nothing was changed.", file=sys.stderr)
        return EXIT_REFUSED
    if _overheard(args):
        print(
            "号码写在命令里，同一台机器上的人在进程列表里看得到；请写成 表!F12=- ，再从标准输入给"
            if zh
            else "a number stands in the command, where others on this machine can read it; write SHEET!F12=- and give it on standard input",
            file=sys.stderr,
        )
    for line in receipt.lines(args.lang, str if args.unmask else masks.cell):
        print(line)
    if not receipt.changed:
        print("内容已是这样，文件未重写。" if zh else "It already says so; the file was not written.")
    elif not args.write:
        print("这是试做，文件未改动；加 --write 写入。" if zh else "This was a trial; the file is unchanged. Add --write to write it.")
    print(f"{'指纹' if zh else 'fingerprint'}: {receipt.before[:16]} → {receipt.after[:16]}")
    return 0


def _edits(args: argparse.Namespace, password: str | None) -> list[Edit]:
    from ownerbook.workbook.amend import ANY, AppendRow, Refused, SetCell
    from ownerbook.workbook.amend.looking import look
    from ownerbook.workbook.amend.refusal import not_a_workbook
    from ownerbook.workbook.package import PackageError
    from ownerbook.workbook.whole_file import bytes_of

    zh = args.lang == "zh"
    parsed = []
    for word in args.edits:
        m = _EDIT.fullmatch(word)
        if m is None:
            raise _Wrong(f"{word}：应写成 表!F12=新值" if zh else f"{word}: write it as SHEET!F12=VALUE")
        sheet, cell = m[1].replace("''", "'") if m[1] else m[2], m[3].replace("$", "").upper()
        parsed.append((sheet, cell, _given(m[4], f"{sheet}!{cell}", zh)))
    if len(args.expect) > len(parsed):
        zh_said = f"--expect 有 {len(args.expect)} 个，修改只有 {len(parsed)} 处。请依次一一对应"
        raise _Wrong(zh_said if zh else f"there are {len(args.expect)} --expect for {len(parsed)} edits. Give one for each, in their order")
    if args.value and not args.append:
        raise _Wrong("--value 要和 --append 表 一起用" if zh else "--value goes with --append SHEET")
    if not parsed and not args.append:
        raise _Wrong(
            "没有给出修改。请写 表!F12=新值，或用 --append 表 --value A=值"
            if zh
            else "no edit was given. Write SHEET!F12=VALUE, or --append SHEET --value A=VALUE"
        )
    try:
        now = look(bytes_of(args.workbook), [(s, c) for s, c, _ in parsed], password=password) if parsed else {}
    except PackageError as error:
        raise Refused([not_a_workbook(error)]) from None
    out: list[Edit] = []
    for i, (sheet, cell, text) in enumerate(parsed):
        shown = now.get((sheet, cell))
        old = _given(args.expect[i], f"{sheet}!{cell} {'现在的内容' if zh else 'as it is'}", zh) if i < len(args.expect) else ""
        expect = _as(old, "auto", shown, zh) if i < len(args.expect) else ANY
        out.append(SetCell(sheet, cell, _placed(f"{sheet}!{cell}", text, args.kind, shown, zh), expect, args.kind == "identifier"))
    if args.append:
        values: dict[str, Value] = {}
        for word in args.value:
            m = _COLUMN.fullmatch(word)
            if m is None:
                raise _Wrong(f"{word}：应写成 A=值" if zh else f"{word}: write it as A=VALUE")
            where = f"{args.append} {m[1].upper()}"
            values[m[1].upper()] = _placed(where, _given(m[2], where, zh), "text" if args.kind == "auto" else args.kind, None, zh)
        identifiers = frozenset(c.strip().upper() for c in args.identifier_columns.split(",") if c.strip())
        if args.kind == "identifier":
            identifiers |= frozenset(values)
        out.append(AppendRow(args.append, values, identifiers, args.after))
    return out


def _placed(where: str, text: str, kind: str, shown: Shown | None, zh: bool) -> Value:
    try:
        return _as(text, kind, shown, zh)
    except _Wrong as wrong:
        raise _Wrong(f"{where}：{wrong}" if zh else f"{where}: {wrong}") from None


_FORMS = {
    "number": ("数字，例如 80.5", "a number such as 80.5"),
    "date": ("日期，例如 2024-03-05", "a day such as 2024-03-05"),
    "bool": ("是或否（TRUE、FALSE）", "TRUE or FALSE"),
}


def _as(text: str, kind: str, shown: Shown | None, zh: bool) -> Value:
    """A word of the command line as a value; `auto` takes the kind of the cell where the word can be read so."""
    if text == "":
        return None
    if kind == "auto":
        kind = "text"
        if shown is not None and shown.held.kind in ("number", "bool", "iso"):
            likely = "date" if shown.day or shown.held.kind == "iso" else shown.held.kind
            try:
                return _as(text, likely, None, zh)
            except _Wrong:
                return text
    try:
        match kind:
            case "number":
                return int(text) if re.fullmatch(r"[+-]?\d+", text) else float(text)
            case "date":
                return date.fromisoformat(text)
            case "bool":
                return {"TRUE": True, "FALSE": False, "是": True, "否": False}[text.upper()]
    except (ValueError, KeyError):
        from ownerbook.identifiers import masks

        shown_as = masks.BY_NAME["auto"](text)
        raise _Wrong(
            f"“{shown_as}”不能当作{_FORMS[kind][0]}。请改写，或换一种 --as"
            if zh
            else f"{shown_as!r} is not {_FORMS[kind][1]}. Write it so, or use another --as"
        ) from None
    return text
