"""`ownerbook missing`."""

from __future__ import annotations

import argparse

from ownerbook.cli import deadline_options
from ownerbook.jobs.deadlines import WITHIN


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    deadline_options.configure(parser, within=WITHIN["missing"])
    deadline_options.configure_lists(parser)


def run(args: argparse.Namespace) -> int:
    """Tell. Exit status 0; 2 where it could not be done."""
    return deadline_options.run("missing", args)
