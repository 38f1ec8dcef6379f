from __future__ import annotations

import re
from datetime import timedelta
from posixpath import dirname, normpath

import pytest
from acme_site import (
    NOW,
    OPEN,
    RESOLVED,
    at,
    by_path,
    site_of,
    whole_site,
)
from written_pages import (
    ALL,
    WEEKLY,
    Page,
    everything,
    page,
)

from statusgen.model import StandIn
from statusgen.site.pages.incident_pages import FULL_OCCURRENCES, render_moved


def test_an_incident_page_does_not_change_with_other_incidents_or_the_time() -> None:
    mine = f"incidents/{RESOLVED.id}/index.html"
    alone = whole_site(site_of([RESOLVED]))[mine]
    assert everything()[mine] == alone
    assert whole_site(site_of([RESOLVED], now=NOW + timedelta(days=400)))[mine] == alone


def test_an_open_incident_page_does_not_mention_the_time_that_it_was_built() -> None:
    mine = f"incidents/{OPEN.id}/index.html"
    later = whole_site(site_of(ALL, now=NOW + timedelta(hours=3)))
    assert later[mine] == everything()[mine]


def test_an_incident_page_tells_the_course_newest_first() -> None:
    text = page(f"incidents/{RESOLVED.id}/index.html").text
    words = ["Updates, newest first", "Postmortem", "Resolved", "Monitoring", "Investigating"]
    found = [text.index(word, text.index(words[0])) for word in words]
    assert found == sorted(found)
    assert "Ended Sat 2 May 2026, 11:00 CEST (09:00 UTC), after 1 h" in text
    assert "Checkout Degraded performance" in text


def test_promises_are_shown_while_an_incident_is_open() -> None:
    newest = OPEN.updates[-1]._replace(
        next_update=at("2026-11-21 12:30"),
        eta=at("2026-11-21 14:00"),
    )
    for path in ("index.html", f"incidents/{OPEN.id}/index.html"):
        text = page(path, [OPEN._replace(updates=(*OPEN.updates[:-1], newest))]).text
        assert re.search("Next update:? Sat 21 Nov 2026, 13:30 CET", text)
        assert re.search("Expected to be over:? Sat 21 Nov 2026, 15:00 CET", text)


def test_occurrences_are_anchors_on_one_bounded_page() -> None:
    site = site_of([WEEKLY])
    found = page("incidents/weekly/index.html", [WEEKLY])
    dates = [record.id.partition("@")[2] for record in site.history.records]
    assert [id_ for id_ in found.ids if re.match(r"\d", id_)] == dates
    assert len(dates) == 47
    shown = [id_ for id_ in found.ids if id_.startswith("update-")]
    assert len(shown) == 3 * FULL_OCCURRENCES - 2  # the newest is only announced
    assert found.text.count("The disks are turned.") == 1


def test_a_recurring_maintenance_without_a_known_time_has_a_page_like_any_other() -> None:
    broken = WEEKLY._replace(starts=None, ends=None, stand_in=StandIn(raw="starts: soon"))
    text = page("incidents/weekly/index.html", [broken._replace(created=NOW)]).text
    assert "starts: soon" in text
    assert "All systems operational" not in page("index.html", [broken._replace(created=NOW)]).text


# ── former addresses ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("old/address", "old/address/index.html"),
        ("/incidents/xyz/", "incidents/xyz/index.html"),
        ("2019/outage.html", "2019/outage.html"),
        ("https://stspg.io/abc", None),
        ("../outside", None),
        ("a/../../b", None),
        (".well-known/x", None),
        ("index.html", None),
        ("old.html", "old.html"),
        ("old/v1.0", None),
        ("v1.0/old", None),
        ("old.html/x", None),
        ("404.html", None),
        ("_headers", None),
        ("_Headers/x", None),
        ("feed.json", None),
        ("a" * 200, None),
        ("a/" * 20, None),
        ("API/v2", None),
        ("history/2026-11", None),
        (f"incidents/{OPEN.id}", None),
        (f"INCIDENTS/{OPEN.id}", None),
        ("a\\b", None),
        ("a b", None),
        ("", None),
    ],
)
def test_an_alias_below_the_site_leads_to_the_incident(alias: str, path: str | None) -> None:
    files = by_path(render_moved(site_of([OPEN, RESOLVED._replace(aliases=(alias,))])))
    assert set(files) == ({path} if path else set())
    if path:
        found = Page(files[path].decode())
        (refresh,) = (one for one in found.all("meta") if one.get("http-equiv") == "refresh")
        target = normpath(f"./{dirname(path)}/{refresh['content'].partition('url=')[2]}")
        assert target == f"incidents/{RESOLVED.id}/index.html"
        assert f"https://status.acme.example/incidents/{RESOLVED.id}/" in found.links


def test_an_alias_that_two_incidents_claim_is_the_first_ones() -> None:
    incidents = [OPEN._replace(aliases=("old",)), RESOLVED._replace(aliases=("Old",))]
    files = by_path(render_moved(site_of(incidents)))
    assert b"The till was closed" in files["Old/index.html"]
    assert "old/index.html" not in files
