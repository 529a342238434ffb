"""The sample community, checked: what a newcomer sees first."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import ownerbook
from ownerbook.jobs.check import check
from ownerbook.jobs.workspace import Unusable, open_workspace
from ownerbook.schema.words import Lang, Text

SAMPLE = "示例小区"
AS_OF = date(2026, 10, 31)  # the day up to which the sample's work goes
SHOWN = 24


def sample_folder() -> Path:
    """The sample community of the source tree. Raises Unusable where only the package is installed."""
    folder = Path(ownerbook.__file__).parent.parent / "sheets" / SAMPLE
    if not folder.is_dir():
        raise Unusable(
            Text("示例小区在源代码的 sheets/ 里，请在源代码目录运行", "the sample community lies in sheets/ of the source tree; run this there")
        )
    return folder


def demo(folder: Path, *, lang: Lang = "zh") -> str:
    """Copy the sample into a folder, check it, write its problem workbook. Gives what is to be printed."""
    from ownerbook.reports.problems import write_problems
    from ownerbook.reports.text import check_text

    target = folder / SAMPLE
    shutil.copytree(sample_folder(), target, dirs_exist_ok=True)
    space = open_workspace([target], Path.cwd())
    result = check(space, AS_OF)
    path = space.root / "检查结果" / f"问题清单_{AS_OF.isoformat()}.xlsx"
    path.parent.mkdir(exist_ok=True)
    path = write_problems(path, result, title=space.settings["workspace.name"], root=space.root, lang=lang)
    text = check_text(result.findings, as_of=AS_OF, workbooks=result.workbooks, fixed=len(result.fixed), lang=lang, limit=SHOWN)
    return "\n".join([text, "", f"问题工作簿：{path}" if lang == "zh" else f"problem workbook: {path}"])
