"""Whatever is written, it arrives as text: real Apprise, raw requests at receivers here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

import cmarkgfm
import pytest
from chat_receiver import ELSEWHERE, FORMS, LOCAL, Receiver, bring_here, told
from cmarkgfm.cmark import Options
from hostile_texts import HOSTILE
from lxml import html
from sample_messages import LINK, message

from statusgen.model import AppriseChannel, ChannelOptions, Form
from statusgen.notify.forms.sms import segments_of
from statusgen.notify.forms.social import weight_on_mastodon, weight_on_x
from statusgen.notify.message import Fact
from statusgen.notify.sender import Post
from statusgen.notify.senders.apprise import AppriseSender

SERVICES = {name: one for name, one in (LOCAL | ELSEWHERE).items() if name != "teams"}
SHORT_LINK = LINK.partition("#")[0]
_MENTION = re.compile(
    r"@(everyone|here|channel|all|room|stream|topic|team)\b|<[!@#]|<users/|<at\b|(?<!\w)[@＠]\w",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    one = Receiver()
    yield one
    one.close()


def sender(name: str, receiver: Receiver) -> AppriseSender:
    form = FORMS.get(name, Form.CHAT)
    channel = AppriseChannel("here", "ADDRESS", ChannelOptions(timeout=20), form)
    return AppriseSender(channel, SERVICES[name].address.format(host=receiver.host))


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(HOSTILE)) >= 100


@pytest.mark.parametrize("name", SERVICES)
def test_hostile_titles_and_texts_arrive_as_harmless_text(
    name: str, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_here(monkeypatch, receiver)
    for hostile in HOSTILE:
        one = sender(name, receiver)  # another for each, since Apprise waits between two of one
        receiver.requests.clear()
        facts = (Fact("affected", "Affected", hostile),)
        with one.open():
            told_of = message(hostile, hostile, facts=facts, watermark="EXERCISE")
            one.send(Post("key", "", told_of))
        (request,) = told(receiver)
        text = SERVICES[name].text(request)
        assert_harmless(text)
        assert text.startswith("EXERCISE")
        _MARKUP.get(name, assert_plain)(text)


def assert_harmless(text: str) -> None:
    """Nobody is called, nothing turns or breaks lines, and the link leads where it should."""
    assert not _MENTION.search(text), text
    assert SHORT_LINK in text.splitlines()[-1], text
    for character in text:
        category = unicodedata.category(character)
        assert category != "Cs"
        assert category != "Cc" or character in "\n\r", text
        assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029"
    assert len(unescape(text)) <= 3500


def assert_plain(text: str) -> None:
    """Where text is shown as it is, the link stands alone in its line."""
    assert text.splitlines()[-1] == LINK


def assert_markdown(text: str) -> None:
    """GitHub's own renderer makes nothing of it but lines, one bold one, and plain addresses."""
    rendered = cmarkgfm.github_flavored_markdown_to_html(
        text, Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_HARDBREAKS
    )
    page = html.fragment_fromstring(rendered, create_parent=True)
    tags = [one.tag for one in page.iter()]
    assert set(tags) <= {"div", "p", "br", "strong", "a"}, (text, rendered)
    assert tags.count("strong") == 1, (text, rendered)
    links = [one.get("href") for one in page.iter("a")]
    assert links[-1] == LINK
    for link in page.iter("a"):
        shown = link.text_content().rpartition("//")[2]
        assert unquote(link.get("href", "")).endswith(unquote(shown)), (text, rendered)


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.found.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(f"/{tag}")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    def handle_pi(self, data: str) -> None:
        self.found.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(data)


def assert_html(text: str) -> None:
    """The one element is the headline's."""
    reader = _Elements()
    reader.feed(text)
    reader.close()
    assert reader.found == ["b", "/b"], text


def assert_mail(text: str) -> None:
    """Lines end and the link is one; the subject is plain text."""
    subject, _, body = text.partition("\n")
    assert subject.startswith("EXERCISE · [Acme] Investigating:")
    reader = _Elements()
    reader.feed(body)
    reader.close()
    assert set(reader.found) == {"br", "a", "/a"}, body
    assert body.endswith(f'<a href="{LINK}">{LINK}</a>')


def assert_no_markup_of_slack(text: str) -> None:
    """Slack reads what stands in angle brackets, which are all encoded."""
    assert "<" not in text
    assert ">" not in text
    assert not re.search(r"&(?!(amp|lt|gt);)", text)


def assert_post_on_x(text: str) -> None:
    """It is short enough for X."""
    assert weight_on_x(text) <= 280
    assert_plain(text)


def assert_post_on_mastodon(text: str) -> None:
    """It is short enough for Mastodon."""
    assert weight_on_mastodon(text) <= 500
    assert_plain(text)


def assert_text_message(text: str) -> None:
    """It is one line in two segments at most, with a link at its end."""
    assert segments_of(text).number <= 2
    assert len(text.splitlines()) == 1
    assert text.endswith(f" {SHORT_LINK}")


def assert_no_sign(text: str) -> None:
    """No sign that could mean anything, where none can be escaped."""
    words = text.removesuffix(LINK)
    assert not re.search(r"[*~`<>\[\]|\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])", words), text
    assert not re.search(r"(?m)^\s*([#=+-]|\d+[.)])", words), text
    assert_plain(text)


_MARKUP: dict[str, Callable[[str], None]] = {
    "mattermost": assert_markdown,
    "discord": assert_markdown,
    "webex": assert_markdown,
    "telegram": assert_html,
    "sendgrid": assert_mail,
    "slack": assert_no_markup_of_slack,
    "x": assert_post_on_x,
    "mastodon": assert_post_on_mastodon,
    "smseagle": assert_text_message,
    "googlechat": assert_no_sign,
    "rocketchat": assert_no_sign,
}
