"""Sends mail by SMTP: one connection for many mails, and again where one is lost.

A mail counts as sent when the server has taken the point that ends it. A connection that is lost
between that point and the answer is the one moment in which nobody can tell; the mail is then sent
once more, with the same Message-ID.
"""

from __future__ import annotations

import base64
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from statusgen.model import MailChannel
from statusgen.notify.forms.mail import Envelope, address_of, mail_of
from statusgen.notify.redaction import Redaction
from statusgen.notify.sender import (
    LONGEST_ANSWER,
    Guarantee,
    Post,
    RefusedError,
    UncertainError,
)
from statusgen.notify.subscribers.unsubscribe_links import NO_UNSUBSCRIBE, TOKEN, Unsubscribe

_READY = 354
_BYE = 421
_LASTING = 500
_LOCAL = ("localhost", "127.0.0.1", "::1")
_NONSENSE = -1
_ENDINGS = b"\r\n"
_POINT = b".\r\n"
_SOMEBODY = "somebody@example.com"


class MailSender:
    """A mail server that is ready for a channel.

    `unsubscribe_of` tells how the owner of an address unsubscribes. Addresses of the channel itself
    are mailing lists, which have their own way.
    """

    def __init__(
        self,
        channel: MailChannel,
        user: str = "",
        password: str = "",
        unsubscribe_of: Callable[[str], Unsubscribe] = lambda _: NO_UNSUBSCRIBE,
    ) -> None:
        self._channel = channel
        self._user = user
        self._password = password
        self._unsubscribe_of = unsubscribe_of
        self._seconds = min(channel.options.timeout, LONGEST_ANSWER)
        both = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        self._secrets = (user, password, both)
        self._redacted = Redaction(self._secrets)
        self._server: smtplib.SMTP | None = None

    @property
    def guarantee(self) -> Guarantee:
        return Guarantee.AT_LEAST_ONCE

    def preview(self, post: Post) -> str:
        """Return the mail as readers see it, and its HTML; of subscribers, nobody in particular."""
        from email import message_from_bytes  # noqa: PLC0415 (only who looks pays for it)
        from email.policy import default  # noqa: PLC0415 (as above)

        is_listed = post.recipient in self._channel.to
        shown = post if is_listed else post._replace(recipient=_SOMEBODY)
        mail = message_from_bytes(self._written(shown), policy=default)
        headers = "\n".join(f"{name}: {value}" for name, value in mail.items())
        parts = [part.get_content().rstrip() for part in mail.walk() if not part.is_multipart()]
        return "\n\n".join([headers, *parts]).replace("\r\n", "\n")

    @contextmanager
    def open(self) -> Iterator[None]:
        """Hold one connection.

        Raises:
            RefusedError: There is none, or the server does not let us in; it is lasting where only
                somebody can help.

        """
        self._server = self._connect()
        try:
            yield
        finally:
            server = self._server
            if server is not None:
                with suppress(OSError, smtplib.SMTPException):
                    server.quit()
            self._drop()

    def send(self, post: Post) -> None:
        """Deliver one mail.

        Raises:
            RefusedError: The server has not taken it.
            UncertainError: The connection was lost after its end.

        """
        try:
            mail = self._written(post)
        except ValueError:
            reason = "the sender or the recipient is no mail address"
            raise RefusedError(reason, is_passing=False) from None
        self._redacted = Redaction([*self._secrets, *self._traces_of(post.recipient)])
        # A server may end a connection whenever it has enough of it: then a new one is tried.
        for is_last in (self._server is None, True):
            try:
                self._hand_over(mail, post.recipient)
            except _LostError as error:
                self._drop()
                if is_last:
                    raise RefusedError(self._redacted(str(error)), is_passing=True) from None
            else:
                return

    def _written(self, post: Post) -> bytes:
        channel = self._channel
        is_listed = post.recipient in channel.to
        envelope = Envelope(
            key=post.key,
            recipient=post.recipient,
            sender=channel.sender,
            channel=channel.name,
            reply_to=channel.reply_to,
            unsubscribe=NO_UNSUBSCRIBE if is_listed else self._unsubscribe_of(post.recipient),
        )
        return mail_of(post.message, envelope)

    def _traces_of(self, recipient: str) -> Iterator[str]:
        """Yield by what a subscriber can be known, of which a server may repeat any part."""
        if recipient not in self._channel.to:
            local, _, domain = recipient.rpartition("@")
            yield from (recipient, f"{local}={domain}", local)
            yield from TOKEN.findall("\n".join(self._unsubscribe_of(recipient)))

    # ── the connection ────────────────────────────────────────────────────────────────────────

    def _connect(self) -> smtplib.SMTP:
        channel = self._channel
        is_local = channel.server in _LOCAL
        if channel.security == "none" and self._password and not is_local:
            reason = "a password is not sent over a connection that anybody can read"
            raise RefusedError(reason, is_passing=False)
        server: smtplib.SMTP | None = None
        try:
            name = address_of(channel.sender).domain
            if channel.security == "tls":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(
                    channel.server, channel.port, name, timeout=self._seconds, context=context
                )
            else:
                server = smtplib.SMTP(channel.server, channel.port, name, timeout=self._seconds)
            if channel.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if server.sock is not None:
                server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._user or self._password:
                server.login(self._user, self._password)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if server is not None:
                server.close()
            reason = self._redacted(f"{channel.server}: {_reason(error)}")
            raise RefusedError(reason, is_passing=not isinstance(error, _LASTING_ERRORS)) from None
        return server

    def _connect_again(self) -> smtplib.SMTP:
        """Return a new connection; that there is none says nothing of the mail, which can wait."""
        try:
            return self._connect()
        except RefusedError as error:
            raise RefusedError(error.reason, is_passing=True) from None

    def _drop(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.close()

    # ── one mail ──────────────────────────────────────────────────────────────────────────────

    def _hand_over(self, mail: bytes, recipient: str) -> None:
        """Say who it is from and for, and then all of it up to the point that ends it.

        The point goes by itself, so that it is known what was lost before it.
        """
        server = self._server = self._server or self._connect_again()
        try:
            server.ehlo_or_helo_if_needed()
            answers = _answers(server, self._commands(server, recipient))
            for answer, what in zip(answers, ("the sender", "the recipient", "mail"), strict=False):
                self._expect(server, answer, what)
            server.send(_escaped(mail))
        except (OSError, smtplib.SMTPException) as error:
            reason = f"{self._channel.server}: {_reason(error)}"
            if _is_late(error):
                self._drop()
                raise RefusedError(self._redacted(reason), is_passing=True) from None
            raise _LostError(reason) from None
        try:
            server.send(_POINT)
            answer = server.getreply()
            if answer[0] == _NONSENSE:
                raise smtplib.SMTPServerDisconnected("its answer makes no sense")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            reason = f"{self._channel.server} did not say that it took the mail: {_reason(error)}"
            raise UncertainError(self._redacted(reason)) from None
        self._expect(server, answer, "the mail")

    def _commands(self, server: smtplib.SMTP, recipient: str) -> tuple[str, str, str]:
        """Return what is said before a mail."""
        sender, receiver = address_of(self._channel.sender), address_of(recipient)
        options = ""
        if not (sender.addr_spec + receiver.addr_spec).isascii():
            if not server.has_extn("smtputf8"):
                reason = "the mail server takes no addresses with letters beyond ASCII"
                raise RefusedError(reason, is_passing=False)
            server.command_encoding = "utf-8"
            options = " SMTPUTF8 BODY=8BITMIME"
        return f"MAIL FROM:<{sender.addr_spec}>{options}", f"RCPT TO:<{receiver.addr_spec}>", "DATA"

    def _expect(self, server: smtplib.SMTP, answer: _Answer, what: str) -> None:
        """Go on where the server says yes; else forget the mail and say why."""
        found, said = answer
        if _is_yes(answer):
            return
        reason = f"the server did not take {what}: {found} {said.decode(errors='replace')}"
        if found in {_BYE, _NONSENSE}:
            raise _LostError(reason)
        with suppress(OSError, smtplib.SMTPException):
            server.rset()
        raise RefusedError(self._redacted(reason), is_passing=found < _LASTING)


_LASTING_ERRORS = (
    ssl.SSLCertVerificationError,
    smtplib.SMTPAuthenticationError,
    smtplib.SMTPNotSupportedError,
    ValueError,
)
"""What the next try does not change; a wrong password too often locks the account."""


class _LostError(Exception):
    """The connection is gone, and the mail is not there."""


_Answer = tuple[int, bytes]


def _answers(server: smtplib.SMTP, commands: Sequence[str]) -> list[_Answer]:
    """Return the answers to commands, up to the first that is no.

    Where the server lets us, all are said at once (RFC 2920): far away, that is twice as fast. It
    may then wait for a mail although it took nobody whom it could go to.
    """
    if not server.has_extn("pipelining"):
        answers = []
        for command in commands:
            answers.append(server.docmd(command))
            if not _is_yes(answers[-1]):
                break
        return answers
    server.send("".join(f"{command}\r\n" for command in commands))
    answers = [server.getreply() for _ in commands]
    if answers[-1][0] == _READY and not all(map(_is_yes, answers)):
        server.send(_POINT)
        server.getreply()
    return answers


def _is_yes(answer: _Answer) -> bool:
    return answer[0] == _READY or answer[0] // 100 == 2  # noqa: PLR2004 (all 2xx are yes)


def _escaped(mail: bytes) -> bytes:
    """Return a mail's lines as they travel: none of them is the point that would end it."""
    text = mail if mail.endswith(_ENDINGS) else mail + _ENDINGS
    text = text.replace(b"\r\n.", b"\r\n..")
    return b"." + text if text.startswith(b".") else text


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        text = said.decode(errors="replace") if isinstance(said, bytes) else said
        return f"{error.smtp_code} {text}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid: {error.verify_message}"
    if isinstance(error, UnicodeError):
        return "the name or the password has letters that the server cannot take"
    if _is_late(error):
        return "no answer in time"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text or type(error).__name__


def _is_late(error: BaseException) -> bool:
    """Tell whether a server took too long, which smtplib calls a lost connection."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
