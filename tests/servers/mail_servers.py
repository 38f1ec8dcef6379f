"""Mail servers on this machine: a real one with TLS and passwords, and one that misbehaves."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from servers import free_port

USER, PASSWORD = "acme-status", "correct horse battery staple"


class Arrived(NamedTuple):
    """A mail as the server has it: who it says it is from and for, and its bytes."""

    sender: str
    recipients: list[str]
    raw: bytes


class Inbox:
    """What has arrived; `answers` are what the server says to recipients instead of yes."""

    def __init__(self) -> None:
        self.mails: list[Arrived] = []
        self.answers: dict[str, str] = {}
        self.port = free_port()

    async def handle_RCPT(  # noqa: N802 (as above)
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 (as above)
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        raw = envelope.content
        assert isinstance(raw, bytes)
        self.mails.append(Arrived(envelope.mail_from or "", list(envelope.rcpt_tos), raw))
        return "250 OK"


class Certificates(NamedTuple):
    """A server's certificate, and the file with who has issued it."""

    server: ssl.SSLContext
    authority: Path


def certificates(folder: Path, host: str = "localhost") -> Certificates:
    """Return a certificate for a host."""
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(server)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    return Certificates(server, folder / "ca.pem")


@contextmanager
def mail_server(
    context: ssl.SSLContext | None = None, *, tls: bool = False, asks: bool = False
) -> Iterator[Inbox]:
    """Run a server: with a certificate it wants STARTTLS, or `tls` from the start.

    Where it `asks`, it takes mail from USER with PASSWORD only.
    """
    inbox = Inbox()

    def authenticate(*arguments: object) -> AuthResult:
        given = arguments[-1]
        assert isinstance(given, LoginPassword)
        is_right = given == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=is_right, handled=False)

    settings: dict[str, Any] = {}
    if asks:
        # aiosmtpd does not see that a connection has been encrypted from its start
        settings |= {"authenticator": authenticate, "auth_required": True}
        settings |= {"auth_require_tls": not tls}
    if context is not None and not tls:
        settings |= {"tls_context": context, "require_starttls": True}
    controller = Controller(
        inbox,
        hostname="127.0.0.1",
        port=inbox.port,
        ssl_context=context if tls else None,
        enable_SMTPUTF8=True,
        **settings,
    )
    controller.start()
    try:
        yield inbox
    finally:
        controller.stop()


DROP, HANG = "drop", "hang"


class Script:
    """What a server says to each command, or does: DROP or HANG; the last answer is for ever.

    `MAIL` ends with the point; `heard` are the commands, a mail is one of them.
    """

    def __init__(self, answers: Mapping[str, list[str]]) -> None:
        self.answers = {command: list(said) for command, said in answers.items()}
        self.heard: list[str] = []
        self.port = 0
        self.is_over = threading.Event()

    def answer(self, command: str) -> str:
        said = self.answers.get(command, [_USUAL.get(command, "250 OK")])
        return said.pop(0) if len(said) > 1 else said[0]


_USUAL = {"HELLO": "220 ready", "DATA": "354 go on", "QUIT": "221 bye"}


@contextmanager
def scripted(answers: Mapping[str, list[str]] | None = None) -> Iterator[Script]:
    """Run a server that follows a script, one connection after the other."""
    script = Script(answers or {})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        script.port = listener.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(listener, script), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            script.is_over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def _serve(listener: socket.socket, script: Script) -> None:
    while not script.is_over.is_set():
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as lines:
            _talk(connection, lines.readline, script)


def _talk(connection: socket.socket, readline: object, script: Script) -> None:
    assert callable(readline)
    command = "HELLO"
    while True:
        said = script.answer(command)
        if said == HANG:
            script.is_over.wait(10)
            return
        if said == DROP:
            return
        connection.sendall(f"{said}\r\n".encode())
        if command == "DATA" and said.startswith("354"):
            heard = []
            while (line := readline()) not in {b".\r\n", b""}:
                heard.append(line)
            script.heard.append(b"".join(heard).decode())
            command = "MAIL"
            continue
        line = readline()
        if not line:
            return
        script.heard.append(line.decode().rstrip())
        command = line.decode().split()[0].upper()
        command = "FROM" if command == "MAIL" else command
        if command == "QUIT":
            connection.sendall(b"221 bye\r\n")
            return
