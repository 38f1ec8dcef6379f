"""Whatever stands in a text: its HTML has no scripts, handlers, styles, or other schemes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup.harmless import assert_harmless

from statusgen.site.markdown import render
from statusgen.site.markdown.clean import clean

SCRIPTS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<<script>alert(1)//<</script>",
    "<script/x>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<svg><a xlink:href="javascript:alert(1)"><text y="9">x</text></a></svg>',
    "<img src=x onerror=alert(1)>",
    "<img src='x' onerror='alert(1)'",
    '<img """><script>alert(1)</script>">',
    "<img src=`javascript:alert(1)`>",
    '<body onload="alert(1)">',
    '<iframe src="javascript:alert(1)"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    '<object data="data:text/html,x"></object>',
    '<embed src="javascript:alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="x" onclick="alert(1)">x</a>',
    "<a onmouseover=alert(1)>x</a>",
    '<form action="javascript:alert(1)"><button>x</button></form>',
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<style>*{background:url('javascript:alert(1)')}</style>",
    '<div style="background:url(javascript:alert(1))">x</div>',
    '<link rel="stylesheet" href="https://evil.example/x.css">',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<base href="https://evil.example/">',
    '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<!--><script>alert(1)</script>-->",
    "<!-- x --><script>alert(1)</script>",
    "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<textarea><script>alert(1)</script></textarea>",
    "<title><img src=x onerror=alert(1)></title>",
    "<template><script>alert(1)</script></template>",
    "</p><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "\x02script\x03 \x02amp\x03lt; klzzwxh:0000",
    "{{7*7}} {% x %} ${7*7} {0.__class__}",
]
URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3A;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61;vascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java&#10;script:alert(1)",
    "&#1;javascript:alert(1)",
    "&#32;javascript:alert(1)",
    "\\javascript:alert(1)",
    "javascript\\:alert(1)",
    "%6Aavascript:alert(1)",
    "jav\u200bascript:alert(1)",
    "ｊavascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg/onload=alert(1)>",
    "blob:https://acme.example/1",
    "file:///etc/passwd",
    "ftp://evil.example/x",
    "tel:+1",
    "feed:javascript:alert(1)",
    "view-source:https://acme.example",
    "//evil.example/x",
    "/\\evil.example",
    "\\\\evil.example",
    "/&bsol;evil.example",
    "/&#47;evil.example",
    "&#47;/evil.example",
    "/&Tab;/evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://acme.example@evil.example",
    "https://acme.example:pass@evil.example/",
    "https://acme.example\\@evil.example",
    'https://acme.example/"onmouseover="alert(1)',
    "https://acme.example/'onmouseover='alert(1)",
    "https://acme.example/><script>alert(1)</script>",
    'x" onmouseover="alert(1)',
]
PLACES = [
    "{}",
    "text {} text",
    "**{}** ~~{}~~",
    "- {}\n  - {}",
    "> {}",
    "# {}",
    "| a |\n|---|\n| {} |",
    "`{}`",
    "```{}\n{}\n```",
    "    {}",
    "- [x] {}",
]
LINKS = [
    "[x]({})",
    "[x](<{}>)",
    "[x]({} 'title')",
    "![x]({})",
    "[![x]({})](/a)",
    "[x]\n\n[x]: {}",
    "![x][r]\n\n[r]: <{}> 't'",
    "<{}>",
    "{}",
    "[{}]({})",
    "[x](/a '{}')",
]
PAYLOADS = [place.replace("{}", script) for place, script in product(PLACES, SCRIPTS)]
PAYLOADS += [link.replace("{}", url) for link, url in product(LINKS, URLS)]


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_payload_becomes_harmless(text: str) -> None:
    assert_harmless(render(text).html)


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) > 300


@pytest.mark.parametrize("html", SCRIPTS + [f'<a href="{url}">x</a>' for url in URLS])
def test_the_last_gate_holds_alone(html: str) -> None:
    assert_harmless(clean(html))


@pytest.mark.parametrize("script", ["{{7 * 7}} {% x %} ${7} {0.__class}", *SCRIPTS[:2]])
def test_what_looks_like_code_is_shown_literally(script: str) -> None:
    shown = render(script).html.replace("&lt;", "<").replace("&gt;", ">")
    assert script in shown


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from([*SCRIPTS, *URLS, *"<>[]()!\"'`*_&#;:/\\\n -"]), max_size=8))
def test_payloads_put_together_are_harmless(parts: list[str]) -> None:
    assert_harmless(render("".join(parts)).html)


@pytest.mark.extreme
@settings(max_examples=10_000, deadline=None)
@given(
    st.lists(st.sampled_from([*SCRIPTS, *URLS, *LINKS, *"<>[]()!\"'`*_&#;:/\\\n -"]), max_size=9)
)
def test_many_payloads_put_together_are_harmless(parts: list[str]) -> None:
    assert_harmless(render("".join(parts)).html)
