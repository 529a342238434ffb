"""Names that lead elsewhere: of files, folders, headers of pages and mail, made of what a cell, a setting or a sender says."""

from __future__ import annotations

import email
import email.policy
import html
import json
import re
import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))
from registers import sheets, workspace  # noqa: E402

from ownerbook.cli.main import main  # noqa: E402
from ownerbook.mail import headers  # noqa: E402
from ownerbook.mail.letter import Attachment, Envelope, Letter, render  # noqa: E402
from ownerbook.reports.file_names import part  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
EVIL = ("../../x", "/etc/x", "\\\\host\\share\\x", "C:x", "a\0b", "CON", "x.xlsx:stream", "\u202excod", "x. ", "n" * 400, "https://x.invalid/y")
AS_OF = ("--as-of", "2026-10-31")


@given(st.text() | st.sampled_from(EVIL))
def test_a_part_of_a_file_s_name_can_lead_to_no_other_folder(text):
    said = part(text)
    assert said and not set(said) & set('/\\:*?"<>|.~\0\n\r\t ') and len(said.encode()) <= 240 and all(c.isprintable() for c in said)


@pytest.mark.parametrize("evil", EVIL)
def test_no_command_writes_outside_because_of_what_a_house_or_a_number_is_called(tmp_path, monkeypatch, capsys, evil):
    if "\0" in evil:
        evil = evil.replace("\0", "\x07")
    tables = sheets(2)
    told = {"1-1-101": evil}
    for rows in tables.values():
        for row in rows:
            for header in ("房号",):
                if row.get(header) in told:
                    row[header] = told[row[header]]
    tables["权利请求"] = [{"请求编号": evil, "业主编号": "Y001", "类型": "查阅", "提出日期": date(2026, 10, 20), "答复期限": date(2026, 11, 10)}]
    root = workspace(tmp_path / "外" / "小区", tables)
    monkeypatch.chdir(root)
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-10-31T09:00:00")
    inside = {root, *root.rglob("*")}
    before = {p for p in tmp_path.rglob("*") if p not in inside}
    for words in (
        ("dossier", evil, "--format", "xlsx", *AS_OF), ("form", "业主登记表", "--house", evil, *AS_OF), ("form", "信息变更登记表", "--owner", "Y001", *AS_OF),
        ("template", "业主登记表", "--house", evil), ("request", "extract", evil, "--reason", "x"), ("request", "answer", evil, "--by", "G002"),
        ("house", "renumber", evil, "1-1-109"), ("cabinet", "covers", "--everything", *AS_OF), ("cabinet", "spines", "--everything", *AS_OF), ("check", "--format", "xlsx", *AS_OF), ("register", "--house", evil),
        ("undo", evil), ("copy", evil, "--to", evil), ("report", "--month", evil), ("diff", evil, evil), ("restore", "--at", evil), ("log", evil),
    ):  # fmt: skip
        try:
            status = main([*words])
        except ValueError as error:  # the system itself refuses such an argument
            assert "null" in str(error)
            continue
        assert status in (0, 1, 2)
        assert "程序出错" not in capsys.readouterr().err, words
    made = {p for p in tmp_path.rglob("*") if root not in p.parents and p not in inside} - before
    assert {p for p in made if "cache" not in p.parts and "state" not in p.parts} == set()
    for path in root.rglob("*"):
        assert not re.search(r'[\\:*?"<>|\x00-\x1f\u202a-\u202e\u2066-\u2069]', path.name), path
        assert path.resolve().is_relative_to(root.resolve())


@pytest.mark.parametrize("name", ["&D &[Path] &A &F", "&" * 90, "&&" * 39 + "&P", "&G&L&R&C", "=1+1", "＝HYPERLINK(1)", "<b>x</b>]]>", "一" * 90])
def test_a_community_s_name_is_no_code_of_a_page_header(tmp_path, monkeypatch, capsys, name):
    root = workspace(tmp_path / "小区", sheets(2))
    (root / "ownerbook.toml").write_text(f'[workspace]\nname = "{name}"\n', "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    for words in (("check", "--format", "xlsx"), ("today", "--format", "xlsx"), ("form", "催还通知"), ("form", "销毁清册"), ("report", "--month", "2026-10"), ("reconcile",),
                  ("export", "--for", "审计", "--to", name, "--reason", "核对"), ("dossier", "1-1-101", "--format", "xlsx"), ("cabinet", "spines", "--everything")):  # fmt: skip
        assert main([*words]) in (0, 1), (words, capsys.readouterr())
    codes = 0
    for path in root.rglob("检查结果/**/*.xlsx"):
        with zipfile.ZipFile(path) as z:
            for member in z.namelist():
                for text in re.findall(r"<odd(?:Header|Footer)>(.*?)</odd", z.read(member).decode("utf-8", "replace"), re.S):
                    left = re.sub(r"&&", "", html.unescape(text))
                    left = re.sub(r'&8|&"[^"]*"|&[LCRPN]', "", left)
                    assert "&" not in left, (path.name, text)
                    codes += 1
    assert codes > 5


EVERY_DAY = (
    ["nightly"],
    ["status"],
    ["today", "--format", "ics"],
    ["due"],
    ["find", "1-1-101"],
    ["dossier", "1-1-101"],
    ["tick"],
    ["log"],
    ["doctor"],
)


@pytest.mark.parametrize("where", ["settings", "folder"])
@pytest.mark.parametrize("name", ["<script>x<script>", "<img src=x>", "';--", "\u202ecod\x1b[31m", "x\r\nATTACH:https:x.invalid"])
def test_a_community_s_name_is_words_alone_on_pages_in_calendars_and_on_the_screen(tmp_path, monkeypatch, capsys, where, name):
    for folder in ("CACHE", "STATE"):
        monkeypatch.setenv(f"OWNERBOOK_{folder}_DIR", str(tmp_path / folder.lower()))
    root = workspace(tmp_path / (name if where == "folder" else "小区"), sheets(2))
    said = json.dumps(name) if where == "settings" else '""'
    (root / "ownerbook.toml").write_text(f"[workspace]\nname = {said}\n", "utf-8")
    monkeypatch.chdir(root)
    monkeypatch.setenv("OWNERBOOK_NOW", "2026-11-02T09:00:00")
    wrong = where == "settings" and not name.isprintable()
    for words in EVERY_DAY:
        status = main(words)
        out, err = capsys.readouterr()
        assert status == 2 or not wrong or words[0] in ("doctor", "tick", "log"), words  # such a name is a mistake of the settings
        assert "程序出错" not in err and not re.search("[\x1b\u202e]", out + err), words
    pages = [p for p in root.rglob("检查结果/*") if p.suffix in (".html", ".ics")]
    assert wrong or {p.suffix for p in pages} == {".html", ".ics"}
    for page in pages:
        text = page.read_bytes().decode("utf-8")
        assert not re.search("(?m)^ATTACH", text) and "\x1b" not in text, page.name
        assert page.suffix == ".ics" or not re.search("<script>|<img|\u202e", text), page.name


@pytest.mark.parametrize("evil", ["a\r\nBcc: x@example.com", "a\nSubject: other", "a\u2028b\x0bc\x85d", "=?utf-8?q?=0D=0ABcc:x?=", "a\x00b"])
def test_what_a_letter_is_made_of_begins_no_header(evil):
    letter = Letter(evil, evil, attachment=Attachment(f"{evil}.xlsx", b"x", False, f"{evil}.xlsx"))
    sent = render(letter, Envelope("a@example.com", "b@example.com", "<1@example.com>", datetime(2026, 11, 2, tzinfo=UTC), sender_name=evil))
    head = sent.partition(b"\r\n\r\n")[0]
    names = re.findall(rb"(?m)^([A-Za-z-]+):", head)
    assert len(names) == len(set(names)) and b"Bcc" not in names
    message = email.message_from_bytes(sent, policy=email.policy.default)
    assert message["Bcc"] is None and [a for _, a in __import__("email.utils").utils.getaddresses([str(message["To"])])] == ["b@example.com"]
    attached = [p.get_filename() for p in message.walk() if p.get_content_disposition() == "attachment"]
    assert len(attached) == 1 and not re.search(r"[\r\n\0/\\]", attached[0])


@pytest.mark.parametrize("evil", ["../../x.xlsx", "C:\\x.xlsx", "a\r\nContent-Type: text/html", 'x";y="z.xlsx', "\u202exslx.exe"])
def test_the_name_of_an_attachment_is_a_file_s_name(evil):
    for said in (headers.file_name(evil), headers.ascii_file_name(evil)):
        assert not re.search(r'[\\/:\r\n"\u202e]', said)


@pytest.mark.parametrize(
    "where", ["a@example.com\\r\\nBcc: c@example.com", "a@example.com, c@example.com", "a@例子.cn", "<a@example.com>", "a@example.com\\n"]
)
def test_an_address_of_the_settings_is_one_address(tmp_path, capsys, where):
    root = workspace(tmp_path / "小区", sheets(1))
    for name in ("sender", "recipients"):
        said = f'["{where}"]' if name == "recipients" else f'"{where}"'
        (root / "ownerbook.toml").write_text(f"[mail]\n{name} = {said}\n", "utf-8")
        assert main(["check", str(root), *AS_OF]) == 2
        assert "第 2 行" in capsys.readouterr().err
