"""What is typed, pasted or left in a file becomes text, whatever came along with it."""

from __future__ import annotations

import pytest

from statusgen.cli.writing.typed import typed_text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("Caf\udcc3\udca9", "Café"),  # a shell whose locale is C
        ("Caf\udce9", "Café"),
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("One.\r\nTwo.\rThree.", "One.\nTwo.\nThree."),
        ("Gone.".encode("utf-16"), "Gone."),
        (b"\xef\xbb\xbfGone.", "Gone."),
        (b"Caf\xe9", "Café"),
        ("    indented", "    indented"),
    ],
)
def test_a_text_is_what_a_page_can_hold(typed: str | bytes, text: str) -> None:
    assert typed_text(typed) == text
