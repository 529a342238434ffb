"""`ownerbook check`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownerbook.jobs.workspace import Unusable
from ownerbook.schema.disk_words import why
from ownerbook.schema.words import Lang, Text

if TYPE_CHECKING:
    from ownerbook.jobs.check import Checked
    from ownerbook.jobs.workspace import Workspace


def say(args: argparse.Namespace, zh: str, en: str) -> str:
    """The words in the language of the command."""
    return zh if args.lang == "zh" else en


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument(
        "workbooks",
        nargs="*",
        type=Path,
        metavar="工作簿或文件夹" if zh else "WORKBOOK",
        help="留空则检查整个工作区" if zh else "without any, the whole workspace",
    )
    parser.add_argument("--format", choices=("text", "json", "xlsx"), default="text", help="输出形式" if zh else "form of the output")
    parser.add_argument("--output", "-o", type=Path, metavar="FILE", help="xlsx 写到哪个文件" if zh else "where the workbook goes")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="按哪一天检查，默认今天" if zh else "the day of the check, today by default")
    parser.add_argument(
        "--fail-on",
        choices=("error", "warning", "notice", "never"),
        help="到哪一级问题退出码为 1" if zh else "gravity from which the exit status is 1",
    )
    parser.add_argument(
        "--select",
        action="append",
        default=[],
        metavar="CODE",
        help="只查这些规则，如 C01、C、C,K02" if zh else "only these rules, such as C01, C or C,K02",
    )
    parser.add_argument("--ignore", action="append", default=[], metavar="CODE", help="不查这些规则" if zh else "not these rules")
    parser.add_argument("--password-file", metavar="FILE", help="工作簿打开密码所在的文件" if zh else "a file with the workbooks' password")
    parser.add_argument("--fresh", action="store_true", help="从头检查，不用上次的结果" if zh else "check anew, without what is kept of the last run")
    parser.add_argument("--unmask", action="store_true", help="姓名、号码不打码" if zh else "names and numbers in full")


def day(text: str | None, zone: str) -> date:
    """--as-of, or today in the community's time zone."""
    if text is None:
        from ownerbook import clock

        return clock.today(zone)
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):  # fromisoformat also takes 20261031 and 2026-W44-6
            raise ValueError(text)
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(Text(f"日期 {text} 写法不对，应为 2026-10-31 这样", f"{text} is no date of the form 2026-10-31")) from None


def settle(args: argparse.Namespace, space: Workspace) -> None:
    """Bring a write that a crash left half done to an end before anything is read, and say so."""
    if not (space.root / ".ownerbook" / "journal").is_dir() and not space.drafts:
        return
    from ownerbook.storage.journal import Journal
    from ownerbook.storage.remembered import estranged

    sealing = (space.root / ".ownerbook" / "sealing").is_file()
    if (told := estranged(Journal(space.root))) is not None:
        print(told.say(args.lang), file=sys.stderr)
    if not sealing and not space.drafts and Journal(space.root).unfinished() is None:
        return
    from ownerbook import clock
    from ownerbook.jobs.writing import recover

    at = clock.now(space.settings["workspace.zone"])
    notes = recover(space, at=at)
    if sealing:
        from ownerbook.jobs import sealing as seals
        from ownerbook.storage.lease import Held

        try:
            notes += seals.settle(space, at=at)
        except Held as held:
            notes.append(held.message)
    for note in notes:
        print(note.say(args.lang), file=sys.stderr)


def run(args: argparse.Namespace) -> int:
    """Check, and tell. Exit status 0 nothing grave, 1 problems, 2 not carried out."""
    from ownerbook.jobs.warm import Warm, program
    from ownerbook.jobs.workspace import open_workspace

    space = open_workspace(args.workbooks, Path.cwd())
    if not args.lang_said:
        args.lang = space.settings["check.lang"]
    settle(args, space)
    today = day(args.as_of, space.settings["workspace.zone"])
    if args.format == "xlsx" and args.output is None and not space.declared:
        args.output = Path.cwd() / f"问题清单_{today.isoformat()}.xlsx"
    codes = [c for word in args.select for c in word.replace("、", ",").split(",") if c]
    without = [c for word in args.ignore for c in word.replace("、", ",").split(",") if c]
    password = password_of(args, space)
    asked = (args.format, args.lang, args.unmask, args.fail_on, *codes, "-", *without, "-", _colour())
    warm = Warm.of(space, today, asked, encrypted=password is not None) if args.format != "xlsx" and not args.fresh else None
    known = warm.answer() if warm else None
    if known is not None:
        sys.stdout.write(known.printed)
        return known.status
    from ownerbook.jobs.check import check

    keeping = None
    if warm is not None:
        from ownerbook.jobs.keeping import Keeping

        keeping = Keeping.of(space, program(), today)
    progress = _progress(args) if sys.stderr.isatty() else None
    try:
        off = [*without, *space.settings["check.ignore"]]
        result = check(space, today, select=codes, ignore=off, password=password, progress=progress, keeping=keeping)
    except ValueError as e:
        if len(e.args) == 1 and str(e.args[0]) in {*codes, *without, *space.settings["check.ignore"]}:
            raise Unusable(Text(f"没有 {e.args[0]} 这条规则，见 ownerbook rules", f"there is no rule {e.args[0]}; see ownerbook rules")) from None
        raise
    finally:
        if progress:
            print("\r\x1b[K", end="", file=sys.stderr)
    for note in result.notes:
        print(note.say(args.lang), file=sys.stderr)
    printed = tell(args, space, result)
    status = 1 if result.fails(args.fail_on or space.settings["check.fail_on"]) else 0
    if warm is not None and not result.notes:
        from ownerbook.jobs.warm import Answer

        warm.keep(Answer(_next_time(args, result, printed), status, result.scans), result.fingerprints, today, asked)
    return status


def password_of(args: argparse.Namespace, space: Workspace) -> str | None:
    """The workbooks' password. Raises Unusable where its file cannot be read."""
    from ownerbook.jobs.opening import password_from

    try:
        return password_from(space, args.password_file)
    except OSError as e:
        raise Unusable(Text(f"密码文件读不了：{why(e).zh}", f"the password file cannot be read: {why(e).en}")) from None


def _colour() -> bool:
    from ownerbook.reports.terminal import wants_colour

    return wants_colour(sys.stdout.isatty(), os.environ)


def tell(args: argparse.Namespace, space: Workspace, result: Checked) -> str:
    """Write the result in the form asked for. Gives what was printed."""
    if args.format == "xlsx":
        print(write_workbook(space, result, args.output, lang=args.lang, masked=not args.unmask))
        return ""
    printed = rendered(args, result)
    sys.stdout.write(printed)
    return printed


def rendered(args: argparse.Namespace, result: Checked) -> str:
    """The result as text or JSON."""
    if args.format == "json":
        from ownerbook.reports.json_report import json_report, json_text

        return json_text(
            json_report(
                result.findings, as_of=result.as_of, workbooks=result.workbooks, fixed=len(result.fixed), lang=args.lang, masked=not args.unmask
            )
        )
    from ownerbook.reports.text import check_text

    return (
        check_text(
            result.findings,
            as_of=result.as_of,
            workbooks=result.workbooks,
            fixed=len(result.fixed),
            lang=args.lang,
            masked=not args.unmask,
            colour=_colour(),
        )
        + "\n"
    )


def _next_time(args: argparse.Namespace, result: Checked, printed: str) -> str:
    """What the next check prints, if nothing changes."""
    if not result.fixed and all(f.state != "new" for f in result.findings):
        return printed
    if args.format == "json":
        from ownerbook.reports import json_report

        return json_report.as_next_time(printed)
    from ownerbook.jobs.check import as_next_time

    return rendered(args, as_next_time(result))


def write_workbook(space: Workspace, result: Checked, output: Path | None, *, lang: Lang, masked: bool) -> Path:
    """Write the problem workbook; one that is open elsewhere is left, and a numbered one written beside it."""
    from ownerbook.jobs.answering import last_came
    from ownerbook.reports.problems import write_problems
    from ownerbook.storage import answer_store
    from ownerbook.storage.secret import secret_of

    path = output or space.root / space.settings["reports.folder"] / f"问题清单_{result.as_of.isoformat()}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    return write_problems(
        path,
        result,
        title=space.settings["workspace.name"] or space.root.name,
        root=space.root,
        link_base=space.settings["reports.link_base"],
        lang=lang,
        masked=masked,
        secret=secret_of(space.root) if space.declared else b"",
        known=answer_store.known(space.root).answers if space.declared else (),
        came=last_came(space.root, result.as_of) if space.declared else None,
    )


def _progress(args: argparse.Namespace) -> Callable[[Text, int, int], None]:
    import time

    started = time.monotonic()

    def show(what: Text, n: int, of: int) -> None:
        if time.monotonic() - started > 1:  # short work needs no word
            print(f"\r\x1b[K{what.say(args.lang)} {n + 1}/{of}", end="", file=sys.stderr, flush=True)

    return show
