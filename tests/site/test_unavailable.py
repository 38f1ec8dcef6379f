from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from acme_site import CONFIG, OPEN, RESOLVED, UNREADABLE, by_path, site_of
from lxml import html

from statusgen.model import Incident
from statusgen.site.hosting.headers import content_policy
from statusgen.site.hosting.unavailable import render_unavailable

PAGES = ("503.html", "hosting/maintenance.html")
OWN_STYLE = 8 * 1024
HAPROXY_BUFFER = 15 * 1024


def files(*incidents: Incident) -> dict[str, bytes]:
    config = CONFIG._replace(page=CONFIG.page._replace(support="https://acme.example/help"))
    return by_path(render_unavailable(site_of(incidents, config)))


def page(path: str, *incidents: Incident) -> Any:  # noqa: ANN401 (lxml has no types for it)
    return html.fromstring(files(*incidents)[path].decode())


def states(found: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (as above)
    return [
        (one.get("class"), one.text) for one in found.xpath("//*[@id='last']//p[@class!='told']")
    ]


def test_both_pages_are_written_as_files_and_as_responses_and_how_to_serve_them() -> None:
    assert list(files()) == [
        "503.html",
        "hosting/503.http",
        "hosting/maintenance.html",
        "hosting/maintenance.http",
        "hosting/product-Caddyfile",
        "hosting/product-haproxy.cfg",
        "hosting/product-nginx.conf",
    ]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_other_file(path: str) -> None:
    found = page(path, OPEN)
    assert found.xpath("//@src | //link[@rel!='icon'] | //img | //@srcset") == []
    assert found.xpath("//link/@href")[0].startswith("data:image/svg+xml;base64,")
    assert "url(" not in found.findtext(".//style")
    assert "@import" not in found.findtext(".//style")
    assert found.xpath("//a/@href") == ["https://status.acme.example/", "https://acme.example/help"]


@pytest.mark.parametrize("path", PAGES)
def test_its_own_style_is_small_and_the_whole_fits_the_buffer_of_a_proxy(path: str) -> None:
    assert len(page(path, OPEN).findtext(".//style")) <= OWN_STYLE
    assert len(files(OPEN)[path]) < HAPROXY_BUFFER


@pytest.mark.parametrize("path", PAGES)
def test_its_policy_allows_what_stands_in_it_and_one_address(path: str) -> None:
    found = page(path)
    (policy,) = found.xpath("//meta[@http-equiv]/@content")
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(found.findtext(f".//{tag}").encode()).digest())
        assert f"'sha256-{digest.decode()}'" in policy
        assert f"'sha256-{digest.decode()}'" in content_policy(site_of())
    assert "connect-src https://status.acme.example;" in policy
    assert found.xpath("//*[@id='live']/@data-from") == [
        "https://status.acme.example/api/statusgen/v1/summary.json"
    ]


def test_what_was_wrong_is_told_with_the_moment() -> None:
    found = page("503.html", OPEN)
    assert states(found) == [("state partial_outage", OPEN.title)]
    (moment,) = found.xpath("//*[@id='last']//time/@datetime")
    assert moment == "2026-11-21T11:20+01:00"


def test_what_cannot_be_read_is_told_to_be_unknown() -> None:
    assert states(page("503.html", UNREADABLE))[0][0] == "state unknown"


@pytest.mark.parametrize("path", PAGES)
def test_nothing_ever_says_that_all_is_well(path: str) -> None:
    found = page(path, RESOLVED)
    assert states(found) == [("state unknown", "No problem was known then")]
    assert "operational" not in found.find(".//main").text_content().lower()


def test_the_maintenance_page_has_other_words() -> None:
    assert page(PAGES[0]).findtext(".//h1") == "Acme is not available right now"
    assert page(PAGES[1]).findtext(".//h1") == "Acme is being maintained"


@pytest.mark.parametrize(("path", "raw"), [(one, one) for one in PAGES])
def test_the_response_is_whole(path: str, raw: str) -> None:
    made = files(OPEN)
    name = f"hosting/{raw.rpartition('/')[2].removesuffix('.html')}.http"
    head, _, body = made[name].partition(b"\r\n\r\n")
    status, *lines = head.decode("ascii").split("\r\n")
    headers = dict(line.split(": ") for line in lines)
    assert status == "HTTP/1.1 503 Service Unavailable"
    assert body == made[path]
    assert headers["Content-Length"] == str(len(body))
    assert re.fullmatch("[1-9][0-9]*", headers["Retry-After"])
    assert headers["Cache-Control"] == "no-store"
