"""One letter and one server: what became of it is told exactly."""

import socket
from dataclasses import replace

import pytest
from letters import envelope, letter
from post_offices import Keeper, free_port, office, scripted

from ownerbook.mail.answers import decoded
from ownerbook.mail.letter import render
from ownerbook.mail.smtp import Server, hand_over

WHOLE, REDUCED = render(letter(), envelope()), render(letter(), envelope(), reduced=True)


def give(server, whole=WHOLE, reduced=REDUCED, begin=lambda: True, to="manager@example.test"):
    return hand_over(server, "clerk@example.test", to, whole, reduced, begin)


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_letter_arrives_as_it_was_written(security, tmp_path):
    keeper = Keeper()
    with office(keeper, tmp_path, security, login=("clerk", "code-1234") if security != "none" else None) as server:
        handed = give(server)
    assert (handed.state, handed.answer, handed.reduced) == ("sent", "250 taken", False)
    assert keeper.letters == [("clerk@example.test", ("manager@example.test",), WHOLE)]


def test_a_wrong_password_is_told_as_an_authorisation_code_and_not_tried_again(tmp_path):
    with office(Keeper(), tmp_path, "starttls", login=("clerk", "code-1234")) as server:
        handed = give(Server(server.host, server.port, "starttls", "clerk", "wrong-secret", timeout=10, ca_file=server.ca_file))
    assert (handed.state, handed.again) == ("failed", False)
    assert "授权码" in handed.error.zh and "wrong-secret" not in repr(handed)


def test_the_password_is_not_shown_by_its_server():
    assert "topsecret" not in repr(Server("localhost", 25, user="clerk", password="topsecret"))


def test_a_server_without_starttls_is_not_talked_to_in_the_clear(tmp_path):
    with scripted() as (server, way):
        handed = give(Server(way.host, way.port, "starttls", "clerk", "topsecret", timeout=10))
        assert handed.state == "failed" and not handed.again and "加密" in handed.error.zh
        assert not server.letters and not any(b"AUTH" in line for line in server.said)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path):
    keeper = Keeper()
    with office(keeper, tmp_path, "starttls") as server:
        handed = give(Server(server.host, server.port, "starttls", timeout=10))
    assert (handed.state, handed.again) == ("failed", False) and "mail.ca_file" in handed.error.zh and not keeper.letters


def test_a_refused_recipient_stops_and_greylisting_waits():
    keeper = Keeper(refuse={"gone@example.test": "550 no such user", "grey@example.test": "451 4.7.1 come again"})
    with office(keeper) as server:
        gone, grey, good = (give(server, to=f"{who}@example.test") for who in ("gone", "grey", "manager"))
    assert (gone.state, gone.again, grey.state, grey.again, good.state) == ("failed", False, "failed", True, "sent")
    assert [rcpt for _, rcpt, _ in keeper.letters] == [("manager@example.test",)]


def test_a_letter_larger_than_the_server_says_goes_without_its_attachment():
    keeper = Keeper()
    with office(keeper, limit=len(WHOLE) - 1) as server:
        handed = give(server)
    assert (handed.state, handed.reduced) == ("sent", True)
    assert [content for *_, content in keeper.letters] == [REDUCED]


def test_a_552_at_the_sender_makes_it_go_without_its_attachment_once():
    def picky(line):
        return b"552 5.3.4 too large\r\n" if b"size=%d" % len(WHOLE) in line else b"250 OK\r\n"

    with scripted(EHLO=b"250-mail\r\n250 SIZE\r\n", MAIL=picky, DATA=b"354 go on\r\n") as (server, way):
        handed = give(way)
        assert (handed.state, handed.reduced) == ("sent", True) and server.letters == [REDUCED]


def test_a_552_after_the_text_makes_it_go_without_its_attachment_once():
    keeper = Keeper(data=["552 5.3.4 too large"])
    with office(keeper) as server:
        handed = give(server)
    assert (handed.state, handed.reduced) == ("sent", True)
    assert [content for *_, content in keeper.letters] == [REDUCED]


def test_a_letter_over_our_own_limit_is_not_even_offered_whole():
    with scripted(DATA=b"354 go on\r\n") as (server, way):
        handed = give(replace(way, size_limit=len(WHOLE) - 1))
        assert (handed.state, handed.reduced) == ("sent", True) and server.letters == [REDUCED]


def test_a_letter_that_is_too_large_even_without_attachment_stops():
    with office(Keeper(), limit=100) as server:
        handed = give(server)
    assert (handed.state, handed.again) == ("failed", False)


def test_a_server_that_dies_after_the_text_leaves_it_unknown():
    with scripted(DATA=b"354 go on\r\n", text=None) as (server, way):
        handed = give(way)
        assert handed.state == "unknown" and len(server.letters) == 1


def test_an_answer_that_is_none_leaves_it_unknown():
    with scripted(DATA=b"354 go on\r\n", text=b"nonsense\r\n") as (_, way):
        assert give(way).state == "unknown"


def test_a_server_that_dies_before_the_end_of_the_text_has_not_taken_it():
    large = WHOLE + b"x" * 76 + b"\r\n" + (b"y" * 76 + b"\r\n") * 200_000  # more than the sockets hold, so that the break is felt
    with scripted(DATA=b"354 go on\r\n", text=...) as (server, way):
        handed = give(way, whole=large, reduced=None)
        assert (handed.state, handed.again) == ("failed", True) and not server.letters


def test_a_451_after_the_text_is_tried_again():
    with scripted(DATA=b"354 go on\r\n", text=b"451 later\r\n") as (_, way):
        handed = give(way)
        assert (handed.state, handed.again) == ("failed", True)


@pytest.mark.parametrize("where", ["connect", "EHLO", "MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_text_is_tried_again(where):
    with scripted(**{where: None if where != "connect" else b""}) as (_, way):
        handed = give(Server(way.host, way.port, "none", timeout=10) if where != "connect" else Server("127.0.0.1", free_port(), "none", timeout=10))
        assert (handed.state, handed.again) == ("failed", True)


def test_nothing_is_sent_once_another_has_the_letter():
    keeper = Keeper()
    with office(keeper) as server:
        handed = give(server, begin=lambda: False)
    assert handed.state == "failed" and handed.again and not keeper.letters


def test_answers_in_gbk_are_read():
    said = "请使用授权码登录".encode("gbk")
    with scripted(EHLO=b"250-mail\r\n250 AUTH LOGIN PLAIN\r\n", AUTH=b"535 " + said + b"\r\n") as (_, way):
        handed = give(Server(way.host, way.port, "none", "clerk", "code", timeout=10))
        assert "535 请使用授权码登录" in handed.error.zh and "设置" in handed.error.zh
    assert decoded("邮箱不存在".encode()) == decoded("邮箱不存在".encode("gb18030")) == "邮箱不存在"
    assert decoded(b"bad \xff\xfe\x80") == "bad \\xff\\xfe\\x80"


def test_a_chinese_computer_name_does_not_matter(monkeypatch):
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "档案室的电脑")
    monkeypatch.setattr(socket, "gethostname", lambda: "档案室的电脑")
    with scripted(DATA=b"354 go on\r\n") as (server, way):
        assert give(way).state == "sent"
        assert server.said[0] == b"ehlo localhost\r\n"


def test_an_old_server_that_knows_no_ehlo_is_greeted_with_helo():
    with scripted(EHLO=b"502 what\r\n", DATA=b"354 go on\r\n") as (server, way):
        assert give(way).state == "sent" and server.said[1] == b"helo localhost\r\n"


def test_lines_that_begin_with_a_dot_arrive_whole():
    text = b"Subject: x\r\n\r\n.\r\n..\r\n.end\r\n"
    keeper = Keeper()
    with office(keeper) as server:
        assert give(server, whole=text, reduced=None).state == "sent"
    assert keeper.letters[0][2] == text


def test_a_password_outside_ascii_is_told():
    with scripted(EHLO=b"250-mail\r\n250 AUTH LOGIN PLAIN\r\n") as (_, way):
        handed = give(Server(way.host, way.port, "none", "clerk", "密码", timeout=10))
        assert handed.state == "failed" and not handed.again and "密码" not in handed.error.zh


def test_an_address_of_a_recipient_does_not_stand_in_what_is_told():
    with scripted(RCPT=b"550 <manager@example.test>: no such user\r\n") as (_, way):
        handed = give(way)
        assert "manager@" not in handed.error.zh and "***" in handed.error.zh
