from __future__ import annotations

import pytest

from statusgen.notify.html_to_text import plain_of
from statusgen.site.markdown import render


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("", ""),
        ("One.\n\nTwo\nlines.", "One.\n\nTwo lines."),
        ("**Bold**, _emphatic_ and `code`", "Bold, emphatic and code"),
        ("5 < 6 & 7 > 6", "5 < 6 & 7 > 6"),
        ("first\\\nsecond", "first\nsecond"),
        ("### Cause\n\nA key.", "Cause\n\nA key."),
        ("See [the log](https://a.example/log).", "See the log (https://a.example/log)."),
        ("See https://a.example/log.", "See https://a.example/log."),
        ("Write to <help@a.example>.", "Write to help@a.example."),
        ("- one\n- two\n\nafter", "- one\n- two\n\nafter"),
        ("before\n\n3. three\n4. four", "before\n\n3. three\n4. four"),
        ("- one\n  - inner\n- two", "- one\n  - inner\n- two"),
        ("- one\n\n  more of it\n\n- two", "- one\n\n  more of it\n- two"),
        ("> quoted\n>\n> twice\n\nafter", "> quoted\n>\n> twice\n\nafter"),
        ("```\na  b\n\n  c\n```\n\nafter", "    a  b\n\n      c\n\nafter"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2"),
        ("above\n\n---\n\nbelow", "above\n\n* * *\n\nbelow"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_markup_becomes_what_plain_text_has_for_it(markdown: str, text: str) -> None:
    assert plain_of(render(markdown).html) == text
