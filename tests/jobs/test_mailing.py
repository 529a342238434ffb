"""Mail of a workspace from the month's job to the recipient's mailbox: queued once, sent once, failures told, nothing personal in it."""

import email
import email.policy
import io
import json
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msoffcrypto
import openpyxl
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "mail"))
from letters import letter
from post_offices import Keeper, free_port, office
from test_notices import robot

from ownerbook.cli.main import main
from ownerbook.jobs import mail_desk, mailing
from ownerbook.jobs.mail_doctor import mail_findings
from ownerbook.jobs.mail_station import Post
from ownerbook.jobs.running import Station
from ownerbook.jobs.setup import init
from ownerbook.jobs.workspace import open_workspace
from ownerbook.mail.trouble import MailTrouble
from ownerbook.schema.words import Text
from ownerbook.settings import Settings
from ownerbook.storage.journal import Journal

NOW = datetime(2026, 11, 1, 2, 30, tzinfo=timezone(timedelta(hours=8)))
PASSWORD = "附件密码另行告知-2026"
TO, SECOND = "manager@example.test", "second@example.test"


def nothing_found(data):
    return []


class Town:
    """A workspace with mail set up, its own state folder, and a month's workbook."""

    def __init__(self, folder, monkeypatch):
        self.root, self.state, self.folder = folder / "示例花园", folder / "state", folder
        monkeypatch.setenv("OWNERBOOK_STATE_DIR", str(self.state))
        for name in ("OWNERBOOK_SMTP_PASSWORD", "OWNERBOOK_ATTACHMENT_PASSWORD", "OWNERBOOK_WECOM_URL", "OWNERBOOK_DINGTALK_URL"):
            monkeypatch.delenv(name, raising=False)
        init(self.root, "示例花园")
        self.secret = folder / "attachment.pw"
        self.secret.write_text(PASSWORD + "\n", "utf-8")
        self.secret.chmod(0o600)
        self.book = self.root / "检查结果" / "月报_2026-10.xlsx"
        book = openpyxl.Workbook()
        book.active["A1"] = "错误 12"
        book.save(self.book)
        self.said = {}

    def set(self, server=None, **more):
        if server is not None:
            self.said |= {
                "mail.host": server.host,
                "mail.port": server.port,
                "mail.security": server.security,
                "mail.sender": "clerk@example.test",
                "mail.recipients": [TO, SECOND],
                "mail.attachment_password_file": str(self.secret),
                "mail.timeout": 10,
            }
        self.said |= {k.replace("__", "."): v for k, v in more.items()}
        from ownerbook.settings import template

        (self.root / "ownerbook.toml").write_text(template({"workspace.name": "示例花园"} | self.said), "utf-8")
        return self

    @property
    def space(self):
        return open_workspace([], self.root)

    def queue(self, now=NOW, **more):
        return mailing.queue_month(self.space, "2026-10", self.book, now, **({"scan": nothing_found, "edition": self.book} | more))

    def send(self, now=NOW):
        return mailing.send_due(self.space, now)


@pytest.fixture
def town(tmp_path, monkeypatch):
    return Town(tmp_path, monkeypatch)


def night(town, period, **figures):
    Journal(town.root).append("night", {"period": period, "state": "ok", "figures": figures}, at=NOW)


def parts(raw):
    message = email.message_from_bytes(raw, policy=email.policy.default)
    return message, {p.get_content_type(): p for p in message.walk()}


def test_the_month_arrives_once_with_figures_and_an_encrypted_workbook_that_opens(town):
    night(town, "2026-09-30", error=20, warning=5, late=3, fixed=1)
    night(town, "2026-10-30", error=15, warning=5, late=4, fixed=2, **{"late:loan-late": 4})
    night(town, "2026-10-31", error=12, warning=5, late=4, fixed=3, **{"late:loan-late": 4})
    keeper = Keeper()
    with office(keeper) as server:
        town.set(server, reports__link_base="\\\\NAS\\登记册")
        assert [i.recipient for i in town.queue()] == [TO, SECOND]
        assert town.queue() == [] and len(town.send().sent) == 2
        assert town.queue() == [] and not town.send(NOW + timedelta(days=40)).sent
    assert [rcpt for _, rcpt, _ in keeper.letters] == [(TO,), (SECOND,)]
    message, found = parts(keeper.letters[0][2])
    assert str(message["subject"]) == "示例花园 2026 年 10 月业主档案月报（错误 12，逾期未还 4）"
    text = found["text/plain"].get_content()
    assert (
        "错误：12（比上月 -8）" in text
        and "警告：5（与上月相同）" in text
        and "本月已解决：5（比上月 +4）" in text
        and "逾期未还的档案：4（比上月 +4）" in text
    )
    assert "夜间检查：2/31" in text and "逾期未办的事项 4 件" in text and "\\\\NAS\\登记册\\检查结果\\月报_2026-10.xlsx" in text
    assert "2026-09 25，2026-10 17" in text and found["image/png"].get_content().startswith(b"\x89PNG")
    sheet = next(p for p in message.walk() if p.get_content_disposition() == "attachment")
    assert sheet.get_filename() == "示例花园_月报_2026-10.xlsx"
    with pytest.raises(Exception):  # noqa: B017  whatever the library says of an encrypted file
        openpyxl.load_workbook(io.BytesIO(sheet.get_content()))
    locked, plain = msoffcrypto.OfficeFile(io.BytesIO(sheet.get_content())), io.BytesIO()
    locked.load_key(password=PASSWORD)
    locked.decrypt(plain)
    assert plain.getvalue() == town.book.read_bytes() and openpyxl.load_workbook(plain).active["A1"].value == "错误 12"
    assert PASSWORD.encode() not in keeper.letters[0][2]


def test_the_letter_tells_the_figures_of_the_month_s_record_before_those_of_any_night(town):
    night(town, "2026-10-31", error=99, warning=99, late=4, fixed=3)
    row = ["A01", "error", "new", "1栋.xlsx", "业主", "F12", "owners", "Y001", "证件号码", "错", "wrong", "1-1-101", "1栋", "2026-10-02"]
    fixed = [*row[:2], "fixed", *row[3:]]
    for month, error in (("2026-09", 9), ("2026-10", 7)):
        data = {
            "month": month,
            "project": "示例花园",
            "counts": {"error": error, "warning": 2, "fixed": None, "overdue": 1, "rectifying_late": 2},
            "notes": [],
        }
        Journal(town.root).append("archive", data, at=NOW, detail={"problems": [row, row, fixed, [*row[:12], "2栋", row[13]]]})
    with office(Keeper()) as server:
        town.set(server, mail__attach=False)
        items = town.queue()
        with Post.at(town.root).open() as box:
            text = parts(box.text_of(items[0]))[1]["text/plain"].get_content()
    assert "错误：7（比上月 -2）" in text and "本月已解决：—" in text and "逾期未还的档案：1（与上月相同）" in text and "夜间检查：1/31" in text
    assert "过了期限的整改 2 件" in text and "错误最多的楼栋：1栋 2，2栋 1" in text and "2026-09 11，2026-10 9" in text
    assert "1-1-101" not in text and "Y001" not in text


def test_a_workbook_with_a_number_in_it_or_that_cannot_be_looked_through_is_not_sent(town):
    def broken(data):
        raise RuntimeError("cannot")

    with office(Keeper()) as server:
        town.set(server)
        with pytest.raises(MailTrouble, match="总览!B3"):
            town.queue(scan=lambda data: ["总览!B3"])
        with pytest.raises(MailTrouble, match="没有检查成功"):
            town.queue(scan=broken)
    assert not mail_desk.letters(town.root, NOW)


def test_without_a_password_the_workbook_is_not_sent_unless_the_settings_say_so(town):
    keeper = Keeper()
    with office(keeper) as server:
        town.set(server, mail__attachment_password_file="")
        with pytest.raises(MailTrouble, match="没有加密密码"):
            town.queue()
        with pytest.raises(MailTrouble, match="没有加密"):
            open_one = replace(letter().attachment, encrypted=False)
            town.queue(letter=letter(attachment=open_one))
        town.set(mail__encrypt=False)
        assert len(town.queue()) == 2 and town.send().sent
    sheet = next(p for p in parts(keeper.letters[0][2])[0].walk() if p.get_content_disposition() == "attachment")
    assert sheet.get_content() == town.book.read_bytes()


def test_without_attachment_the_letter_says_where_the_workbook_lies(town):
    keeper = Keeper()
    with office(keeper) as server:
        town.set(server, mail__attach=False)
        town.queue(scan=None)
        town.send()
    message, found = parts(keeper.letters[0][2])
    assert not [p for p in message.walk() if p.get_content_disposition() == "attachment"]
    assert "示例花园/检查结果/月报_2026-10.xlsx" in found["text/plain"].get_content()
    assert str(town.folder) not in found["text/plain"].get_content()


def test_a_number_of_a_person_in_the_letter_keeps_it_from_being_queued(town):
    with office(Keeper()) as server:
        town.set(server)
        with pytest.raises(MailTrouble, match="subject"):
            town.queue(letter=letter(subject="请打 13900001234", attachment=None))
        with pytest.raises(MailTrouble, match="text"):
            town.queue(letter=letter(worst=("证件 11010519491231002X",), attachment=None))


def test_without_mail_set_up_nothing_is_queued_and_half_a_set_up_is_told(town):
    town.set()
    assert town.queue() == [] and not town.send().sent
    town.set(mail__recipients=[TO])
    with pytest.raises(MailTrouble, match="mail.host"):
        town.queue()


def test_a_second_machine_on_the_share_does_not_send_the_same_month(town, tmp_path):
    keeper = Keeper()
    with office(keeper) as server:
        town.set(server)
        town.queue()
        town.send()
        other = tmp_path / "other machine"
        assert mailing.queue_month(town.space, "2026-10", town.book, NOW, scan=nothing_found, edition=town.book, folder=other) == []
        assert len(mailing.queue_month(town.space, "2026-11", town.book, NOW, scan=nothing_found, edition=town.book, folder=other)) == 2
    assert len(keeper.letters) == 2


def test_the_journal_tells_of_letters_without_addresses(town):
    with office(Keeper(refuse={SECOND: f"550 <{SECOND}> unknown"})) as server:
        town.set(server)
        town.queue()
        town.send()
    told = [dict(e.data) for e in Journal(town.root).entries("mail")]
    assert [t["state"] for t in told] == ["queued", "queued", "sent", "failed"]
    assert "example.test" not in json.dumps(told)
    logs = "".join(p.read_text("utf-8") for p in (town.state / "logs").glob("*")) if (town.state / "logs").exists() else ""
    assert "example.test" not in logs


def test_a_letter_that_was_refused_for_good_is_told_to_the_robots_and_by_mail_once(town):
    keeper = Keeper(refuse={SECOND: "550 unknown"})
    with office(keeper) as server, robot() as (told, url):
        town.set(server, alerts__wecom_url=url, alerts__mail=["office@example.test"])
        town.queue()
        assert len(town.send().stopped) == 1
        assert not town.send(NOW + timedelta(hours=1)).failed
    assert len(told.asked) == 1 and "1 封邮件没有寄出" in told.asked[0][1]["text"]["content"]
    assert [rcpt for _, rcpt, _ in keeper.letters] == [(TO,), ("office@example.test",)]
    assert "example.test" not in told.asked[0][1]["text"]["content"]


def test_a_notice_gets_out_although_the_share_is_gone(town):
    keeper = Keeper()
    with office(keeper) as server, robot() as (told, url):
        town.set(server, alerts__wecom_url=url, alerts__mail=["office@example.test"])
        Post.at(town.root).settings()
        town.root.rename(town.folder / "gone")
        head, text = Text("示例花园：2026-11-01 夜间检查没有完成", "failed"), Text("共享盘不在", "the share is gone")
        assert mailing.notify(town.root, head, text, NOW) == []
        assert mailing.notify(town.root, head, text, NOW) == []
    assert len(told.asked) == 2 and len(keeper.letters) == 1
    assert "共享盘不在" in parts(keeper.letters[0][2])[1]["text/plain"].get_content()
    kept = next(town.state.glob("outboxes/*/settings.json"))
    assert kept.stat().st_mode & 0o077 == 0 and 'mail.password"' not in kept.read_text("utf-8")


def test_a_notice_gets_out_although_the_settings_have_a_mistake(town):
    with robot() as (told, url):
        town.set(alerts__wecom_url=url)
        Post.at(town.root).settings()
        (town.root / "ownerbook.toml").write_text("nonsense", "utf-8")
        mailing.notify(town.root, Text("没有完成", "failed"), Text("设置写错", "settings"), NOW)
    assert len(told.asked) == 1


def test_a_notice_that_goes_nowhere_raises_nothing_and_is_in_the_log(town):
    town.set(
        alerts__wecom_url="http://127.0.0.1:1/?key=abc",
        alerts__mail=["office@example.test"],
        mail__host="127.0.0.1",
        mail__port=free_port(),
        mail__security="none",
        mail__sender="c@example.test",
        mail__timeout=2,
    )
    assert len(mailing.notify(town.root, Text("没有完成", "failed"), Text("x", "x"), NOW)) == 2
    log = "".join(p.read_text("utf-8") for p in (town.state / "logs").glob("*"))
    assert log.count("notice not sent") == 2 and "abc" not in log


def said(capsys, *words):
    status = main(["mail", *map(str, words)])
    got = capsys.readouterr()
    return status, got.out, got.err


def test_the_command_tests_lists_sends_and_resends(town, capsys, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", NOW.isoformat())
    keeper = Keeper(refuse={SECOND: "451 later"})
    where = ("--in", town.root)
    with office(keeper) as server:
        town.set(server)
        assert said(capsys, "list", *where) == (0, "发件箱是空的\n", "")
        assert said(capsys, "test", *where)[0] == 0 and len(keeper.letters) == 1
        assert said(capsys, "test", *where, "--to", "other@example.test")[0] == 2
        town.queue()
        status, out, _ = said(capsys, "send", *where, "--dry-run")
        assert status == 0 and out.count(".eml") == 2 and len(keeper.letters) == 1
        status, out, _ = said(capsys, "send", *where)
        assert status == 2 and "已寄出" in out and "再试" in out and len(keeper.letters) == 2
        status, out, _ = said(capsys, "list", *where, "--json")
        rows = json.loads(out)
        assert status == 0 and [(r["kind"], r["state"]) for r in rows] == [("test", "sent"), ("audit", "sent"), ("audit", "failed")]
        assert "second@" not in out and rows[2]["retry_at"] == (NOW + timedelta(minutes=1)).isoformat()
        keeper.refuse.clear()
        assert said(capsys, "resend", 3, *where)[0] == 0 and len(keeper.letters) == 3
        assert said(capsys, "resend", 3, *where)[0] == 2 and said(capsys, "resend", 99, *where)[0] == 2
        status, _, err = said(capsys, "resend", 2, *where)
        assert status == 2 and "--again" in err and len(keeper.letters) == 3


def test_a_dry_run_of_the_test_letter_writes_a_file_and_sends_nothing(town, capsys, tmp_path):
    town.set(mail__host="127.0.0.1", mail__sender="clerk@example.test", mail__recipients=[TO], mail__port=1)
    assert said(capsys, "test", "--in", town.root, "--dry-run", "-o", tmp_path / "x.eml")[0] == 0
    message = email.message_from_bytes((tmp_path / "x.eml").read_bytes(), policy=email.policy.default)
    assert "试发" in str(message["subject"]) and not mail_desk.letters(town.root, NOW)


def levels(town):
    return {text.zh: level for level, text in mail_findings(town.root, Settings.read(town.root / "ownerbook.toml"))}


def test_doctor_warns_of_a_password_in_the_settings_half_a_set_up_and_a_readable_file(town):
    assert set(levels(town.set()).values()) == {"note"}
    assert any("只设了一半" in zh and level == "bad" for zh, level in levels(town.set(mail__recipients=[TO])).items())
    full = {
        "mail__host": "smtp.example.test",
        "mail__sender": "c@example.test",
        "mail__user": "c@example.test",
        "mail__attachment_password_file": str(town.secret),
        "alerts__mail": [TO],
    }
    assert any("没有找到授权码" in zh for zh in levels(town.set(**full)))
    told = levels(town.set(mail__password="in-the-open"))
    assert any("写在 ownerbook.toml" in zh and level == "bad" for zh, level in told.items()) and "in-the-open" not in str(told)
    town.set(mail__password="", mail__password_file=str(town.secret))
    assert set(levels(town).values()) == {"ok"}
    town.secret.chmod(0o644)
    assert sum("chmod 600" in zh and level == "bad" for zh, level in levels(town).items()) == 2


def test_an_alert_that_waits_goes_although_the_share_is_gone(town):
    keeper = Keeper(refuse={"office@example.test": "451 later"})
    with office(keeper) as server:
        town.set(server, alerts__mail=["office@example.test"])
        Post.at(town.root).settings()
        town.root.rename(town.folder / "gone")
        assert mailing.notify(town.root, Text("没有完成", "failed"), Text("共享盘不在", "the share is gone"), NOW)
        keeper.refuse.clear()
        assert not mailing.send_due(town.root, NOW).sent
        assert mailing.send_due(town.root, NOW + timedelta(minutes=1)).sent and len(keeper.letters) == 1


def test_a_password_that_is_gone_stops_nothing_for_good_and_is_told_once_a_day(town, tmp_path):
    keeper = Keeper()
    with office(keeper, tmp_path, "starttls", login=("clerk", "code-1234")) as server, robot() as (told, url):
        town.set(server, mail__user="clerk", mail__ca_file=str(server.ca_file), alerts__wecom_url=url)
        town.queue()
        for hours in (0, 1, 30):
            with pytest.raises(MailTrouble, match="授权码"):
                town.send(NOW + timedelta(hours=hours))
        assert len(told.asked) == 2 and [i.attempt for i in mail_desk.letters(town.root, NOW)] == [0, 0]
        (tmp_path / "smtp.pw").write_text("code-1234\n")
        town.set(mail__password_file=str(tmp_path / "smtp.pw"))
        assert len(town.send(NOW + timedelta(hours=31)).sent) == 2 == len(keeper.letters)


def test_a_damaged_outbox_is_told_once_a_day_and_sends_nothing(town):
    keeper = Keeper()
    with office(keeper) as server, robot() as (told, url):
        town.set(server, alerts__wecom_url=url)
        town.queue()
        (Post.at(town.root).folder / "outbox.sqlite3").write_bytes(b"no database " * 999)
        for hours in (0, 1, 30):
            with pytest.raises(MailTrouble, match="损坏"):
                town.send(NOW + timedelta(hours=hours))
    assert len(told.asked) == 2 and not keeper.letters


def test_status_says_that_a_letter_needs_a_hand(town, capsys, monkeypatch):
    monkeypatch.setenv("OWNERBOOK_NOW", NOW.isoformat())
    with office(Keeper(refuse={SECOND: "550 unknown"})) as server:
        town.set(server)
        Station.at(town.root).ledger(NOW).close()
        assert main(["status", str(town.root), "--json"]) in (0, 1)
        assert json.loads(capsys.readouterr().out)["mail"] == {"waiting": 0, "sent": 0, "needs_a_hand": 0}
        town.queue()
        town.send()
    assert main(["status", str(town.root)]) == 1 and "1 封信要人处理" in capsys.readouterr().out
    assert mail_desk.standing(town.root, NOW) == {"waiting": 0, "sent": 1, "needs_a_hand": 1}
    assert said(capsys, "list", "--in", town.root)[0] == 1 and said(capsys, "done", 2, "--in", town.root)[0] == 0
    assert said(capsys, "list", "--in", town.root)[0] == 0 and said(capsys, "done", 2, "--in", town.root)[0] == 2
