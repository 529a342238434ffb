"""`ownerbook report`."""

from __future__ import annotations

import argparse
from pathlib import Path

from ownerbook.cli import deadline_options
from ownerbook.jobs.workspace import Unusable, open_workspace
from ownerbook.reports.terminal import printable
from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Text


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add(
        "workspace", nargs="?", type=Path, metavar="工作区" if zh else "WORKSPACE", help="留空则为所在的工作区" if zh else "the one here, if left out"
    )
    add("--month", metavar="YYYY-MM", help="哪个月，默认上个月" if zh else "which month, the last one by default")
    add(
        "--profile",
        choices=("internal", "mail"),
        default="internal",
        help="mail 为外发：房号、档号、说明也隐去" if zh else "mail: houses, file numbers and free text hidden too",
    )
    add(
        "--encrypt",
        metavar="FILE",
        type=Path,
        help="加密；打开密码在这个文件里（至少 12 位）" if zh else "encrypted; the password (12 places at least) is in this file",
    )
    add("--out", "--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    add("--again", action="store_true", help="只从日志和保存的版本重做" if zh else "only from the journal and the kept versions")
    add("--archive", action="store_true", help="只写「档案管理档案」" if zh else "the archive of the archive alone")
    add("--password-file", metavar="FILE", help="登记簿打开密码所在的文件" if zh else "a file with the workbooks' password")


def run(args: argparse.Namespace) -> int:
    """Make the workbook and say where it lies. Exit status 0; 2 where it could not be made."""
    from ownerbook import clock
    from ownerbook.jobs import report
    from ownerbook.jobs.reading import password_from
    from ownerbook.storage.journal import Journal

    space = open_workspace([args.workspace] if args.workspace else [], Path.cwd())
    now = clock.now(space.settings["workspace.zone"])
    lang = args.lang if args.lang_said else space.settings["check.lang"]
    if args.archive:
        print(report.write_archive(space, Journal(space.root), lang, args.out))
        return 0
    month = args.month
    if month is None:
        year, before = divmod(now.year * 12 + now.month - 2, 12)
        month = f"{year:04d}-{before + 1:02d}"
    password = password_from(space, args.password_file)
    encrypt = None
    if args.encrypt is not None:
        try:
            encrypt = args.encrypt.read_text("utf-8-sig").rstrip("\r\n")
        except OSError as e:
            raise Unusable(Text(f"密码文件读不了：{why(e).zh}", f"the password file cannot be read: {why(e).en}")) from None
    path = report.make(
        space,
        month,
        now=now,
        lang=lang,
        profile=args.profile,
        password=password,
        encrypt=encrypt,
        runs=_runs(space.root, month),
        output=args.out,
        again=args.again,
    )
    print(printable(str(path)))
    return 0


def _runs(root: Path, month: str) -> list[object] | None:
    """The run log of this machine, None where it has none."""
    from ownerbook.jobs.running import Station

    try:
        ledger = Station.at(root).existing_ledger()
    except Exception:  # a report does without the log
        return None
    return None if ledger is None else list(ledger.runs(first=month, last=f"{month}-99"))
