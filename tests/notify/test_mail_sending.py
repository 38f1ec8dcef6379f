from __future__ import annotations

import base64
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from mail_servers import (
    DROP,
    HANG,
    PASSWORD,
    USER,
    Certificates,
    certificates,
    mail_server,
    scripted,
)
from notify_events import CARDS, message_of
from stopwatch import within

from statusgen.model import ChannelOptions, EventKind, MailChannel
from statusgen.notify.sender import Guarantee, Post, RefusedError, UncertainError
from statusgen.notify.senders.mail import MailSender
from statusgen.notify.subscribers.unsubscribe_links import Unsubscribe

READER = "reader@customer.example"
LIST = "list@lists.example"


def channel(port: int, security: str = "none", timeout: float = 5) -> MailChannel:
    return MailChannel(
        "mail",
        "localhost",
        "Acme Status <status@acme.example>",
        ChannelOptions(timeout=timeout),
        port=port,
        security=security,
        to=(LIST,),
        subscribers=True,
    )


def post(recipient: str = READER, key: str = "0123456789abcdef" * 4) -> Post:
    return Post(key, recipient, message_of(CARDS, EventKind.OPENED))


EHLO = pytest.mark.parametrize("greeting", ["250 localhost", "250-localhost\r\n250 PIPELINING"])


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def trusted(known: Certificates, monkeypatch: pytest.MonkeyPatch) -> Certificates:
    monkeypatch.setenv("SSL_CERT_FILE", str(known.authority))
    return known


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_mail_goes_over_tls_with_a_password(security: str, trusted: Certificates) -> None:
    with mail_server(trusted.server, tls=security == "tls", asks=True) as inbox:
        sender = MailSender(channel(inbox.port, security), USER, PASSWORD)
        assert sender.guarantee is Guarantee.AT_LEAST_ONCE
        with sender.open():
            sender.send(post())
    (mail,) = inbox.mails
    assert (mail.sender, mail.recipients) == ("status@acme.example", [READER])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_knows_is_refused(security: str, known: Certificates) -> None:
    with mail_server(known.server, tls=security == "tls") as inbox:
        sender = MailSender(channel(inbox.port, security))
        with pytest.raises(RefusedError, match="certificate is not valid") as raised, sender.open():
            pass
    assert not raised.value.is_passing


def test_a_certificate_of_another_host_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certificates(tmp_path, "mail.evil.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
    with mail_server(other.server) as inbox:
        sender = MailSender(channel(inbox.port, "starttls"))
        with pytest.raises(RefusedError, match="certificate is not valid"), sender.open():
            pass


def test_nothing_is_sent_in_the_clear_where_tls_is_asked_for() -> None:
    with scripted({"EHLO": ["250 localhost"]}) as script:
        sender = MailSender(channel(script.port, "starttls"), USER, PASSWORD)
        with pytest.raises(RefusedError, match="STARTTLS"), sender.open():
            pass
    assert not any(line.startswith(("AUTH", "MAIL")) for line in script.heard)


def test_a_password_never_goes_over_a_network_without_tls() -> None:
    remote = MailChannel("mail", "smtp.acme.example", "status@acme.example", security="none")
    with pytest.raises(RefusedError, match="anybody can read"), MailSender(remote, "u", "p").open():
        pass


def test_a_wrong_password_is_told_without_it(trusted: Certificates) -> None:
    with mail_server(trusted.server, asks=True) as inbox:
        sender = MailSender(channel(inbox.port, "starttls"), USER, "not the password")
        with pytest.raises(RefusedError, match="535") as raised, sender.open():
            pass
    assert "not the password" not in raised.value.reason
    assert not raised.value.is_passing


def test_a_mail_waits_where_the_server_lets_us_in_no_more() -> None:
    greeting = "250-localhost\r\n250 AUTH PLAIN"
    script = {"FROM": [DROP], "EHLO": [greeting], "AUTH": ["235 yes", "535 no"]}
    with scripted(script) as server:
        sender = MailSender(channel(server.port), USER, PASSWORD)
        with sender.open(), pytest.raises(RefusedError, match="535") as raised:
            sender.send(post())
    assert raised.value.is_passing


def test_what_a_server_repeats_of_secrets_and_addresses_is_hidden() -> None:
    both = base64.b64encode(f"\0{USER}\0{PASSWORD}".encode()).decode()
    said = f"550 no <{READER}>, {USER} {PASSWORD} {both}"
    with scripted({"RCPT": [said], "EHLO": ["250-localhost\r\n250 AUTH PLAIN"]}) as script:
        script.answers["AUTH"] = ["235 ok"]
        sender = MailSender(channel(script.port), USER, PASSWORD)
        with sender.open(), pytest.raises(RefusedError) as raised:
            sender.send(post())
    assert raised.value.reason == "the server did not take the recipient: 550 no <***>, *** *** ***"
    assert raised.value.__context__ is None


def test_no_part_by_which_a_subscriber_is_known_is_repeated() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    exits = Unsubscribe(f"https://acme.example/leave?token={letters}", "")
    local, _, domain = READER.partition("@")
    said = f"550 {local} unknown: {local}%40{domain}, {local}={domain}@acme.example, see {letters}"
    with scripted({"RCPT": [said]}) as script:
        sender = MailSender(channel(script.port), unsubscribe_of=lambda address: exits)
        with sender.open(), pytest.raises(RefusedError) as raised:
            sender.send(post())
    assert raised.value.reason.endswith(": 550 *** unknown: ***, ***, see ***")


@pytest.mark.parametrize(
    ("command", "answer", "is_passing"),
    [
        ("FROM", "451 try later", True),
        ("FROM", "550 not you", False),
        ("RCPT", "450 mailbox busy", True),
        ("RCPT", "452 too many", True),
        ("RCPT", "550 no such user", False),
        ("RCPT", "553 what", False),
        ("DATA", "451 not now", True),
        ("DATA", "554 no", False),
        ("MAIL", "452 full", True),
        ("MAIL", "552 too big", False),
        ("MAIL", "554 spam", False),
    ],
)
@EHLO
def test_a_refusal_is_passing_or_lasting_as_its_number_says(
    command: str, answer: str, greeting: str, *, is_passing: bool
) -> None:
    usual = "354 go on" if command == "DATA" else "250 OK"
    with scripted({command: [answer, usual], "EHLO": [greeting]}) as script:
        sender = MailSender(channel(script.port))
        with sender.open():
            with pytest.raises(RefusedError, match=answer) as raised:
                sender.send(post())
            sender.send(post(LIST))
    assert raised.value.is_passing is is_passing
    assert "rset" in script.heard
    assert [one for one in script.heard if one.startswith("RCPT TO")][-1] == f"RCPT TO:<{LIST}>"


@pytest.mark.parametrize("command", ["FROM", "RCPT", "DATA"])
@pytest.mark.parametrize("end", [DROP, "421 enough for today"])
@EHLO
def test_a_connection_that_ends_before_the_mail_is_made_again(
    command: str, end: str, greeting: str
) -> None:
    usual = "354 go on" if command == "DATA" else "250 OK"
    with scripted({command: [end, usual], "EHLO": [greeting]}) as script:
        sender = MailSender(channel(script.port))
        with sender.open():
            sender.send(post())
    assert sum(line.startswith("ehlo") for line in script.heard) == 2


def test_a_server_that_always_hangs_up_refuses_for_now() -> None:
    with scripted({"RCPT": [DROP]}) as script:
        sender = MailSender(channel(script.port))
        with sender.open(), pytest.raises(RefusedError) as raised:
            sender.send(post())
    assert raised.value.is_passing


@pytest.mark.parametrize("end", [DROP, "what?"])
def test_a_connection_lost_after_the_end_of_the_mail_is_uncertain_and_the_next_mail_goes(
    end: str,
) -> None:
    with scripted({"MAIL": [end, "250 OK"]}) as script:
        sender = MailSender(channel(script.port))
        with sender.open():
            with pytest.raises(UncertainError, match="did not say that it took the mail"):
                sender.send(post())
            sender.send(post())
    first, second = (one for one in script.heard if "Subject:" in one)
    assert first == second


@pytest.mark.parametrize(("command", "error"), [("RCPT", RefusedError), ("MAIL", UncertainError)])
def test_a_server_that_does_not_answer_is_waited_for_no_longer_than_the_timeout(
    command: str, error: type[Exception]
) -> None:
    with scripted({command: [HANG]}) as script:
        sender = MailSender(channel(script.port, timeout=0.3))
        began = time.monotonic()
        with sender.open(), pytest.raises(error, match="no answer in time"):
            sender.send(post())
        assert time.monotonic() - began < 5


def test_no_server_at_all_is_passing() -> None:
    with scripted() as script:
        pass
    sender = MailSender(channel(script.port))
    with pytest.raises(RefusedError) as raised, sender.open():
        pass
    assert raised.value.is_passing


def test_a_subscriber_finds_a_way_out_and_a_list_keeps_its_own() -> None:
    way = Unsubscribe("https://acme.example/out?t=abc", "mailto:out@acme.example?subject=abc")
    with mail_server() as inbox:
        sender = MailSender(channel(inbox.port), unsubscribe_of=lambda _: way)
        with sender.open():
            sender.send(post(READER))
            sender.send(post(LIST))
    reader, listed = (message_from_bytes(one.raw, policy=default) for one in inbox.mails)
    assert reader["List-Unsubscribe"] == f"<{way.link}>, <{way.mail}>"
    assert reader["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "https://acme.example/out?t=abc" in reader.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert listed["List-Unsubscribe"] is None


def test_an_address_that_is_none_is_refused_for_good() -> None:
    with scripted() as script:
        sender = MailSender(channel(script.port))
        with sender.open(), pytest.raises(RefusedError) as raised:
            sender.send(post("nobody"))
    assert not raised.value.is_passing


def test_letters_beyond_ascii_in_an_address_need_a_server_that_knows_them() -> None:
    with mail_server() as inbox:
        sender = MailSender(channel(inbox.port))
        with sender.open():
            sender.send(post("jörg@müller.example"))
    assert inbox.mails[0].recipients == ["jörg@xn--mller-kva.example"]
    with scripted() as script:
        sender = MailSender(channel(script.port))
        with sender.open(), pytest.raises(RefusedError, match="beyond ASCII"):
            sender.send(post("jörg@müller.example"))


def test_a_preview_shows_the_mail_and_no_subscriber() -> None:
    way = Unsubscribe("https://acme.example/out?t=abc")
    sender = MailSender(channel(1), unsubscribe_of=lambda _: way)
    preview = sender.preview(post(READER))
    assert "Subject: [Acme] Investigating: Card payments fail for some customers" in preview
    assert "Some customers see an error when they pay by card." in preview
    assert READER not in preview
    assert "\r" not in preview
    assert LIST in sender.preview(post(LIST))


def test_fifty_mails_take_less_than_a_second_of_work() -> None:
    message = message_of(CARDS, EventKind.OPENED)
    with mail_server() as inbox:
        sender = MailSender(
            channel(inbox.port), unsubscribe_of=lambda one: Unsubscribe(f"https://a.example/{one}")
        )
        with within(1), sender.open():
            for number in range(50):
                sender.send(Post(f"{number:064}", f"reader{number}@customer.example", message))
    assert len({one.recipients[0] for one in inbox.mails}) == 50
