"""What a real Postfix takes, and delivers, is what was sent."""

from __future__ import annotations

import pytest
from golden_messages import READER, SENDER, WAY_OUT, golden_messages
from postfix import is_there, postfix

from statusgen.model import MailChannel
from statusgen.notify.sender import RefusedError
from statusgen.notify.senders.mail import MailSender

pytestmark = pytest.mark.skipif(not is_there(), reason="needs Postfix, and root to start it")


def test_postfix_delivers_each_mail_as_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    course = list(golden_messages())
    with postfix() as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
        channel = MailChannel("mail", "localhost", SENDER, port=server.port, subscribers=True)
        sender = MailSender(channel, unsubscribe_of=lambda _: WAY_OUT)
        with sender.open():
            for one in course:
                sender.send(one.post)
            with pytest.raises(RefusedError, match="Relay access denied") as raised:
                sender.send(course[0].post._replace(recipient="a@elsewhere.example"))
        delivered = server.mails(len(course))
    assert not raised.value.is_passing
    bodies = {mail.partition(b"\nFrom: Acme")[2] for mail in delivered}
    kept = {one.mail.read_bytes().replace(b"\r\n", b"\n") for one in course}
    assert bodies == {mail.partition(b"From: Acme")[2] for mail in kept}
    assert all(f"Delivered-To: {READER}".encode() in mail for mail in delivered)
