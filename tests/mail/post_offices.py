"""Mail servers on loopback, in threads of the test: aiosmtpd with TLS and login, and one that answers as it is told, byte for byte."""

import email
import email.policy
import socket
import socketserver
import ssl
import threading
import warnings
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from ownerbook.mail.smtp import Server


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Keeper:
    """Takes letters, and refuses as it is told: by recipient, or at the end of the text."""

    def __init__(self, refuse=(), data=()):
        self.letters, self.refuse, self.data, self.asked = [], dict(refuse), list(data), []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.asked.append(address)
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.data:
            return self.data.pop(0)
        self.letters.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        return "250 taken"

    def parsed(self, n=-1):
        return email.message_from_bytes(self.letters[n][2], policy=email.policy.default)


class _Controller(Controller):
    def __init__(self, handler, port, implicit, **options):
        self.options = options
        super().__init__(handler, hostname="127.0.0.1", port=port, ssl_context=implicit, ready_timeout=10)

    def factory(self):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it does not know that a login over implicit TLS is safe
            return SMTP(self.handler, **self.options)


def authority(folder):
    """A certificate authority of the test, and a server's side of TLS for localhost."""
    import trustme

    ca = trustme.CA()
    ca.cert_pem.write_to_path(folder / "ca.pem")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    return folder / "ca.pem", context


@contextmanager
def office(keeper, folder=None, security="none", login=None, limit=None):
    """A server at work. Gives how to reach it. login: (user, password) that it wants."""
    port, ca, context = free_port(), None, None
    if security != "none":
        ca, context = authority(folder)

    def authenticator(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login.decode(), data.password.decode()) == login, handled=False)

    options = {"data_size_limit": limit, "hostname": "mail.example.test"}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if login:
        options |= {"authenticator": authenticator, "auth_required": True, "auth_require_tls": security == "starttls"}
    controller = _Controller(keeper, port, context if security == "tls" else None, **options)
    controller.start()
    user, password = login or ("", "")
    try:
        yield Server("localhost" if ca else "127.0.0.1", port, security, user, password, timeout=10, ca_file=ca)
    finally:
        controller.stop()


class _Scripted(socketserver.StreamRequestHandler):
    def handle(self):
        script, said = self.server.script, self.server.said
        self.wfile.write(script.get("connect", b"220 mail.example.test\r\n"))
        for line in self.rfile:
            verb = line.split()[0].upper().decode("ascii", "replace") if line.split() else ""
            said.append(line)
            answer = script.get(verb, b"250 OK\r\n")
            if callable(answer):
                answer = answer(line)
            if answer is None:
                return
            self.wfile.write(answer)
            if verb == "DATA" and answer.startswith(b"354"):
                body = b""
                if script.get("text", b"250 taken\r\n") is ...:
                    self.rfile.read(1000)
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                    return
                for text in self.rfile:
                    if text == b".\r\n":
                        break
                    body += text
                self.server.letters.append(body)
                after = script.get("text", b"250 taken\r\n")
                if callable(after):
                    after = after()
                if after is None:
                    return
                self.wfile.write(after)
            if verb == "QUIT":
                return


class _Threads(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that left."""


@contextmanager
def scripted(**script):
    """A server that answers each verb with the bytes it is told, or a function of the line; None closes the line. text: after the text of the letter; ... breaks off
    in the middle of it. Gives the server (letters, said) and how to reach it."""
    with _Threads(("127.0.0.1", 0), _Scripted) as server:
        server.script, server.letters, server.said = script, [], []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server, Server("127.0.0.1", server.server_address[1], "none", timeout=10)
        finally:
            server.shutdown()
            thread.join()
