"""`ownerbook rules`."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("select", nargs="*", metavar="CODE")


def run(args: argparse.Namespace) -> int:
    """List the rules."""
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reports.explain import rules_text
    from ownerbook.rules.book import chosen
    from ownerbook.schema.words import Text

    try:
        print(rules_text(chosen(args.select), lang=args.lang))
    except ValueError as e:
        raise Unusable(Text(f"没有 {e} 这条规则", f"there is no rule {e}")) from None
    return 0
