"""`ownerbook lend`."""

from __future__ import annotations

import argparse

from ownerbook.cli import act_options, deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    from ownerbook.jobs.loan_acts import KINDS

    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add("file", nargs="?", default="", metavar="档号" if zh else "FILE", help="借哪份档案" if zh else "which file")
    add("--loan", default="", metavar="单号" if zh else "NO", help="借出已同意的申请" if zh else "hand out an agreed application")
    ask = "；不写则在屏幕上问，- 为从标准输入读一行" if zh else "; asked for where it is not said, - reads a line of standard input"
    add("--borrower", default="", metavar="姓名" if zh else "NAME", help=("借阅人" if zh else "who borrows") + ask)
    add("--kind", choices=KINDS, default="业主", help="借阅人身份" if zh else "what the borrower is")
    add("--phone", default="", metavar="电话" if zh else "PHONE", help=("联系电话" if zh else "phone") + ask)
    add("--purpose", default="", metavar="事由" if zh else "TEXT", help="借阅事由" if zh else "what for")
    add("--authority", default="", metavar="编号" if zh else "NO", help="受托人的授权材料编号" if zh else "the paper of authority")
    add("--reviewer", default="", metavar="NAME", help="审核人；不给则只登记申请" if zh else "who agreed; without it, an application")
    add("--clerk", default="", metavar="NAME", help="经办人" if zh else "who lends")
    act_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Propose, or write. Exit status 0; 1 where something stands against it; 2 where it could not be understood."""
    from ownerbook.cli import asked as asking
    from ownerbook.jobs.loan_acts import Borrowing, lend
    from ownerbook.schema.words import Text

    space, found, day = act_options.opened(args)
    if not args.loan:
        args.borrower = asking.line(args.borrower, Text("借阅人：", "borrower: "), args.lang)
        args.phone = asking.line(args.phone, Text("联系电话：", "phone: "), args.lang)
    asked = Borrowing(
        file=args.file,
        loan=args.loan,
        borrower=args.borrower,
        kind=args.kind,
        phone=args.phone,
        purpose=args.purpose,
        authority=args.authority,
        reviewer=args.reviewer,
        clerk=args.clerk,
    )
    return act_options.finish(args, space, found, lend(found.register, asked, day))
