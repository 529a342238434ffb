"""What is personal is asked for, not named on the command line, where every user of the machine could read it in the list of processes."""

from __future__ import annotations

import sys

from ownerbook.schema.words import Lang, Text

STDIN = "-"


def line(given: str, prompt: Text, lang: Lang) -> str:
    """A value as it was given; where it is `-`, the next line of standard input; where it is blank and somebody sits at the terminal, their
    answer. '' where there is none."""
    there = sys.stdin is not None and sys.stdin.isatty()
    if given != STDIN and (given or not there):
        return given
    if sys.stdin is None:
        return ""
    if there:
        sys.stderr.write(prompt.say(lang))
        sys.stderr.flush()
    return sys.stdin.readline().strip()
