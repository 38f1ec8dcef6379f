from __future__ import annotations

import re

import pytest
from acme_site import CONFIG, by_path, site_of

from statusgen.site.hosting.headers import hosting_rules, render_hosting
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.theme.frame import page_view

PATHS = (
    "/",
    "/index.html",
    "/assets/style.0123abcd.css",
    "/api/v2/summary.json",
    "/api/statusgen/v1/uptime.json",
    "/history.atom",
    "/components/api/updates.rss",
    "/components/api/feed.json",
    "/maintenance.ics",
    "/badge.svg",
    "/embed/frame.html",
)


def headers_for(path: str, text: str) -> dict[str, list[str]]:
    """Read `_headers` as the hosts do: the values of all rules that match a path are joined."""
    found: dict[str, list[str]] = {}
    matches = False
    for line in text.splitlines():
        if not line.startswith(" "):
            pattern = re.sub(r":\w+", "[^/]+", re.escape(line)).replace(r"\*", ".*")
            matches = re.fullmatch(pattern, path) is not None
        elif matches:
            name, value = line.strip().split(": ", 1)
            found.setdefault(name, []).append(value)
    return found


@pytest.fixture
def headers() -> str:
    return by_path(render_hosting(site_of()))["_headers"].decode()


@pytest.mark.parametrize("path", PATHS)
def test_every_origin_may_read_and_no_header_is_set_twice(path: str, headers: str) -> None:
    found = headers_for(path, headers)
    assert found["Access-Control-Allow-Origin"] == ["*"]
    assert all(len(values) == 1 for values in found.values())


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/api/v2/incidents/abcdefghijkl.json", "application/json"),
        ("/history.atom", "application/atom+xml"),
        ("/components/api/history.rss", "application/rss+xml"),
        ("/feed.json", "application/feed+json"),
        ("/components/api/maintenance.ics", "text/calendar"),
    ],
)
def test_machines_get_the_type_that_they_check(path: str, kind: str, headers: str) -> None:
    assert headers_for(path, headers)["Content-Type"] == [f"{kind}; charset=utf-8"]


def test_only_files_whose_name_changes_with_them_are_kept_for_ever(headers: str) -> None:
    kept = [
        path
        for path in PATHS
        if "immutable" in "".join(headers_for(path, headers).get("Cache-Control", []))
    ]
    assert kept == ["/assets/style.0123abcd.css"]


def test_the_policy_allows_no_inline_code_and_no_other_origin(headers: str) -> None:
    (policy,) = headers_for("/", headers)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert f"'sha256-{page_view(site_of()).inline_style_hash}'" in policy


def test_the_front_page_itself_allows_its_own_style_only() -> None:
    ((_, content),) = render_front_page(site_of())
    (policy,) = re.findall(
        r'http-equiv="Content-Security-Policy" content="([^"]*)"', content.decode()
    )
    assert f"style-src 'sha256-{page_view(site_of()).inline_style_hash}';" in policy


def test_nginx_is_told_the_same() -> None:
    site = site_of(config=CONFIG._replace(page=CONFIG.page._replace(url="https://acme.example/s")))
    text = by_path(render_hosting(site))["hosting/nginx.conf"].decode()
    everywhere, *special = hosting_rules(site)
    blocks = text.split("\nlocation ")
    assert len(blocks) == 1 + len(special)
    for block in blocks:
        for name, value in everywhere.headers:
            assert f'add_header {name} "{value}" always;' in block
    assert 'error_page 404 "/s/404.html";' in blocks[0]
    assert blocks[2].startswith('~ "^/s(?:/api/.*)$" {')
    assert 'default_type "application/json; charset=utf-8";' in blocks[2]
    pattern = r"^/s(?:/history\.atom|/components/[^/]+/history\.atom)$"
    assert blocks[3].startswith(f'~ "{pattern}" {{')
    assert text.count("{") == text.count("}")


def test_an_address_cannot_leave_the_words_of_nginx() -> None:
    url = "https://acme.example/a;return:b*'c"
    site = site_of(config=CONFIG._replace(page=CONFIG.page._replace(url=url)))
    text = by_path(render_hosting(site))["hosting/nginx.conf"].decode()
    outside_quotes = re.sub('"[^"]*"', "", text)
    assert "return" not in outside_quotes
    (pattern,) = re.findall(r'location ~ "(.*/api/.*)" {', text)
    assert re.fullmatch(pattern, "/a;return:b*'c/api/v2/summary.json")
    assert not re.fullmatch(pattern, "/a;returnXX'c/api/v2/summary.json")


def test_robots_are_shown_the_sitemap() -> None:
    text = by_path(render_hosting(site_of()))["robots.txt"].decode()
    assert text.endswith("Sitemap: https://status.acme.example/sitemap.xml\n")
