"""argparse in two languages."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any, NoReturn

EXIT_UNUSABLE = 2

# what argparse says, as far as a wrong command can make it say it
_MESSAGES = (
    (r"argument (.+?): invalid choice: '?(.*?)'? \(choose from (.*)\)", r"\1 没有「\2」这个值，可用的有 \3"),
    (r"invalid choice: '?(.*?)'? \(choose from (.*)\)", r"没有「\1」，可用的有 \2"),
    (r"unrecognized arguments: (.*)", r"多出的内容 \1"),
    (r"argument (.+?): expected one argument", r"\1 后面少了值"),
    (r"argument (.+?): expected at least one argument", r"\1 后面少了值"),
    (r"the following arguments are required: (.*)", r"少了 \1"),
    (r"argument (.+?): invalid \w+ value: '(.*)'", r"\1 的值「\2」不对"),
    (r"argument (.+?): not allowed with argument (.*)", r"\1 和 \2 不能一起用"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 可能是 \2 中的一个，请写全"),
)


class _Chinese(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks the language of the command; a wrong command is one line and status 2."""

    lang = "zh"

    def __init__(self, *args: Any, **options: Any) -> None:
        chinese = self.lang == "zh"
        options.setdefault("formatter_class", _Chinese if chinese else argparse.RawDescriptionHelpFormatter)
        options["add_help"] = False  # its own words, below
        super().__init__(*args, **options)
        if chinese:
            self._positionals.title, self._optionals.title = "内容", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这份说明" if chinese else "show this help")

    def error(self, message: str) -> NoReturn:
        """One line, with where to look."""
        hint = f"{self.prog} --help"
        if self.lang == "zh":
            for pattern, words in _MESSAGES:
                if re.fullmatch(pattern, message):
                    message = re.sub(pattern, words, message)
                    break
            sys.stderr.write(f"命令写法不对：{message}；见 {hint}\n")
        else:
            sys.stderr.write(f"the command is not right: {message}; see {hint}\n")
        raise SystemExit(EXIT_UNUSABLE)
