"""Notices to robots over real HTTP on loopback, and passwords from where they may lie."""

import base64
import hashlib
import hmac
import json
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from letters import NOW

from ownerbook.mail.notice import LONGEST, Robots, post_json
from ownerbook.mail.options import MailOptions, contradictions
from ownerbook.mail.passwords import attachment_password, smtp_password
from ownerbook.mail.trouble import MailTrouble
from ownerbook.settings import Settings


class _Robot(BaseHTTPRequestHandler):
    def do_POST(self):  # noqa: N802
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, json.loads(body)))
        answer = self.server.answer
        self.send_response(answer[0])
        self.end_headers()
        self.wfile.write(answer[1])

    def log_message(self, *_):
        """Quiet."""


@contextmanager
def robot(status=200, answer=b'{"errcode":0,"errmsg":"ok"}'):
    with ThreadingHTTPServer(("127.0.0.1", 0), _Robot) as server:
        server.daemon_threads, server.asked, server.answer = True, [], (status, answer)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


def settings(**values):
    made = Settings()
    made.values.update({k.replace("__", "."): v for k, v in values.items()})
    return made


def test_both_robots_are_told_and_dingtalk_is_signed():
    with robot() as (server, url):
        robots = Robots(f"{url}/wecom?key=abc", f"{url}/ding?access_token=def", "SECtopsecret")
        assert robots.say("示例花园：2026-11-01 夜间检查没有完成", NOW) == []
    (wecom, first), (ding, second) = server.asked
    assert wecom == "/wecom?key=abc" and first == second
    assert first["msgtype"] == "text" and "夜间检查没有完成" in first["text"]["content"] and "ownerbook" in first["text"]["content"]
    said = {k: v[0] for k, v in parse_qs(urlsplit(ding).query).items()}
    assert said["access_token"] == "def" and said["timestamp"] == str(int(NOW.timestamp() * 1000))
    mark = hmac.new(b"SECtopsecret", f"{said['timestamp']}\nSECtopsecret".encode(), hashlib.sha256).digest()
    assert base64.b64decode(said["sign"]) == mark


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [(200, b'{"errcode":93000,"errmsg":"x"}', "errcode 93000"), (500, b"", "HTTP 500"), (200, b"<html>", "JSONDecodeError")],
)
def test_a_robot_that_refuses_is_told_without_its_address(status, answer, why):
    with robot(status, answer) as (_, url):
        (told,) = Robots(wecom_url=f"{url}/send?key=abc").say("没有完成", NOW)
    assert why in told.zh and "abc" not in told.zh and "127" not in told.zh


def test_a_robot_that_is_not_there_raises_nothing():
    assert post_json("http://127.0.0.1:1/x", {}, 2) and post_json("no address", {}, 2)
    assert Robots().say("x", NOW) == []
    assert "abc" not in repr(Robots("http://x/?key=abc", "http://y/?key=abc", "abc"))


def test_a_long_notice_is_cut_to_what_wecom_takes():
    with robot() as (server, url):
        Robots(wecom_url=url).say("字" * 5000, NOW)
    assert len(server.asked[0][1]["text"]["content"].encode()) <= LONGEST + 3


def test_the_password_comes_from_the_environment_before_its_file_before_the_settings(tmp_path):
    (tmp_path / "pw").write_text("\ufefffrom-file\r\nsecond line\n", "utf-8")
    both = settings(mail__password_file="pw", mail__password="from-settings")
    assert smtp_password(both, tmp_path, {"OWNERBOOK_SMTP_PASSWORD": "from-env"}) == ("from-env", "environment")
    assert smtp_password(both, tmp_path, {}) == ("from-file", "file")
    assert smtp_password(settings(mail__password="from-settings"), tmp_path, {}) == ("from-settings", "settings")
    assert smtp_password(settings(), tmp_path, {}) == ("", "")
    for name in ("absent", "blank"):
        (tmp_path / "blank").write_text("\n")
        with pytest.raises(MailTrouble, match="mail.password_file"):
            smtp_password(settings(mail__password_file=name), tmp_path, {})


def test_the_keyring_is_asked_where_it_is_installed(tmp_path, monkeypatch):
    (tmp_path / "keyring.py").write_text("def get_password(service, user):\n    return f'{service}/{user}'\n")
    monkeypatch.syspath_prepend(tmp_path)
    try:
        assert smtp_password(settings(mail__user="clerk"), tmp_path, {}) == ("ownerbook/clerk", "keyring")
    finally:
        sys.modules.pop("keyring", None)


def test_a_short_attachment_password_is_refused(tmp_path):
    assert attachment_password(settings(), tmp_path, {"OWNERBOOK_ATTACHMENT_PASSWORD": "十二个字符的密码才够长呢"}) == "十二个字符的密码才够长呢"
    with pytest.raises(MailTrouble, match="12"):
        attachment_password(settings(), tmp_path, {"OWNERBOOK_ATTACHMENT_PASSWORD": "short"})


def test_everything_that_does_not_fit_together_is_told_at_once(tmp_path):
    half = settings(
        mail__host="smtp.example.test", mail__security="none", mail__user="clerk", mail__allow=["a@example.test"], alerts__mail=["b@example.test"]
    )
    told = [t.zh for t in contradictions(half)]
    assert len(told) == 3 and "mail.sender" in told[0] and "alerts.mail" in told[1] and "明文" in told[2]
    with pytest.raises(MailTrouble, match="mail.sender.*alerts.mail.*明文"):
        MailOptions.of(half, tmp_path)
    assert [t.zh for t in contradictions(settings(mail__recipients=["a@example.test"]))] and not list(contradictions(settings()))


def test_recipients_are_written_to_once_however_they_are_spelled(tmp_path):
    options = MailOptions.of(
        settings(mail__host="h", mail__sender="s@example.test", mail__recipients=["A@example.test", "b@example.test", "a@Example.test"]), tmp_path
    )
    assert options.recipients == ("A@example.test", "b@example.test")
    assert options.may_write_to("a@EXAMPLE.test") and not options.may_write_to("c@example.test")
    assert (options.server.port, options.domain, options.server.local_hostname) == (465, "example.test", "localhost")
