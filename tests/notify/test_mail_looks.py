"""The HTML of a mail has the look of the pages: on a phone, in the dark, in each direction."""

from __future__ import annotations

import pytest
from acme_site import ROOT
from notify_events import CARDS, DATABASE, NOTICE, OFFICE, event_of, message_of
from playwright.sync_api import Browser

from statusgen.model import EventKind
from statusgen.notify.forms.mail import subject_of
from statusgen.notify.forms.mail_html import DARK, LIGHT, html_of, tone_of
from statusgen.site.look.tokens import colour_tokens


def test_the_colours_are_those_of_the_pages() -> None:
    style = (ROOT / "site-template" / "style.css").read_text("utf-8")
    light, dark = colour_tokens(style)
    assert {name: light[name] for name in LIGHT} == LIGHT
    assert {name: dark[name] for name in DARK} == DARK


@pytest.mark.parametrize(
    ("record", "kind", "tone"),
    [
        (CARDS, EventKind.OPENED, "critical"),
        (CARDS, EventKind.RESOLVED, "good"),
        (CARDS, EventKind.POSTMORTEM, "good"),
        (CARDS, EventKind.COMPONENT, "minor"),
        (DATABASE, EventKind.ANNOUNCED, "maintenance"),
        (DATABASE, EventKind.COMPLETED, "good"),
        (OFFICE, EventKind.CANCELLED, "unknown"),
        (NOTICE, EventKind.NOTICE, "unknown"),
    ],
)
def test_an_event_has_the_colour_of_how_bad_it_is(record: str, kind: EventKind, tone: str) -> None:
    assert event_of(record, kind).kind is kind
    assert tone_of(message_of(record, kind)) == tone


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_fits_a_narrow_phone_in_the_dark_and_fetches_nothing(
    language: str, browser: Browser
) -> None:
    message = message_of(CARDS, EventKind.POSTMORTEM, language)
    context = browser.new_context(viewport={"width": 320, "height": 600}, color_scheme="dark")
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.set_content(html_of(message, subject_of(message), "https://acme.example/out"))
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    ground, text = tab.evaluate(
        "[getComputedStyle(document.body).backgroundColor,"
        " getComputedStyle(document.querySelector('h1')).color]"
    )
    assert ground == "rgb(22, 22, 21)"
    assert text == "rgb(236, 232, 225)"
    side = "right" if language == "ar" else "left"
    assert tab.evaluate("getComputedStyle(document.querySelector('td.text')).textAlign") in {
        side,
        f"-webkit-{side}",
    }
    assert asked == []
    context.close()
