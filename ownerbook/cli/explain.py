"""`ownerbook explain CODE`."""

from __future__ import annotations

import argparse


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("code", nargs="+", metavar="CODE")


def run(args: argparse.Namespace) -> int:
    """Explain rules: what, why, how to mend, with pictures."""
    from ownerbook.jobs.workspace import Unusable
    from ownerbook.reports.explain import explain_text
    from ownerbook.rules.book import chosen
    from ownerbook.schema.words import Text

    try:
        picked = chosen(args.code)
    except ValueError as e:
        raise Unusable(Text(f"没有 {e} 这条规则，见 ownerbook rules", f"there is no rule {e}; see ownerbook rules")) from None
    print("\n\n".join(explain_text(card, lang=args.lang) for card in picked))
    return 0
