from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notify_events import CARDS, DATABASE, event_of, message_of, site_at

from statusgen.model import EventKind
from statusgen.notify.composing import compose
from statusgen.notify.forms.cutting import single_line
from statusgen.notify.forms.escaping import text_of
from statusgen.notify.forms.mail import Envelope, mail_of
from statusgen.notify.subscribers.unsubscribe_links import Unsubscribe

ENVELOPE = Envelope("0" * 64, "reader@customer.example", "Acme <status@acme.example>", "mail")
MESSAGE = message_of(CARDS, EventKind.OPENED)


def parsed(raw: bytes) -> EmailMessage:
    mail = message_from_bytes(raw, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def header(name: str, envelope: Envelope = ENVELOPE, **fields: str) -> str:
    return str(parsed(mail_of(replace(MESSAGE, **fields), envelope))[name])  # type: ignore[arg-type]


def test_the_same_post_is_the_same_mail() -> None:
    assert mail_of(MESSAGE, ENVELOPE) == mail_of(message_of(CARDS, EventKind.OPENED), ENVELOPE)


def test_each_post_has_an_id_of_its_own_at_the_sender_s_host() -> None:
    first = header("Message-ID")
    assert first == header("Message-ID", ENVELOPE._replace(recipient="other@customer.example"))
    assert first != header("Message-ID", ENVELOPE._replace(key="1" * 64))
    assert first.endswith("@acme.example>")


def test_all_that_is_told_of_an_incident_hangs_together_in_every_language() -> None:
    threads = {
        parsed(mail_of(message_of(CARDS, kind, language), ENVELOPE))[name]
        for kind in (EventKind.OPENED, EventKind.UPDATE, EventKind.RESOLVED, EventKind.POSTMORTEM)
        for language in ("en", "de")
        for name in ("In-Reply-To", "References")
    }
    other = parsed(mail_of(message_of(DATABASE, EventKind.ANNOUNCED), ENVELOPE))["References"]
    assert len(threads) == 1
    assert other not in threads


def test_the_date_is_that_of_the_event() -> None:
    assert header("Date") == "Sat, 21 Nov 2026 10:05:00 +0000"


def test_a_name_may_hold_anything() -> None:
    written = 'A, "b" <c> Ü\r\nBcc: x@y.example <status@acme.example>'
    mail = parsed(mail_of(MESSAGE, ENVELOPE._replace(sender=written)))
    (sender,) = mail["From"].addresses
    assert sender.addr_spec == "status@acme.example"
    assert sender.display_name == 'A, "b" <c> Ü Bcc: x@y.example'
    assert mail["Bcc"] is None


@pytest.mark.parametrize("address", ["", "nobody", "a@", "@b", "a b@c.example", "x@" + "ü" * 80])
def test_what_is_no_address_gets_no_mail(address: str) -> None:
    with pytest.raises(ValueError, match="no mail address"):
        mail_of(MESSAGE, ENVELOPE._replace(recipient=address))


def test_answers_go_where_the_channel_says() -> None:
    assert header("Reply-To") == "None"
    assert (
        header("Reply-To", ENVELOPE._replace(reply_to="help@acme.example")) == "help@acme.example"
    )


def test_one_click_is_offered_where_the_link_is_safe_from_others() -> None:
    way = Unsubscribe("https://acme.example/out?t=a")
    assert header("List-Unsubscribe-Post", ENVELOPE._replace(unsubscribe=way)) == (
        "List-Unsubscribe=One-Click"
    )
    plain = Unsubscribe("http://acme.example/out", "mailto:out@acme.example")
    assert header("List-Unsubscribe-Post", ENVELOPE._replace(unsubscribe=plain)) == "None"


def test_a_link_cannot_end_its_header() -> None:
    way = Unsubscribe("https://acme.example/out?<x>\r\nBcc: evil@evil.example")
    mail = parsed(mail_of(MESSAGE, ENVELOPE._replace(unsubscribe=way)))
    assert mail["Bcc"] is None
    assert mail["List-Unsubscribe"].startswith("<https://acme.example/out?%3Cx%3E%0D%0ABcc:")


def test_an_exercise_says_so_before_everything_else() -> None:
    event = event_of(CARDS, EventKind.OPENED)
    mail = parsed(mail_of(compose(site_at(event.at), event, "DRILL"), ENVELOPE))
    assert mail["Subject"].startswith("DRILL [Acme] Investigating: ")
    plain, html = (part.get_content() for part in mail.iter_parts())
    assert plain.startswith("DRILL\r\n")
    assert html.index(">DRILL</p>") < html.index("Acme</bdi>")


def test_a_subject_in_a_language_that_runs_to_the_left_begins_so() -> None:
    mail = parsed(mail_of(message_of(CARDS, EventKind.OPENED, "ar"), ENVELOPE))
    assert mail["Subject"].startswith("\N{RIGHT-TO-LEFT MARK}[أكمي] ")


@given(st.text(max_size=250))
def test_any_title_arrives_as_the_line_that_it_is(text: str) -> None:
    title = text.encode("utf-8", "replace").decode()
    raw = mail_of(replace(MESSAGE, headline=title), ENVELOPE)
    head = raw.partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    assert head.isascii()
    subject = str(parsed(raw)["Subject"])
    assert subject.split() == single_line(f"[Acme] {title}").split()


@given(st.text(alphabet=st.sampled_from(". \n\ra=?é語😀-_<"), max_size=120))
def test_any_text_arrives_in_the_plain_part(text: str) -> None:
    raw = mail_of(replace(MESSAGE, plain=text, headline="x"), ENVELOPE)
    plain, _ = parsed(raw).iter_parts()
    arrived = plain.get_content().replace("\r\n", "\n")
    assert arrived.startswith(f"x\n\n{written}\n\n" if (written := text_of(text)) else "x\n\nMajor")
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
