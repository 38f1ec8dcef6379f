"""A message as a campaign of Listmonk, whose texts are templates in Go's language.

What somebody wrote must stay text there: `{{` would name a field of the subscriber, and
`@TrackLink` behind an address would have readers counted. Listmonk's own template stands around
the HTML, with the link by which people leave; the text without HTML gets one here.
"""

from __future__ import annotations

from html import escape
from string import Template
from typing import Any

from statusgen.model import ListmonkChannel
from statusgen.notify.forms.escaping import line_of, text_of
from statusgen.notify.forms.mail import subject_of, text_part
from statusgen.notify.forms.mail_html import LIGHT, tone_of
from statusgen.notify.message import Message
from statusgen.notify.subscribers.unsubscribe_links import Unsubscribe

_TAG = "statusgen"
_LONGEST_NAME = 200
_LEAVE = "{{ UnsubscribeURL }}"
_OPENING = '{{ "{{" }}'
_COUNTED, _NOT_COUNTED = "@TrackLink", "@\N{ZERO WIDTH SPACE}TrackLink"
_PLACE = "https://leave.invalid/"

_BODY = Template("""\
<div lang="$language" dir="$direction">
$watermark<p style="margin:0 0 4px;border-top:3px solid $colour;padding-top:16px;color:$colour">\
<strong>$state</strong></p>
<h2 dir="auto" style="margin:0 0 16px">$title</h2>
$text
$facts<p style="margin:24px 0 0"><a href="$link"><strong>$follow</strong></a></p>
</div>
""")
_WATERMARK = (
    '<p style="padding:10px 16px;background:#ffd400;color:#000;text-align:center">'
    "<strong>{}</strong></p>\n"
)


def campaign_of(message: Message, key: str, channel: ListmonkChannel) -> dict[str, Any]:
    """Return what a campaign is made from; the post's `key` is one of its tags."""
    subject = subject_of(message)
    campaign: dict[str, Any] = {
        "name": line_of(subject)[:_LONGEST_NAME],
        "subject": _literal(subject),
        "lists": list(channel.lists),
        "type": "regular",
        "content_type": "html",
        "body": _literal(_html_of(message)),
        "altbody": _text_of(message, key),
        "messenger": "email",
        "tags": [_TAG, key],
    }
    if channel.template is not None:
        campaign["template_id"] = channel.template
    return campaign


def _text_of(message: Message, key: str) -> str:
    place = f"{_PLACE}{key}"
    return _literal(text_part(message, Unsubscribe(link=place))).replace(place, _LEAVE)


def _html_of(message: Message) -> str:
    facts = "".join(
        f"<p><strong>{_line(one.label)}</strong><br><bdi>{_line(one.value)}</bdi></p>\n"
        for one in message.facts
    )
    return _BODY.substitute(
        language=escape(message.language),
        direction="rtl" if message.is_rtl else "ltr",
        watermark=_WATERMARK.format(_line(message.watermark)) if message.watermark else "",
        colour=LIGHT[tone_of(message)],
        state=_line(message.state),
        title=_line(message.title),
        text=text_of(message.html),
        facts=facts,
        link=escape(message.link),
        follow=_line(message.phrases.follow),
    )


def _literal(text: str) -> str:
    """Return a text of which Listmonk makes just that text."""
    return text.replace(_COUNTED, _NOT_COUNTED).replace("{{", _OPENING)


def _line(text: str) -> str:
    return escape(line_of(text))
