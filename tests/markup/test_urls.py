from __future__ import annotations

import pytest

from statusgen.site.markdown.urls import safe_url


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("https://acme.example", "https://acme.example"),
        ("HTTP://Acme.example:8080/a?b=c#d", "HTTP://Acme.example:8080/a?b=c#d"),
        ("https://[2001:db8::1]/x", "https://[2001:db8::1]/x"),
        ("https://192.0.2.1/x", "https://192.0.2.1/x"),
        ("mailto:ops@acme.example", "mailto:ops@acme.example"),
        ("/incidents/", "/incidents/"),
        ("../x.html#y", "../x.html#y"),
        ("#part", "#part"),
        ("?page=2", "?page=2"),
        ("a/b:c", "a/b:c"),
        ("/Größe und so", "/Gr%C3%B6%C3%9Fe%20und%20so"),
        ("/50%25", "/50%25"),
        ("https://acme.example/[x]|^`{}", "https://acme.example/%5Bx%5D%7C%5E%60%7B%7D"),
        ("https://bücher.example/ä", "https://xn--bcher-kva.example/%C3%A4"),
        ("https://аcme.example", "https://xn--cme-5cd.example"),
        (" /padded ", "/padded"),
    ],
)
def test_an_allowed_address_is_percent_encoded(url: str, href: str) -> None:
    assert safe_url(url) == href


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:,x",
        "blob:https://acme.example",
        "tel:112",
        "ftp://acme.example",
        "foo:bar",
        "//acme.example",
        "https:acme.example",
        "https://",
        "https:///x",
        "https://user@acme.example",
        "https://acme.example:80@evil.example",
        "https://a b/",
        "https://a\\b/",
        "https://256.1.1.1/",
        "https://1.2.3/",
        "https://ev℀l.example",
        "https://" + "ä" * 80 + ".example",
        "https://" + "ä." * 150 + "example",
    ],
)
def test_another_address_is_not_allowed(url: str) -> None:
    assert safe_url(url) == ""


def test_half_a_surrogate_pair_does_not_stop_anything() -> None:
    assert safe_url("/\ud800") == "/%3F"
