"""What a page weighs on its way to a reader, in bytes after gzip."""

from __future__ import annotations

import gzip
from functools import cache

from busy_site import busy_site

from statusgen.site.lasting import records_by_incident
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.pages.incident_pages import render_incident


@cache
def front_page(components: int, groups: int) -> bytes:
    ((_, content),) = render_front_page(busy_site(components, groups))
    return content


def weight(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))


def test_the_front_page_with_two_open_incidents_weighs_at_most_12_kb_with_its_style() -> None:
    assert b"<style>" in front_page(20, 4)
    assert weight(front_page(20, 4)) <= 12_000


def test_two_hundred_components_weigh_at_most_60_kb() -> None:
    assert weight(front_page(200, 20)) <= 60_000


def test_an_incident_page_weighs_at_most_10_kb() -> None:
    site = busy_site(20, 4)
    pages = [render_incident(site, records)[1] for records in records_by_incident(site)]
    assert max(map(weight, pages)) <= 10_000
