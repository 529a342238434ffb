"""The outbox: each letter once, and what became of it known or said to be unknown."""

import subprocess
import sys
from datetime import timedelta

import pytest
from letters import NOW
from post_offices import Keeper, office, scripted

from ownerbook.mail.outbox import BACK_OFF, LEASE, LONGEST, Outbox
from ownerbook.mail.sending import is_dead, pass_over
from ownerbook.mail.smtp import Server
from ownerbook.mail.trouble import MailTrouble

TO = "manager@example.test"
LETTER = b"Subject: one\r\n\r\nwhole\r\n"


def queue(box, to=TO, period="2026-10", letter=LETTER, reduced=None, now=NOW):
    return box.queue("audit", period, to, "clerk@example.test", f"<audit.{period}@x>", letter, reduced, now)


def send(box, server, now=NOW, allow=lambda address: True):
    return pass_over(box, lambda: server, allow, now)


def test_a_month_and_a_recipient_make_one_letter_that_is_never_written_again(tmp_path):
    with Outbox(tmp_path) as box:
        first, is_new = queue(box)
        again, is_new_again = queue(box, letter=b"Subject: other\r\n\r\nmade again\r\n")
        assert (is_new, is_new_again, again.id) == (True, False, first.id)
        assert box.text_of(again) == LETTER
        assert len(list((tmp_path / "letters").iterdir())) == 1
        assert queue(box, to="second@example.test")[1] and queue(box, period="2026-11")[1]


def test_letters_and_outbox_are_private(tmp_path):
    with Outbox(tmp_path / "box") as box:
        item, _ = queue(box)
        assert item.path.stat().st_mode & 0o077 == 0 and (tmp_path / "box").stat().st_mode & 0o077 == 0
        assert (tmp_path / "box" / "outbox.sqlite3").stat().st_mode & 0o077 == 0


def test_what_is_sent_is_sent_once(tmp_path):
    keeper = Keeper()
    with Outbox(tmp_path) as box, office(keeper) as server:
        queue(box)
        queue(box, to="second@example.test")
        assert [i.state for i in send(box, server).sent] == ["sent", "sent"]
        assert not send(box, server, NOW + timedelta(days=30)).sent
    assert [rcpt for _, rcpt, _ in keeper.letters] == [(TO,), ("second@example.test",)]


def test_one_refused_recipient_keeps_no_other_from_theirs(tmp_path):
    keeper = Keeper(refuse={"gone@example.test": "550 no such user"})
    with Outbox(tmp_path) as box, office(keeper) as server:
        for to in (TO, "gone@example.test", "second@example.test"):
            queue(box, to=to)
        done = send(box, server)
        assert [i.recipient for i in done.sent] == [TO, "second@example.test"]
        assert [(i.recipient, i.needs_a_hand) for i in done.stopped] == [("gone@example.test", True)]
        assert not send(box, server, NOW + timedelta(days=1)).failed


def test_greylisting_is_waited_for_longer_and_longer(tmp_path):
    keeper = Keeper(refuse={TO: "451 come again"})
    with Outbox(tmp_path) as box, office(keeper) as server:
        queue(box)
        now = NOW
        for n, wait in enumerate((*BACK_OFF, BACK_OFF[-1]), 1):
            (item,) = send(box, server, now).waiting
            assert (item.attempt, item.again_at) == (n, now + wait)
            assert not send(box, server, now + wait - timedelta(seconds=1)).failed
            now += wait
        keeper.refuse.clear()
        assert send(box, server, now).sent and len(keeper.letters) == 1


def test_a_letter_is_given_up_after_a_week_and_alarms_from_the_sixth_failure_on(tmp_path):
    with Outbox(tmp_path) as box:
        queue(box)
        now, alarms = NOW, []
        nowhere = Server("127.0.0.1", 1, "none", timeout=2)
        while not (done := send(box, nowhere, now)).stopped:
            alarms.append(bool(done.alarming))
            now = done.waiting[0].again_at
        assert now - NOW >= LONGEST and alarms[:6] == [False] * 5 + [True] and done.alarming


def test_what_broke_off_without_an_answer_is_not_sent_again_by_itself(tmp_path):
    with Outbox(tmp_path) as box, scripted(DATA=b"354 go on\r\n", text=None) as (server, way):
        queue(box)
        (item,) = send(box, way).unknown
        assert not send(box, way, NOW + timedelta(days=9)).sent and len(server.letters) == 1
        box.resend(item.id, NOW)
        server.script["text"] = b"250 taken\r\n"
        assert send(box, way).sent and server.letters == [LETTER] * 2


def test_what_was_being_sent_when_its_sender_died_becomes_unknown(tmp_path):
    with Outbox(tmp_path) as box:
        queue(box)
        dead = box.claim("here:1:x", NOW)
        assert box.begin(dead, NOW)
        assert not box.settle(NOW) and box.claim("here:2:y", NOW + LEASE) is None
        assert [i.state for i in box.settle(NOW + LEASE)] == ["unknown"]
        assert box.claim("here:2:y", NOW + LEASE) is None


def test_what_was_only_claimed_when_its_sender_died_is_free_again(tmp_path):
    with Outbox(tmp_path) as box:
        queue(box)
        dead = box.claim("here:1:x", NOW)
        assert box.claim("here:2:y", NOW) is None
        assert box.settle(NOW, is_dead=lambda owner: owner == "here:1:x") == []
        again = box.claim("here:2:y", NOW)
        assert (again.id, again.attempt) == (dead.id, 2)
        assert not box.begin(dead, NOW) and not box.end(dead, "sent", NOW) and box.begin(again, NOW)


def test_a_slow_sender_that_was_taken_for_dead_may_still_say_what_became_of_it(tmp_path):
    with Outbox(tmp_path) as box:
        queue(box)
        slow = box.claim("here:1:x", NOW)
        assert box.begin(slow, NOW) and box.settle(NOW + LEASE)
        assert box.end(slow, "sent", NOW + LEASE) and box.get(slow.id).state == "sent"


def test_a_letter_that_was_changed_on_the_disk_is_not_sent(tmp_path):
    keeper = Keeper()
    with Outbox(tmp_path) as box, office(keeper) as server:
        item, _ = queue(box)
        item.path.write_bytes(LETTER.replace(b"whole", b"other"))
        assert send(box, server).stopped and not keeper.letters
        item.path.unlink()
        box.resend(item.id, NOW)
        assert send(box, server).stopped and not keeper.letters


def test_nobody_outside_the_allow_list_is_written_to_even_from_the_outbox(tmp_path):
    keeper = Keeper()
    with Outbox(tmp_path) as box, office(keeper) as server:
        queue(box)
        assert send(box, server, allow=lambda address: False).stopped and not keeper.letters


def test_a_sent_letter_goes_again_only_when_asked_twice(tmp_path):
    keeper = Keeper()
    with Outbox(tmp_path) as box, office(keeper) as server:
        item, _ = queue(box)
        send(box, server)
        with pytest.raises(MailTrouble):
            box.resend(item.id, NOW)
        assert box.resend(item.id, NOW, although_sent=True).by_hand
        assert send(box, server).sent and len(keeper.letters) == 2
        with pytest.raises(MailTrouble):
            box.resend(99, NOW)


def test_a_password_that_is_wrong_is_tried_once_a_pass_and_a_dead_server_waited_for_once(tmp_path):
    with Outbox(tmp_path) as box:
        queue(box)
        queue(box, to="second@example.test")
        with scripted(EHLO=b"250-mail\r\n250 AUTH PLAIN\r\n", AUTH=b"535 no\r\n") as (server, way):
            done = send(box, Server(way.host, way.port, "none", "clerk", "wrong", timeout=10))
            assert (len(done.stopped), sum(line.startswith(b"AUTH") for line in server.said)) == (1, 1)
        assert len(send(box, Server("127.0.0.1", 1, "none", timeout=2)).waiting) == 1
        assert [i.attempt for i in box.items()] == [1, 1]


def test_two_who_queue_the_same_letter_at_once_leave_one(tmp_path):
    class Blind(Outbox):
        """One whose look came before the other had written."""

        looked = False

        def find(self, *key):
            if not self.looked:
                self.looked = True
                return None
            return super().find(*key)

    with Outbox(tmp_path) as one, Blind(tmp_path) as two:
        assert queue(one)[1]
        item, is_new = queue(two, letter=b"Subject: other\r\n\r\n", reduced=b"x")
        assert not is_new and two.text_of(item) == LETTER and len(list((tmp_path / "letters").iterdir())) == 1


def test_a_letter_that_cannot_be_written_to_the_disk_is_not_queued(tmp_path):
    with Outbox(tmp_path) as box:
        (tmp_path / "letters").rmdir()
        (tmp_path / "letters").write_bytes(b"")
        with pytest.raises(MailTrouble, match="写不进"):
            queue(box)
        assert box.items() == []


def test_a_letter_that_somebody_has_seen_to_asks_for_no_hand_any_more(tmp_path):
    with Outbox(tmp_path) as box, scripted(DATA=b"354 go on\r\n", text=None) as (_, way):
        item, _ = queue(box)
        with pytest.raises(MailTrouble):
            box.lay_aside(item.id)
        send(box, way)
        box.lay_aside(item.id)
        assert (box.get(item.id).state, box.get(item.id).needs_a_hand) == ("unknown", False)
        assert box.claim("here:1:x", NOW + timedelta(days=1)) is None
        box.resend(item.id, NOW)
        send(box, way)
        assert box.get(item.id).needs_a_hand


def test_an_alert_about_a_letter_is_raised_once(tmp_path):
    with Outbox(tmp_path) as box:
        item, _ = queue(box)
        assert box.alert_once(item.id) and not box.alert_once(item.id)


def test_files_of_old_letters_go_and_that_they_were_sent_stays_known(tmp_path):
    with Outbox(tmp_path) as box, office(Keeper()) as server:
        item, _ = queue(box, reduced=LETTER)
        send(box, server)
        assert box.sweep(NOW + timedelta(days=9), timedelta(days=10)) == 0 and item.path.exists()
        assert box.sweep(NOW + timedelta(days=11), timedelta(days=10)) == 1 and not item.path.exists()
        assert not queue(box)[1]


def test_a_damaged_outbox_is_told_and_not_begun_anew(tmp_path):
    Outbox(tmp_path).close()
    (tmp_path / "outbox.sqlite3").write_bytes(b"this was a database once" * 400)
    with pytest.raises(MailTrouble, match="损坏"):
        Outbox(tmp_path)


SEND = """
import sys
from datetime import datetime
from pathlib import Path
from ownerbook.mail.outbox import Outbox
from ownerbook.mail.sending import pass_over
from ownerbook.mail.smtp import Server
sys.stdin.readline()
with Outbox(Path(sys.argv[1])) as box:
    done = pass_over(box, lambda: Server("127.0.0.1", int(sys.argv[2]), "none", timeout=20), lambda a: True, datetime.fromisoformat(sys.argv[3]))
print(len(done.sent))
"""


def start(box, server, now=NOW):
    return subprocess.Popen(
        [sys.executable, "-c", SEND, str(box), str(server.port), now.isoformat()], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_three_processes_at_once_send_each_letter_once(tmp_path):
    keeper = Keeper()
    with office(keeper) as server:
        with Outbox(tmp_path) as box:
            for n in range(12):
                queue(box, to=f"r{n}@example.test")
        running = [start(tmp_path, server) for _ in range(3)]
        for process in running:
            process.stdin.write("go\n")
            process.stdin.flush()
        sent = [int(p.communicate()[0]) for p in running]
    assert sum(sent) == 12
    assert sorted(rcpt[0] for _, rcpt, _ in keeper.letters) == sorted(f"r{n}@example.test" for n in range(12))


@pytest.mark.parametrize(("verb", "then"), [("RCPT", "queued"), ("text", "unknown")])
def test_killed_in_the_middle_a_letter_is_free_or_unknown_by_how_far_it_came(tmp_path, verb, then):
    held = {}

    def kill(line=b""):
        held["process"].kill()
        held["process"].wait()

    script = {"RCPT": kill, "DATA": b"354 go on\r\n"} if verb == "RCPT" else {"DATA": b"354 go on\r\n", "text": kill}
    with scripted(**script) as (server, way):
        with Outbox(tmp_path) as box:
            queue(box)
        held["process"] = start(tmp_path, way)
        held["process"].communicate("go\n")
        with Outbox(tmp_path) as box:
            (item,) = box.items()
            assert item.owner and is_dead(item.owner)
            server.script.update(RCPT=b"250 OK\r\n", text=b"250 taken\r\n")
            done = send(box, way)
            assert (len(done.sent), len(done.unknown)) == ((1, 0) if then == "queued" else (0, 1))
            assert [i.state for i in box.items()] == ["sent" if then == "queued" else "unknown"] and len(server.letters) == 1
