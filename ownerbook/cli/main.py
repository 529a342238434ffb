"""The command line: finds the command, loads only what it needs, and turns whatever goes wrong into one sentence and a status."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Sequence

from ownerbook import __version__
from ownerbook.cli import unmasking
from ownerbook.cli.parser import EXIT_UNUSABLE, Parser

# name: module, what it does in Chinese and English; nothing is imported for --help
COMMANDS: dict[str, tuple[str, str, str]] = {
    "check": ("check", "检查登记簿，逐格指出问题", "check the register, cell by cell"),
    "desk": ("desk", "双击用：检查，写出问题清单并打开", "for a double-click: check, and open the problem list"),
    "completion": ("completion", "命令行按 Tab 补全", "completion of commands in the shell"),
    "explain": ("explain", "解释一条规则", "explain a rule"),
    "rules": ("rules", "列出全部规则", "list the rules"),
    "init": ("init", "新建工作区", "make a workspace"),
    "demo": ("demo", "检查示例小区", "check the sample community"),
    "doctor": ("doctor", "检查安装、设置和文件", "look at the installation, settings and files"),
    "adopt": ("adopt", "采用自己的台账：认列、对照、转换", "adopt staff's own ledgers"),
    "find": ("find", "查找：谁、哪份档案、放在哪里、借给了谁", "find: who, which file, where it stands or who has it"),
    "dossier": ("dossier", "一套房的全部：人、档案、材料、借阅、问题、改动", "all about one house on one page"),
    "export": ("export", "按用途导出名单：带水印，记入日志", "lists by purpose, with a watermark, journalled"),
    "today": ("today", "今天要办的事：按人，最急的在前", "what to do today, by person, most urgent first"),
    "due": ("due", "若干天内到期的全部事项", "everything due within some days"),
    "loans": ("loans", "借阅：在借、逾期、停借、待审", "loans: out, overdue, blocked, applied for"),
    "audits": ("audits", "审核：到期、逾期、未结整改", "audits: due, overdue, open rectifications"),
    "retention": ("retention", "保管期限：何时期满、被什么挡住", "retention: what falls due when, blocked by what"),
    "house": ("house", "房屋改号、分割、合并", "a house renumbered, divided or joined"),
    "missing": ("missing", "缺件：材料、档案、登记、变更、电子件", "what is missing: papers, files, registrations, changes, scans"),
    "form": ("form", "开单：催还、补件、借阅、审核、鉴定、销毁、移交", "papers: notices, loans, audits, appraisal, destruction, transfer"),
    "cabinet": ("cabinet", "档案柜：封面、目录、标签、占用、移架", "the cabinet: covers, labels, how full it is, moving files"),
    "filled": ("filled", "读回填好的审核、鉴定、销毁、移交清单", "read filled forms back"),
    "copy": ("copy", "发工作副本：带标记，交回时知道底本", "hand out a working copy whose base is known when it comes back"),
    "lend": ("lend", "借出：查能不能借，算应还日期，写借阅", "lend a file"),
    "return": ("return_", "归还：写归还日期、接收人、状态", "take a file back"),
    "renew": ("renew", "续借：从借出日期连续计算", "renew a loan"),
    "nightly": ("nightly", "做最近一夜的检查和报告", "make the newest night: check, deadlines, reports"),
    "monthly": ("monthly", "做上个月的审核报告", "make the last month's audit workbook"),
    "report": ("report", "月度审核报告：封面、问题、借阅、审核、统计", "the audit workbook of a month"),
    "template": ("template", "空白登记簿和表格，可按房号、业主填好", "blank workbooks and forms, filled in on request"),
    "data-dictionary": ("data_dictionary", "数据字典：每张表每一列", "the data dictionary: every sheet and column"),
    "tick": ("tick", "到期的都做一遍（供定时任务调用）", "make what is due, once (for cron and its like)"),
    "serve": ("serve", "值守：到点就做，直到停止", "stay, and make what falls due"),
    "schedule": ("schedule", "安装、查看、删除定时任务", "install, show or remove the timer"),
    "status": ("status", "夜间检查做到哪里，有没有逾期", "when each job last succeeded, what is overdue"),
    "log": ("log", "运行记录", "the run log"),
    "mail": ("mail", "邮件：试发、列出、寄出、重发、了结", "mail: test, list, send, resend, done"),
    "amend": ("amend", "改一格，其余一字不动", "change a cell and nothing else"),
    "diff": ("diff", "比较两个工作簿，或登记簿的两个版本", "compare two workbooks, or two versions of the register"),
    "group": ("group", "集团：许多小区一起检查、排名、查跨小区重号", "a group: many communities checked, ranked and compared"),
    "register": ("register", "登记：开登记表，办理填好的表，出回执和标签", "register owners: the form, the filled form, the receipt and labels"),
    "transfer": ("transfer", "过户：买卖、继承、赠与、离婚、份额变更", "a change of ownership: sale, inheritance, gift, divorce, shares"),
    "tenant": ("tenant", "租户迁入、迁出", "tenants in and out"),
    "reconcile": ("reconcile", "对账：收件箱、工作副本、直接改动，做成变更方案", "what came in and what was typed in, as a plan of changes"),
    "undo": ("undo", "撤销一项改动：提出反向的方案", "propose the inverse of a change"),
    "history": ("history", "谁在什么时候把什么改成了什么", "who changed what, when, from what to what"),
    "restore": ("restore", "取出或恢复某一天的登记簿，或从备份恢复", "take out or bring back the register of a day, or a backup"),
    "request": ("request", "权利请求：未答复的、答复、给本人的资料", "owners' requests: what is open, an answer, what goes to the owner"),
    "seal": ("seal", "封存：过了目的的个人资料，从登记簿和旧版本里取出", "seal personal data that has outlived its purpose"),
    "scans": ("scans", "扫描件：对上材料，补指纹，找出变了的、丢了的", "scans: matched to papers, fingerprinted, changed or lost ones found"),
    "backup": ("backup", "备份：加密、验证、列出、按期清理", "backups: encrypted, proved, listed, aged out"),
    "verify": ("verify", "核对日志和旧版本有没有被动过", "whether journal and kept versions are what they were"),
}
EXIT_INTERRUPTED = 130


def language(argv: Sequence[str]) -> str | None:
    """What --lang or OWNERBOOK_LANG says, None where neither does; needed before the arguments are parsed."""
    said = os.environ.get("OWNERBOOK_LANG")
    for i, word in enumerate(argv):
        if word == "--lang" and i + 1 < len(argv):
            said = argv[i + 1]
        if word.startswith("--lang="):
            said = word[7:]
    return said if said in ("zh", "en") else None


def build(argv: Sequence[str], lang: str) -> tuple[argparse.ArgumentParser, str | None]:
    """The parser; of the commands only the one that is called is loaded."""
    zh = lang == "zh"
    Parser.lang = lang
    parser = Parser(
        "ownerbook", description="业主档案登记簿的检查、对账与报表" if zh else "checks, reconciles and reports the register of owner files"
    )
    parser.add_argument("--version", action="version", version=f"ownerbook {__version__}", help="版本" if zh else "the version")
    parser.add_argument("--lang", choices=("zh", "en"), help="输出语言" if zh else "language of the output")
    sub = parser.add_subparsers(dest="command", metavar="命令" if zh else "command", parser_class=Parser)
    called = next((w for w in argv if w in COMMANDS), None)
    first = next((w for i, w in enumerate(argv) if not w.startswith("-") and argv[i - 1 : i] != ["--lang"]), None)
    wanted = [called] if called and first == called else list(COMMANDS)  # a parser takes a millisecond: the others are for the list of commands
    for name in wanted:
        module, zh_text, en_text = COMMANDS[name]
        text = zh_text if zh else en_text
        child = sub.add_parser(name, help=text, description=text)
        child.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS, help="输出语言" if zh else "language of the output")
        if name == called:
            loaded = importlib.import_module(f"ownerbook.cli.{module}")
            loaded.configure(child)
            unmasking.configure(child)
    return parser, called


def complete(lang: str) -> int:
    """Answer a shell that completes a line: of the commands only the one on the line is loaded."""
    import argcomplete

    parser, _ = build(os.environ.get("COMP_LINE", "").split()[1:], lang)
    argcomplete.autocomplete(parser)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command. Gives the exit status: 0 nothing wrong, 1 problems found, 2 the command could not be carried out."""
    argv = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads of a linear algebra that we never use are half the cost of importing NumPy
    for stream in (sys.stdout, sys.stderr):  # a GBK console must not break on a sign that it lacks
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    said = language(argv)
    before = os.umask(0o077)  # what we write is for its owner only; a workbook of the register keeps the rights that it has
    try:
        return _run(argv, said)
    finally:
        os.umask(before)


def _run(argv: Sequence[str], said: str | None) -> int:
    lang = said or "zh"
    if "_ARGCOMPLETE" in os.environ:  # a shell asks what may follow
        return complete(lang)
    try:
        parser, called = build(argv, lang)
        args = parser.parse_args(argv)
        if not args.command:
            parser.print_help()
            print("没有写明命令；见上面的说明" if lang == "zh" else "no command was named; see above", file=sys.stderr)
            return EXIT_UNUSABLE
        args.lang, args.lang_said = lang, said is not None
        if unmasking.asked(args):
            unmasking.note(args)
        module = importlib.import_module(f"ownerbook.cli.{COMMANDS[args.command][0]}")
        return int(module.run(args))
    except SystemExit as e:
        return e.code if isinstance(e.code, int) else EXIT_UNUSABLE
    except BrokenPipeError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as e:
        return explained(e, lang)


def explained(error: Exception, lang: str) -> int:
    """What went wrong, in a line each; only a fault of ours names the program's own line."""
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.schema.words import Text
    from ownerbook.settings import SettingsError

    zh = lang == "zh"
    said = getattr(error, "message", None)
    if isinstance(error, Unusable) or isinstance(said, Text):
        lines = [said.zh if zh else said.en]  # type: ignore[union-attr]
    elif isinstance(error, SettingsError):
        lines = [
            f"{error.path.name}"
            + (f" 第 {m.line} 行：" if zh and m.line else f" line {m.line}: " if m.line else ": ")
            + (m.message.zh if zh else m.message.en)
            for m in error.mistakes
        ]
    elif isinstance(error, OSError):
        from ownerbook.schema.disk_words import why

        what = f"{error.filename}: " if error.filename else ""
        lines = [f"文件操作没有成功：{what}{why(error).zh}" if zh else f"a file could not be used: {what}{why(error).en}"]
    else:
        if os.environ.get("OWNERBOOK_DEBUG"):
            raise error
        frame = error.__traceback__
        while frame and frame.tb_next:
            frame = frame.tb_next
        where = f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}" if frame else ""  # noqa: PTH119  imports nothing
        kind = type(error).__name__
        lines = [
            f"程序出错（{kind} {where}），登记簿没有改动；请把这一行告诉维护人员"
            if zh
            else f"a fault of the program ({kind} {where}); nothing was changed; please report this line"
        ]
    from ownerbook.reports.terminal import printable

    for line in lines:
        print(printable(line), file=sys.stderr)
    return EXIT_UNUSABLE


if __name__ == "__main__":
    raise SystemExit(main())
