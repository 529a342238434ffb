"""`ownerbook template`: blank workbooks, single sheets and forms; the forms filled in for a house or an owner on request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ownerbook.jobs.reading import Read
from ownerbook.jobs.workspace import Unusable, Workspace
from ownerbook.reports.file_names import part
from ownerbook.schema.words import Text

Filled = Callable[[], tuple[Workspace, Read]]
"""Opens the register; asked only where a form is to be filled in."""


@dataclass(frozen=True, slots=True)
class Template:
    """Something that can be printed blank. key: how it is asked for; forms: whether it can be filled in for an owner."""

    key: str
    words: Text
    about: Text
    form: bool = False


def templates() -> list[Template]:
    """Everything there is: the workbooks of a register, each sheet by itself, and the forms."""
    from ownerbook.register.sheets import SHEETS
    from ownerbook.reports.templates import books

    out = []
    for name, sheets in books().items():
        stem, told = Path(name).stem, "、".join(s.name for s in sheets)
        out.append(Template(stem, Text(stem, stem), Text(f"工作簿，含 {told}", "workbook: " + ", ".join(s.title.en for s in sheets))))
    out += [Template(s.name, s.title, s.purpose) for s in SHEETS]
    about = Text("业主填写的登记表，空白或填好（--owner、--house）", "what an owner fills in, blank or filled (--owner, --house)")
    out.append(Template("业主登记表", Text("业主登记表", "registration form"), about, form=True))
    about = Text("租户迁入、迁出用表，空白或按房号（--house）", "tenants in and out, blank or for a house (--house)")
    out.append(Template("租户登记表", Text("租户登记表", "tenancy form"), about, form=True))
    about = Text("信息变更登记表（--owner、--house）；空白为批量表", "the change form (--owner, --house); the blank one is the batch sheet")
    out.append(Template("信息变更登记表", Text("信息变更登记表", "change form"), about, form=True))
    about = Text("空白的借阅申请表；填好档案的用 ownerbook form 借阅申请表 --file", "the loan application, blank; for a file use ownerbook form")
    out.append(Template("借阅申请表", Text("借阅申请表", "loan application"), about, form=True))
    return out


def write(name: str, folder: Path, opened: Filled | None, today: date, *, house: str = "", owner: str = "", output: Path | None = None) -> Path:
    """Write a template; gives where it lies. folder: where it goes unless output says. opened: the register, None where there is none.

    Raises Unusable for a name that is none, for a house or an owner that is not there, or where there is nothing to fill in.
    """
    found = next((t for t in templates() if name.strip() in (t.key, t.words.en, f"{t.key}.xlsx")), None)
    if found is None:
        known = "、".join(t.key for t in templates())
        raise Unusable(Text(f"没有「{name}」这个模板，可用的有 {known}", f"there is no template {name}; ownerbook template lists them"))
    asked = bool(house or owner)
    if asked and not (found.form and found.key != "借阅申请表"):
        raise Unusable(Text(f"「{found.key}」是空表，不能按房号或业主填好", f"{found.words.en} cannot be filled in for a house or an owner"))
    path = output or folder / f"{found.key}{'_' + part(owner or house) if asked else ''}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not found.form:
        return _blank(found.key, path)
    if found.key == "业主登记表":
        return _registration(path, opened if asked else None, today, house, owner)
    return _other_form(found.key, path, opened, house, owner)


def _blank(key: str, path: Path) -> Path:
    from ownerbook.register.sheets import BY_NAME
    from ownerbook.reports.templates import books, write_template

    sheets = books().get(f"{key}.xlsx") or [BY_NAME[key]]
    return write_template(path, sheets)


def _registration(path: Path, opened: Filled | None, today: date, house: str, owner: str) -> Path:
    from ownerbook.reports.forms.registration_form import write_registration

    if opened is None:
        write_registration(path, None, [], as_of=today)
        return path
    from ownerbook.jobs.forms import needs, row_of, title_of
    from ownerbook.reports.forms.change_form import current_owners

    space, read = opened()
    register = read.register
    needs(register, "owners", "houses")
    if owner:
        rows = [row_of(register, "owners", owner)]
    else:
        rows = list(current_owners(register, house=register.policy.house_format.canonical(house) or house))
        if not rows:
            raise Unusable(Text(f"{house} 没有现业主，请用 --owner 写业主编号", f"{house} has no current owner; name one with --owner"))
    write_registration(path, register, rows, workspace=title_of(space), as_of=register.today)
    return path


def _tenancy(path: Path) -> Path:
    from ownerbook.reports.forms.manner import CHINESE
    from ownerbook.reports.forms.tenancy_form import write_tenancy
    from ownerbook.reports.templates import MADE_ON

    write_tenancy(path, None, [], as_of=MADE_ON, how=CHINESE)
    return path


def _other_form(key: str, path: Path, opened: Filled | None, house: str, owner: str) -> Path:
    from ownerbook.jobs.forms import Wanted, kind_of, write_form

    if key == "租户登记表" and (opened is None or not house):
        return _tenancy(path)
    if opened is None:
        raise Unusable(Text("这张单要在工作区里开，请先进入工作区的文件夹", "this form is made in a workspace; go into its folder first"))
    space, read = opened()
    return write_form(kind_of(key), space, read, Wanted(owner=owner, house=house), path)[0]
