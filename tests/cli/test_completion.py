"""A real bash completes a line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("ownerbook")


def completed(line: str, folder: Path) -> list[str]:
    """What bash offers after Tab at the end of a line."""
    script = f"""
    export PATH="{PROGRAM.parent}:$PATH"
    cd "{folder}"
    source <(ownerbook completion bash)
    COMP_LINE='{line}'; COMP_POINT=${{#COMP_LINE}}; COMP_WORDS=($COMP_LINE); COMP_TYPE=9
    [[ "$COMP_LINE" == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
    _python_argcomplete ownerbook
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    return [w.strip() for w in done.stdout.splitlines() if w.strip()]


@pytest.mark.skipif(not PROGRAM.is_file() or shutil.which("bash") is None, reason="ownerbook is not installed as a program here, or there is no bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [("ownerbook ret", {"retention", "return"}), ("ownerbook check --form", {"--format"}), ("ownerbook check --format j", {"json"})],
)
def test_bash_completes(line, expected, tmp_path):
    assert set(completed(line, tmp_path)) == expected


@pytest.mark.parametrize("shell", ["zsh", "fish", "powershell"])
def test_other_shells_have_their_script(shell, capsys):
    from ownerbook.cli.main import main

    assert main(["completion", shell]) == 0
    assert "ownerbook" in capsys.readouterr().out
