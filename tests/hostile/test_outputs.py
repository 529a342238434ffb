"""What leaves the program: no formula of theirs, no name, phone or number in full unasked, in any file, file name or line.

One register is planted with texts that begin like formulas, one with a name, a phone and a document number that stand nowhere else;
then every command is run that tells or writes anything, and all that appeared is searched, the parts of workbooks included.
"""

import html
import io
import os
import re
import shutil
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
import registers  # noqa: E402

from ownerbook.cli.main import COMMANDS, main  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
AS_OF = ("--as-of", "2026-10-31")
NAME, PHONE, PHONE2, ID = "尉迟翡翠", "13800006157", "0755-82346157", "130125198001016157"
IN = "--in"
# blank forms, lists and labels: nobody stands on them in full. 催还通知 and 借阅单 go to the borrower, who is named on them
MASKED_FORMS = ("registration", "tenancy", "registration-receipt", "handover-list", "house-change", "change", "supplement", "loan-application", "audit-sheet",
                "appraisal", "destruction", "transfer", "archiving", "disposal-approval", "signing", "late-papers", "request-form", "incident-form", "file-cover",
                "contents-list", "file-spines", "box-spines", "floor-list", "move-list", "room-check", "duties-matrix", "archivist-handover")  # fmt: skip
TELLING = [
    ("check", *AS_OF), ("check", "--format", "json", *AS_OF), ("check", "--format", "xlsx", *AS_OF),
    *[(c, *AS_OF, "--format", f) for c in ("today", "due", "loans", "audits", "retention", "missing") for f in ("text", "json", "xlsx")],
    ("today", *AS_OF, "--format", "ics"), ("nightly",), ("monthly",), ("status",), ("log",), ("doctor",),
    ("report", "--month", "2026-10"), ("report", "--month", "2026-09", "--profile", "mail"), ("report", "--archive"), ("find", "1-1-101", IN), ("find", "1-1-101", "--format", "json", IN), ("history", "1-1-101", *AS_OF, IN), ("verify", IN),
    ("reconcile", IN), ("copy", "登记簿.xlsx", "--to", "孙二", "-o", "检查结果/发出.xlsx"), ("form", "信息变更登记表", "--owner", "Y001"), ("form", "销毁清册", *AS_OF), ("form", "催还通知", *AS_OF), ("form", "补件通知", *AS_OF), ("form", "审核清单", *AS_OF),
    ("export", "--for", "审计", "--to", "甲", "--reason", "核对", IN), ("mail", "list"), ("rules",), ("schedule", "show"), ("dossier", "1-1-101", *AS_OF, IN), ("cabinet", "load", *AS_OF, IN), ("seal", *AS_OF, IN), ("request", "list", *AS_OF, IN),
    *[("cabinet", c, "--everything", *AS_OF, IN) for c in ("covers", "contents", "spines", "boxes", "shelves", "floor", "carriers")],
    *[("cabinet", c, *AS_OF, IN) for c in ("walk", "rebalance", "move-list")],
    ("cabinet", "move", "YG-1-1-201-01", "--to", "A01-01-01-01", *AS_OF, IN), ("find", "6157", IN), ("find", "yuchi", IN),
    ("dossier", "1-1-101", *AS_OF, "--format", "json", IN), ("dossier", "1-1-101", *AS_OF, "--format", "xlsx", IN),
    ("register", "--house", "1-1-101", IN), ("transfer", "1-1-101", "--reason", "买卖", IN), ("tenant", "1-1-101", IN),
    ("house", "renumber", "1-1-101", "1-1-109", IN), ("house", "divide", "1-1-101", "1-1-1011", "1-1-1012", "--area", "45,45.5", IN), ("scans", *AS_OF, IN), ("scans", "--report", "扫描件.xlsx", *AS_OF, IN),
    ("backup", "--list", "--to", "备份", IN), ("restore", "--at", "2026-10-31", IN), ("return", "JY1", "--receiver", "G001"), ("renew", "JY1"),
    ("diff", "登记簿.xlsx", "登记簿.xlsx"), ("diff", "登记簿.xlsx", ".另一份.xlsx"), ("diff", "登记簿.xlsx", ".另一份.xlsx", "--format", "json"), ("adopt", "登记簿.xlsx"), ("amend", "登记簿.xlsx", "业主!H2=13900000000"), ("tick",), ("desk",),
    ("verify", "--format", "json", IN), ("template", "业主登记表"), ("data-dictionary",), ("group", "check", "..", "--workers", "1"),
    *[("form", f, *AS_OF) for f in (*MASKED_FORMS, "overdue-notice")], ("form", "loan-slip", "--loan", "JY1", *AS_OF),
]  # fmt: skip
# on paper that is filled in or handed to the owner, and in what was asked for by purpose, names may stand in full
FORMS = ("form", "copy", "export")
HEADS = "=+-@|\t\r \uff1d\uff0b\uff0d\uff20"


def planted():
    out = registers.sheets(houses=3)
    out["业主"][0] |= {"姓名": NAME, "证件类型": "居民身份证", "证件号码": ID, "联系电话": PHONE, "备用电话": PHONE2, "备注": f"找{NAME} {PHONE}"}
    out["业主"][1] |= {"通讯地址": f"{NAME}家", "姓名": NAME, "联系电话": PHONE, "证件号码": "E12340001"}
    loan = {"借阅单号": "JY1", "档号": "YG-1-1-101-01", "借阅人": NAME, "借阅人身份": "业主", "联系电话": PHONE, "借阅事由": f"{NAME}买房 {ID}",
            "申请日期": date(2026, 8, 12), "审核人": "G002", "审核结果": "同意", "审核日期": date(2026, 8, 12), "借出日期": date(2026, 8, 12), "经办人": "G001",
            "应还日期": date(2026, 9, 14), "续借次数": 0}  # fmt: skip
    out["借阅"].append(loan)
    out["档案"][0]["档案状态"] = "借出"
    out["档案"][1] |= {"题名": f"{NAME}档案", "存放位置": None}
    out["材料"][0] |= {"材料名称": f"{NAME} {ID}", "备注": PHONE}
    out["库房检查"] = []
    out["变更"].append(
        {"变更单号": "BG1", "对象表": "业主", "对象编号": "Y001", "变更字段": "联系电话", "原值": PHONE, "新值": "13800000001", "申请人": NAME,
         "申请日期": date(2026, 9, 1), "审核人": "G002", "审核结果": "同意", "经办人": "G001", "更新日期": None}
    )  # fmt: skip
    return out


def run_all(space, capsys, monkeypatch, commands):
    """Run commands as a user would; gives what each printed."""
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00")
    monkeypatch.chdir(space)
    said = {}
    for words in commands:
        words = [*words, str(space)] if words[-1] == IN else [*words]
        status = main(words)
        out, err = capsys.readouterr()
        assert "程序出错" not in err, (words, err)
        said[" ".join(words)] = (status, out + err)
    return said


def texts_of(path):
    """(part, text) of a file: for packages every part, plain and as a person would read it."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as z:
            for name in z.namelist():
                yield f"{path.name}!{name}", z.read(name).decode("utf-8", "replace")
    else:
        yield path.name, data.decode("utf-8", "replace")


def made(space, before):
    return sorted(p for p in space.rglob("*") if p.is_file() and p not in before and ".ownerbook" not in p.relative_to(space).parts)


@pytest.fixture
def own(tmp_path, monkeypatch):
    for name in ("CACHE", "STATE"):
        monkeypatch.setenv(f"OWNERBOOK_{name}_DIR", str(tmp_path / name.lower()))


def test_no_name_phone_or_number_in_full_is_told_unasked(tmp_path, own, capsys, monkeypatch):
    space = registers.workspace(tmp_path / "小区", planted())
    others = planted()
    others["业主"][0] |= {"姓名": "万俟", "联系电话": None, "证件号码": None, "通讯地址": f"找{NAME} {PHONE}"}
    shutil.move(registers.workspace(tmp_path / "另一份", others) / "登记簿.xlsx", space / ".另一份.xlsx")
    for name in ("备份", "扫描件/1-1-101"):
        (space / name).mkdir(parents=True)
    (space / "扫描件/1-1-101/CL0010.pdf").write_bytes(b"%PDF-1.4\n")
    before = set(space.rglob("*"))
    secret = re.compile("|".join((NAME, PHONE, "82346157", ID, "138 ?0000 ?6157")))
    said = run_all(space, capsys, monkeypatch, [c for c in TELLING if c[0] not in FORMS or c[0] == "export" or c[1] in MASKED_FORMS])
    assert {w: out for w, (status, out) in said.items() if status == 2} == {}
    bad = [f"{words}: {found[0]}" for words, (_, out) in said.items() if (found := secret.search(out))]
    for path in made(space, before):
        bad += [f"file name {path.name}"] if secret.search(path.name) else []
        bad += [f"{part}: {m[0]}" for part, text in texts_of(path) if (m := secret.search(text))]
    for path in (tmp_path / "state").rglob("*"):
        if path.is_file():
            bad += [f"{part}: {m[0]}" for part, text in texts_of(path) if (m := secret.search(text))]
    assert bad == []


def test_no_formula_of_theirs_stands_in_anything_of_ours(tmp_path, own, capsys, monkeypatch):
    tables = registers.sheets(houses=3)
    heads = ("=", "+", "-", "@", "|", "\t=", "\r=", " =", "\uff1d", "\uff0b", "\uff0d", "\uff20")
    n = 0
    for rows in tables.values():
        for row in rows:
            for header, value in row.items():
                if (
                    isinstance(value, str)
                    and header not in ("房号", "业主编号", "档号", "参数", "值", "档案状态", "业主状态", "材料类型", "业主类型")
                    and n % 3 == 0
                ):
                    row[header] = f'{heads[n % len(heads)]}HYPERLINK("http://x.invalid/{n}","{value}")'
                n += 1
    space = registers.workspace(tmp_path / "小区", tables)
    before = set(space.rglob("*"))
    run_all(space, capsys, monkeypatch, TELLING)
    files = made(space, before)
    assert len(files) > 8
    bad = [f"{path.name} {where}: not quoted" for path in files if path.suffix == ".xlsx" for where in unquoted(path)]
    for path in files:
        for part, text in texts_of(path):
            if path.suffix in (".xlsx", ".xlsm"):
                bad += [
                    f"{part}: {f[:80]}" for f in re.findall(r"<f[ >][^<]*</f>|<f>[^<]*", text) if "x.invalid" in html.unescape(f) or "HYPERLINK" in f
                ]
                bad += [f"{part}: definedName" for f in re.findall(r"<definedName[^>]*>([^<]*)", text) if "x.invalid" in f]
                bad += [f"{part}: link {t}" for t in re.findall(r'Target="([^"]*)"', text) if "x.invalid" in t]
            elif path.suffix == ".csv":
                bad += [f"{part}: {line[:60]}" for line in re.split(r"[\n,]", text) if re.match(r'"?[=+@|\t-].*x\.invalid', line)]
            elif path.suffix in (".html", ".htm"):
                bad += [f"{part}: {t}" for t in re.findall(r'(?:href|src)="([^"]*x\.invalid[^"]*)"', text)]
            elif path.suffix == ".ics":
                bad += [f"{part}: {line}" for line in text.split("\r\n") if re.match(r"(ATTACH|URL).*x\.invalid", line)]
    assert bad == []


def unquoted(path):
    """The cells of a workbook whose text begins as a formula of theirs does, and that are not marked as text."""
    from openpyxl import load_workbook

    for sheet in load_workbook(path):
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and "x.invalid" in cell.value and cell.value[0] in HEADS and not cell.quotePrefix:
                    yield f"{sheet.title}!{cell.coordinate} {cell.value[:30]!r}"


def test_an_export_takes_only_what_its_purpose_names_and_the_ledger_knows_it(tmp_path, own, capsys, monkeypatch):
    import hashlib

    from openpyxl import load_workbook

    from ownerbook.storage.journal import Journal

    space = registers.workspace(tmp_path / "小区", planted())
    out = tmp_path / "给客服.xlsx"
    words = ["export", "--for", "客服", "--to", "前台", "--reason", f"回访 {PHONE}", "--by", "G001", "-o", str(out), IN, str(space)]
    assert main(words) == 0
    book = load_workbook(out)
    assert book.sheetnames == ["房屋", "业主"]
    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None}
    assert NAME in cells and PHONE in cells and not any(ID in c or "证件号码" in c for c in cells)
    for sheet in book:
        assert "前台" in sheet["A2"].value and "前台" in sheet.oddFooter.left.text and "前台" in sheet.oddHeader.left.text
    (entry,) = Journal(space).entries("export")
    assert entry.data["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest() and entry.data["to"] == "前台"
    assert PHONE not in str(dict(entry.data))
    if os.name != "nt":
        assert out.stat().st_mode & 0o077 == 0
    assert main(words) == 2  # nothing is written over


@pytest.mark.parametrize("missing", ["--to", "--reason"])
def test_nothing_leaves_without_saying_to_whom_and_why(tmp_path, own, capsys, missing):
    space = registers.workspace(tmp_path / "小区", planted())
    words = ["export", "--for", "收费", "--to", "财务", "--reason", "季度计费", IN, str(space)]
    words[words.index(missing) + 1] = " "
    assert main(words) == 2
    assert not (space / "检查结果").exists() and not (space / ".ownerbook").exists()


def test_what_cannot_be_journalled_does_not_leave(tmp_path, own, capsys):
    space = registers.workspace(tmp_path / "小区", planted())
    (space / ".ownerbook").write_text("taken", "utf-8")
    assert main(["export", "--for", "收费", "--to", "财务", "--reason", "季度计费", IN, str(space)]) == 2
    assert not (space / "检查结果").exists()


def test_every_command_is_among_those_searched_or_tells_nothing_of_people():
    quiet = {"explain", "init", "demo", "completion", "lend", "serve", "undo", "filled"}  # the last four: test_outputs_of_acts.py
    assert {c[0] for c in TELLING} | quiet >= set(COMMANDS), set(COMMANDS) - quiet - {c[0] for c in TELLING}


def test_every_form_is_among_those_searched_or_is_handed_to_whom_it_names():
    from ownerbook.jobs.forms import FORMS as ALL_FORMS

    named = {"overdue-notice", "loan-slip", "handover-receipt", "incident-letter"}
    assert set(ALL_FORMS) == named | set(MASKED_FORMS)


def test_the_monthly_letter_tells_nobody_in_full_in_body_or_attachment(tmp_path, own, capsys, monkeypatch):
    import email
    import email.policy

    space = registers.workspace(tmp_path / "小区", planted())
    mail = 'host = "127.0.0.1"\nport = 9\nsecurity = "none"\nsender = "a@example.com"\nrecipients = ["b@example.com"]\nencrypt = false\n'
    (space / "ownerbook.toml").write_text(f'[workspace]\nname = "试验"\n[mail]\n{mail}', "utf-8")
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00")
    monkeypatch.chdir(space)
    assert main(["monthly"]) == 0
    letters = sorted((tmp_path / "state").rglob("*.eml"))
    assert letters
    secret = re.compile("|".join((NAME, PHONE, "82346157", ID)))
    kinds, bad = set(), []
    for letter in letters:
        for part in email.message_from_bytes(letter.read_bytes(), policy=email.policy.default).walk():
            if not part.is_multipart():
                kinds.add(part.get_content_type())
                body = tmp_path / "part"
                body.write_bytes(part.get_payload(decode=True))
                bad += [f"{name} {found[0]}" for name, text in texts_of(body) if (found := secret.search(text))]
        bad += [f"headers {h}" for h, v in email.message_from_bytes(letter.read_bytes(), policy=email.policy.default).items() if secret.search(v)]
    assert len(kinds) >= 3 and bad == []
