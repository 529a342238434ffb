"""`ownerbook completion`: what a shell needs to complete our commands."""

from __future__ import annotations

import argparse

SHELLS = ("bash", "zsh", "fish", "powershell")


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    zh = getattr(type(parser), "lang", "zh") == "zh"
    parser.add_argument("shell", choices=SHELLS, help="哪种命令行" if zh else "which shell")
    parser.epilog = (
        "写出补全脚本。bash：ownerbook completion bash >> ~/.bashrc；PowerShell：ownerbook completion powershell >> $PROFILE"
        if zh
        else "writes the script. bash: ownerbook completion bash >> ~/.bashrc; PowerShell: ownerbook completion powershell >> $PROFILE"
    )


def run(args: argparse.Namespace) -> int:
    """Print the script for a shell."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["ownerbook"], shell=args.shell))
    return 0
