"""One way through Debian's exim4 (STARTTLS, login, size limit, refusals in GBK), as inetd would start it; skipped where it is not installed."""

import email
import email.policy
import os
import shutil
import socketserver
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from letters import envelope, letter

from ownerbook.mail.letter import Attachment, render
from ownerbook.mail.smtp import Server, hand_over

EXIM = shutil.which("exim4", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = [
    pytest.mark.skipif(EXIM is None, reason="exim4 is not installed (apt install exim4-daemon-light)"),
    pytest.mark.skipif(getattr(os, "geteuid", lambda: 1)() != 0, reason="exim delivers as another user, which only root may ask for"),
]
CONFIGURATION = r"""
spool_directory = @/spool
log_file_path = @/log/%slog
primary_hostname = mail.example.test
tls_advertise_hosts = *
tls_certificate = @/server.pem
auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
message_size_limit = 100K
acl_smtp_rcpt = rcpt
host_lookup =
rfc1413_query_timeout = 0s
begin acl
rcpt:
  deny local_parts = nobody
       message = \xd3\xca\xcf\xe4\xb2\xbb\xb4\xe6\xd4\xda
  defer local_parts = later
  accept authenticated = *
  deny
begin routers
all:
  driver = accept
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = @/mail
  maildir_format
  user = Debian-exim
  group = Debian-exim
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${if and{{eq{$auth2}{clerk}}{eq{$auth3}{code-1234}}}}
  server_set_id = $auth2
"""


class _Inetd(socketserver.BaseRequestHandler):
    def handle(self):
        subprocess.run([EXIM, "-C", self.server.conf, "-bs", "-odi"], stdin=self.request, stdout=self.request, stderr=subprocess.DEVNULL, check=False)


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    block_on_close = True


@pytest.fixture
def exim(tmp_path):
    """The folder of delivered letters, and how to reach the server. Its own folder is not that of the test, which exim's user may not enter."""
    folder = Path(tempfile.mkdtemp(prefix="ownerbook-exim-"))
    folder.chmod(0o755)
    for name in ("spool", "log", "mail"):
        (folder / name).mkdir()
        shutil.chown(folder / name, "Debian-exim", "Debian-exim")
    import trustme

    ca = trustme.CA()
    ca.cert_pem.write_to_path(tmp_path / "ca.pem")
    ca.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    shutil.chown(folder / "server.pem", "Debian-exim", "Debian-exim")
    conf = folder / "exim.conf"
    conf.write_text(CONFIGURATION.replace("@", str(folder)), "ascii")
    with _Threads(("127.0.0.1", 0), _Inetd) as server:
        server.conf = str(conf)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield (
                folder / "mail" / "new",
                Server("localhost", server.server_address[1], "starttls", "clerk", "code-1234", timeout=20, ca_file=tmp_path / "ca.pem"),
            )
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            shutil.rmtree(folder)


def test_a_letter_goes_through_exim_whole_and_reduced_and_is_refused_in_words(exim):
    new, server = exim

    def give(to, attachment):
        told = letter(attachment=attachment)
        whole, reduced = render(told, envelope(recipient=to)), render(told, envelope(recipient=to), reduced=True)
        return hand_over(server, "clerk@example.test", to, whole, reduced, lambda: True)

    small, large = letter().attachment, Attachment("月报.xlsx", os.urandom(90_000), True)
    assert [give("manager@example.test", a).reduced for a in (small, large)] == [False, True]
    nobody, later = give("nobody@example.test", small), give("later@example.test", small)
    assert "550 邮箱不存在" in nobody.error.zh and not nobody.again and later.again
    server_with_another = Server(server.host, server.port, "starttls", "clerk", "wrong", timeout=20, ca_file=server.ca_file)
    refused = hand_over(server_with_another, "clerk@example.test", "manager@example.test", b"x\r\n", None, lambda: True)
    assert "授权码" in refused.error.zh and not refused.again
    arrived = [
        email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in sorted(new.iterdir(), key=lambda p: p.stat().st_mtime_ns)
    ]
    assert [str(m["subject"]) for m in arrived] == [letter().subject] * 2
    sheets = [[p for p in m.walk() if p.get_content_disposition() == "attachment"] for m in arrived]
    assert [len(s) for s in sheets] == [1, 0] and sheets[0][0].get_content() == small.data
    assert sheets[0][0].get_filename() == small.name
