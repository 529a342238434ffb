"""`ownerbook form`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ownerbook.cli import deadline_options
from ownerbook.reports.terminal import printable


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from ownerbook.jobs.forms import FORMS

    zh = deadline_options.is_zh(parser)
    parser.epilog = ("可开的单：\n" if zh else "forms:\n") + "\n".join(
        f"  {f.zh}  {k}  {f.about.zh}" if zh else f"  {k}  {f.zh}  {f.about.en}" for k, f in FORMS.items()
    )
    say = "如 催还通知、审核清单；不写则列出全部" if zh else "such as overdue-notice, audit-sheet; without it they are listed"
    parser.add_argument("kind", nargs="?", default="", metavar="单" if zh else "FORM", help=say)
    add = parser.add_argument
    add("workbooks", nargs="*", type=Path, metavar="工作簿或文件夹" if zh else "WORKBOOK", help="留空则为整个工作区" if zh else "the whole workspace")
    add("--format", choices=("xlsx", "text"), default="xlsx", help="text 为信件正文（催还、补件）" if zh else "text: as letters (notices)")
    add("--output", "-o", type=Path, metavar="FILE", help="写到哪个文件" if zh else "where the file goes")
    add("--as-of", metavar="YYYY-MM-DD", help="按哪一天，默认今天" if zh else "the day, today by default")
    add("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")
    add("--building", default="", metavar="N", help="只开一栋的" if zh else "one building only")
    add("--person", default="", metavar="NAME", help="只开一个人的" if zh else "one person only")
    add("--late", action="store_true", help="补件通知、补件登记单：只开过了期限的" if zh else "supplement, late-papers: past their term only")
    add("--file", default="", metavar="档号" if zh else "NO", help="借阅申请表：哪份档案" if zh else "loan-application: which file")
    add("--loan", default="", metavar="单号" if zh else "NO", help="借阅单：哪笔借阅" if zh else "loan-slip: which loan")
    add("--month", default="", metavar="2026-10", help="审核清单：哪个月的抽查" if zh else "audit-sheet: the month of the sample")
    add("--audit", choices=("抽查", "定期", "专项"), default="抽查", help="审核类型；定期为到期的档案" if zh else "kind of audit; 定期: what is due")
    add("--auditor", default="", metavar="NAME", help="审核清单：审核人工号或姓名" if zh else "audit-sheet: who audits")
    add("--count", type=int, metavar="N", help="审核清单：抽几份，默认按制度" if zh else "audit-sheet: how many, by policy if not said")
    add("--within", type=int, default=30, metavar="N", help="定期审核：几天内到期的" if zh else "regular audit: due within so many days")
    add("--everything", action="store_true", help="移交清单：全部档案（更换物业）" if zh else "transfer: every file")
    add("--receiver", default="", metavar="单位" if zh else "BODY", help="移交清单：接收单位" if zh else "transfer: the receiving body")
    show = parser.add_mutually_exclusive_group()
    show.add_argument(
        "--masked",
        action="store_true",
        default=None,
        help="姓名、电话、题名打码（审核清单、信息变更登记表默认如此）"
        if zh
        else "names, phones and titles masked (audit-sheet and change are, by default)",
    )
    show.add_argument(
        "--unmask", action="store_false", dest="masked", help="姓名、电话、题名印全（其余的单默认如此）" if zh else "in full (the other forms are)"
    )
    add("--executed", action="store_true", help="销毁清册：已执行的" if zh else "destruction: what was carried out")
    add("--owner", default="", metavar="业主编号" if zh else "NO", help="信息变更登记表：哪位业主" if zh else "change: which owner")
    add("--house", default="", metavar="房号" if zh else "NO", help="信息变更登记表：哪套房的现业主" if zh else "change: the owners of a house")


def run(args: argparse.Namespace) -> int:
    """Write the form. Exit status 0; 2 where it could not be done."""
    from ownerbook.jobs.deadlines import Filter, check_filter
    from ownerbook.jobs.forms import FORMS, Wanted, kind_of, letters, write_form
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    if not args.kind:
        zh = args.lang == "zh"
        for key, form in FORMS.items():
            print(f"  {form.zh}  {form.about.zh}" if zh else f"  {key}  {form.about.en}")
        raise Unusable(Text("请写开哪一张，如 ownerbook form 催还通知", "say which, such as ownerbook form overdue-notice"))
    kind = kind_of(args.kind)
    wanted = Wanted(
        file=args.file,
        loan=args.loan,
        month=args.month,
        audit=args.audit,
        auditor=args.auditor,
        count=args.count,
        within=args.within,
        building=args.building,
        person=args.person,
        late=args.late,
        everything=args.everything,
        receiver=args.receiver,
        executed=args.executed,
        owner=args.owner,
        house=args.house,
        lang=args.lang,
        masked=args.masked,
    )
    if args.count is not None and args.count < 1:
        raise Unusable(Text(f"--count {args.count} 应为不小于 1 的整数", f"--count {args.count} is no number of files"))
    if args.format == "text" and not FORMS[kind].letter:
        raise Unusable(Text("只有催还通知和补件通知可以写成信件", "only notices can be written as letters"))
    space, found = deadline_options.opened(args)
    check_filter(found, Filter(args.building))
    if args.format == "text":
        rule = "\n\n" + "-" * 40 + "\n\n"
        deadline_options.put(rule.join(letters(kind, space, found, wanted)) + "\n", args.output)
        return 0
    path, holds = write_form(kind, space, found, wanted, args.output)
    print(printable(str(path)))
    print(holds.say(args.lang), file=sys.stderr)
    return 0
