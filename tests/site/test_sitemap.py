from __future__ import annotations

from acme_site import EVERYTHING, by_path, site_of
from lxml import etree

from statusgen.site.pages.sitemap import render_sitemap

BASE = "https://status.acme.example/"


def places(content: bytes) -> list[str]:
    return [str(one.text).removeprefix(BASE) for one in etree.fromstring(content).iter("{*}loc")]


def test_a_sitemap_lists_every_page() -> None:
    found = by_path(render_sitemap(site_of()))
    assert list(found) == ["sitemap.xml"]
    assert places(found["sitemap.xml"]) == [
        "",
        "accessibility/",
        "history/",
        "maintenance/",
        "subscribe/",
        "uptime/",
        "components/api/",
        "components/checkout/",
        "components/refunds/",
        "components/fax/",
        "history/2026-02/",
        "history/2026-05/",
        "history/2026-11/",
        *(f"incidents/{id_}/" for id_ in sorted(one.id for one in EVERYTHING)),
    ]


def test_an_incident_says_when_it_changed() -> None:
    root = etree.fromstring(by_path(render_sitemap(site_of()))["sitemap.xml"])
    changed = {one.findtext("{*}loc"): one.findtext("{*}lastmod") for one in root}
    assert changed[f"{BASE}incidents/2026-05-02-till/"] == "2026-05-04"
    assert changed[BASE] is None


def test_a_large_site_has_several_sitemaps_and_a_list_of_them() -> None:
    whole = places(by_path(render_sitemap(site_of()))["sitemap.xml"])
    found = by_path(render_sitemap(site_of(), most=7))
    parts = places(found["sitemap.xml"])
    assert parts == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    assert [place for part in parts for place in places(found[part])] == whole
    assert etree.fromstring(found["sitemap.xml"]).tag.endswith("}sitemapindex")
