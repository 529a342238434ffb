"""What is personal is asked for, not named on the command line, where every user of the machine could read it in the list of processes."""

from __future__ import annotations

import sys

from ownerbook.schema.words import Lang, Text

STDIN = "-"


def line(given: str, prompt: Text, lang: Lang) -> str:
    """A value as it was given; where it is `-`, the next line of standard input; where it is blank and somebody sits at the terminal, their
    answer. '' where there is none."""
    if given != STDIN and (given or not _somebody()):
        return given
    return (next_line(prompt, lang) or "").strip()


def next_line(prompt: Text, lang: Lang) -> str | None:
    """The next line of standard input, without its end; None where there is none. Who sits at the terminal sees the prompt."""
    if _somebody():
        print(prompt.say(lang), end="", file=sys.stderr, flush=True)
    said = sys.stdin.readline() if sys.stdin is not None else ""
    return said.rstrip("\r\n") if said else None


def _somebody() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
