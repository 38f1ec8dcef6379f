"""The HTML of a mail: one column of text, in the page's colours, light and dark.

Mail programs know little of CSS, and each something else: what must hold stands in attributes and
inline, what only makes it better in the stylesheet. Nothing is fetched from anywhere.
"""

from __future__ import annotations

from html import escape
from string import Template

from statusgen.model import ComponentStatus, EventKind, Impact, Kind
from statusgen.notify.forms.cutting import single_line
from statusgen.notify.forms.escaping import text_of
from statusgen.notify.message import Message

LIGHT = {
    "ground": "#fcfbf9",
    "raised": "#f4f1ec",
    "line": "#ddd8d0",
    "text": "#1f1d1a",
    "muted": "#625c54",
    "accent": "#2f4858",
    "good": "#1d7048",
    "maintenance": "#2f5fae",
    "minor": "#8a5a00",
    "major": "#b0430a",
    "critical": "#b01f30",
    "unknown": "#665f57",
}
DARK = {
    "ground": "#161615",
    "raised": "#201f1d",
    "line": "#383531",
    "text": "#ece8e1",
    "muted": "#ada598",
    "accent": "#a9c0cf",
    "good": "#69c497",
    "maintenance": "#8fb4f2",
    "minor": "#e2b052",
    "major": "#f79963",
    "critical": "#ff8d92",
    "unknown": "#ada598",
}
"""The tokens of the default theme's stylesheet."""

TONES = ("good", "maintenance", "minor", "major", "critical", "unknown")

_GOOD = frozenset({EventKind.RESOLVED, EventKind.COMPLETED, EventKind.POSTMORTEM})
_TONE_OF = {
    Impact.NONE: "unknown",
    Impact.MAINTENANCE: "maintenance",
    Impact.MINOR: "minor",
    Impact.MAJOR: "major",
    Impact.CRITICAL: "critical",
    ComponentStatus.OPERATIONAL: "good",
    ComponentStatus.UNDER_MAINTENANCE: "maintenance",
    ComponentStatus.DEGRADED_PERFORMANCE: "minor",
    ComponentStatus.PARTIAL_OUTAGE: "major",
    ComponentStatus.MAJOR_OUTAGE: "critical",
}
_LONGEST_PREVIEW = 140

LONGEST_VALUE = 2000
"""So many characters of a fact are told, as of a row of twenty components."""

_SANS = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
_SERIF = "Charter,'Bitstream Charter','Iowan Old Style','Sitka Text',Cambria,Georgia,serif"

_DARK_RULES = "\n".join(
    [
        f"  .ground {{ background: {DARK['ground']} !important; }}",
        f"  .text, .text h3, .text h4 {{ color: {DARK['text']} !important; }}",
        f"  .muted, blockquote {{ color: {DARK['muted']} !important; }}",
        f"  .text a {{ color: {DARK['accent']} !important; }}",
        f"  .text .plain {{ color: {DARK['muted']} !important; }}",
        f"  .rule, th, td.cell, blockquote {{ border-color: {DARK['line']} !important; }}",
        f"  pre, code {{ background: {DARK['raised']} !important; }}",
        *(
            f"  .{one} {{ color: {DARK[one]} !important; border-color: {DARK[one]} !important; }}"
            for one in TONES
        ),
    ]
)

_PAGE = Template(f"""\
<!doctype html>
<html lang="$language" dir="$direction">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no">
<title>$subject</title>
<style>
:root {{ color-scheme: light dark; supported-color-schemes: light dark; }}
p, ul, ol, pre, table.told, blockquote {{ margin: 0 0 16px; }}
h3, h4, h5, h6 {{ margin: 24px 0 8px; font-size: 16px; line-height: 1.3; }}
ul, ol {{ padding-inline-start: 24px; }}
li {{ margin: 0 0 4px; }}
pre {{ padding: 12px 16px; white-space: pre-wrap; background: {LIGHT["raised"]}; }}
code {{ font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace; background: {LIGHT["raised"]}; }}
blockquote {{ margin-inline: 0; padding-inline-start: 16px; \
border-inline-start: 2px solid {LIGHT["line"]}; color: {LIGHT["muted"]}; }}
.told table {{ border-collapse: collapse; width: 100%; margin: 0 0 16px; }}
.told th, .told td {{ padding: 7px 12px 7px 0; border-bottom: 1px solid {LIGHT["line"]}; \
text-align: start; vertical-align: top; font-weight: normal; }}
.told th {{ font-weight: 600; }}
@media (max-width: 480px) {{
  .frame {{ padding: 20px 18px !important; }}
  .facts td {{ display: block !important; width: auto !important; padding: 0 !important; \
white-space: normal !important; }}
  .facts td.value {{ padding-bottom: 10px !important; }}
  h1 {{ font-size: 23px !important; }}
}}
@media (prefers-color-scheme: dark) {{
{_DARK_RULES}
}}
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:{LIGHT["ground"]}">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">$preview</div>
<table role="presentation" class="ground" width="100%" cellpadding="0" cellspacing="0" border="0" \
dir="$direction" style="background:{LIGHT["ground"]}"><tr>
<td class="frame" align="center" style="padding:36px 24px">
<table role="presentation" width="576" cellpadding="0" cellspacing="0" border="0" \
dir="$direction" style="width:100%;max-width:576px"><tr>
<td class="text" align="$start" style="font:16px/1.55 {_SANS};color:{LIGHT["text"]};\
overflow-wrap:anywhere;word-break:break-word">
$watermark<p class="muted" style="margin:0 0 20px;font-size:14px;color:{LIGHT["muted"]}">\
<a class="plain" href="$page_url" style="color:{LIGHT["muted"]};text-decoration:none">\
<bdi>$page</bdi></a></p>
<div class="$tone" style="border-top:3px solid $colour;padding-top:18px;color:$colour">\
<p style="margin:0 0 4px;font-size:15px;font-weight:600">$state</p></div>
<h1 dir="auto" style="margin:0 0 18px;font:600 27px/1.22 {_SERIF};letter-spacing:-.01em;\
text-align:$start">$title</h1>
<div class="told">
$text
</div>
$facts
<p style="margin:24px 0 0"><a href="$link" style="color:{LIGHT["accent"]};font-weight:600">\
$follow</a></p>
$foot
</td></tr></table>
</td></tr></table>
</body>
</html>
""")

_LINK = f'<a style="color:{LIGHT["accent"]}" '
_WATERMARK = (
    '<p style="margin:0 0 24px;padding:10px 16px;background:#ffd400;color:#000;font-weight:700;'
    'text-align:center">{}</p>\n'
)
_FACTS = (
    '<table role="presentation" class="facts" cellpadding="0" cellspacing="0" border="0"'
    f' style="margin:24px 0 0;font:15px/1.5 {_SANS}">'
)
_FACT = (
    '<tr><td class="muted" valign="top" style="padding:2px 0;padding-{end}:20px;'
    f'white-space:nowrap;color:{LIGHT["muted"]}">'
    '{label}</td><td class="value" valign="top" style="padding:2px 0"><bdi>{value}</bdi></td></tr>'
)
_FOOT = (
    '<p class="muted rule" style="margin:32px 0 0;padding-top:14px;border-top:1px solid '
    f'{LIGHT["line"]};font-size:13px;color:{LIGHT["muted"]}">'
    f'{{reason}} <a class="plain" href="{{link}}" style="color:{LIGHT["muted"]}">'
    "{unsubscribe}</a></p>"
)


def html_of(message: Message, subject: str, unsubscribe: str = "") -> str:
    """Return a message as a document; `unsubscribe` is a link, if there is one."""
    tone = tone_of(message)
    start, end = ("right", "left") if message.is_rtl else ("left", "right")
    phrases = message.phrases
    return _PAGE.substitute(
        language=escape(message.language),
        direction="rtl" if message.is_rtl else "ltr",
        subject=_line(subject),
        preview=escape(single_line(message.plain, _LONGEST_PREVIEW)),
        start=start,
        watermark=_WATERMARK.format(_line(message.watermark)) if message.watermark else "",
        page=_line(message.page),
        page_url=escape(message.page_url),
        tone=tone,
        colour=LIGHT[tone],
        state=_line(message.state),
        title=_line(message.title),
        text=text_of(message.html).replace("<a ", _LINK),
        facts=_facts(message, end),
        link=escape(message.link),
        follow=_line(phrases.follow),
        foot=_FOOT.format(
            reason=_line(phrases.reason),
            link=escape(unsubscribe),
            unsubscribe=_line(phrases.unsubscribe),
        )
        if unsubscribe
        else "",
    )


def tone_of(message: Message) -> str:
    """Return the token of the colour that an event has: good news, or how bad it is."""
    event = message.event
    if event.kind is EventKind.COMPONENT:
        return _TONE_OF[event.after]
    if event.kind in _GOOD:
        return "good"
    if event.record.kind is Kind.NOTICE or event.kind is EventKind.CANCELLED:
        return "unknown"
    return _TONE_OF[event.record.impact]


def _facts(message: Message, end: str) -> str:
    rows = [
        _FACT.format(
            end=end, label=_line(one.label), value=escape(single_line(one.value, LONGEST_VALUE))
        )
        for one in message.facts
    ]
    return f"{_FACTS}\n" + "\n".join(rows) + "\n</table>" if rows else ""


def _line(text: str) -> str:
    return escape(single_line(text))
