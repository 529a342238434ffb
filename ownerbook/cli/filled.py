"""`ownerbook filled`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ownerbook.cli import act_options, deadline_options


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = deadline_options.is_zh(parser)
    add = parser.add_argument
    add(
        "form",
        type=Path,
        metavar="填好的清单" if zh else "FORM",
        help="填好的审核清单、待签办单、鉴定清单、归档清单、处置批准单、销毁清册、移交清单、补件登记单"
        if zh
        else "a filled audit sheet, signing list, appraisal, archiving, approval, destruction or transfer list, or list of late papers",
    )
    add(
        "--by",
        default="",
        metavar="NAME",
        help="审核人或鉴定人（工号或姓名）；移交清单：按单登记移交的鉴定人"
        if zh
        else "who audited or appraised; of a transfer list, who appraises what has no disposal yet",
    )
    add("--witness", action="append", default=[], metavar="NAME", help="销毁清册：监销人，写两次" if zh else "destruction: a witness; give two")
    add("--plan", type=Path, metavar="FILE", help="写成方案工作簿" if zh else "write it as a plan workbook")
    act_options.configure(parser)


def run(args: argparse.Namespace) -> int:
    """Read the form, tell or write what follows. Exit status 0; 1 where lines were not taken; 2 where it could not be read.

    Lines with something against them are left out; the others are told, and written with --write.
    """
    from ownerbook.jobs import filled
    from ownerbook.jobs.reading import password_from
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text

    if not args.form.exists():
        raise Unusable(Text(f"找不到 {args.form}，请检查路径", f"{args.form} does not exist; check the path"))
    space, found = deadline_options.opened(args)
    form = filled.read(args.form, password=password_from(space, args.password_file))
    if form.kind == "move-list" and args.write:
        zh = "移架要记变更，请把移架清单放进「收件箱」（或 ownerbook reconcile 文件），看过方案再写入"
        raise Unusable(Text(zh, "moves are written with their rows of 变更: put the list into 收件箱 (or ownerbook reconcile FILE)"))
    proposal = filled.proposal(found.register, form, found.register.today, by=args.by, witnesses=args.witness)
    if args.plan is not None:
        from ownerbook.jobs.forms import title_of
        from ownerbook.reports.plan_book import write_plan

        args.plan.parent.mkdir(parents=True, exist_ok=True)
        title = filled.READ_BACK[form.kind]
        made_from = dict(found.fingerprints) | {args.form.name: form.fingerprint}
        write_plan(args.plan, found.register, proposal, title=title, workspace=title_of(space), made_from=made_from)
        print(args.plan)
    refused = proposal.against
    for text in refused:
        print(("没有采用：" if args.lang == "zh" else "not taken: ") + text.say(args.lang), file=sys.stderr)
    proposal.against = []
    return max(act_options.finish(args, space, found, proposal), int(bool(refused)))
