from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from acme_site import (
    CANCELLED,
    CONFIG,
    EVERYTHING,
    NOTICE,
    OPEN,
    RESOLVED,
    RUNNING,
    UNREADABLE,
    UPCOMING,
    at,
    by_path,
    feeds_of,
    site_of,
    update,
)
from lxml import etree

from statusgen.model import Affected, Impact, Incident, Status
from statusgen.site.context import Site
from statusgen.site.feeds.feeds import (
    MOST_COMPONENT_UPDATES,
    MOST_INCIDENTS,
    MOST_UPDATES,
)

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = ("history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json")


def feeds(site: Site) -> dict[str, bytes]:
    return by_path(feeds_of(site))


def atom(site: Site, path: str = "history.atom") -> etree._Element:
    return etree.fromstring(feeds(site)[path])


def channel(site: Site, path: str = "history.rss") -> etree._Element:
    (found,) = etree.fromstring(feeds(site)[path])
    return found


def names(element: etree._Element) -> list[str]:
    return [str(child.tag).removeprefix(ATOM) for child in element]


def attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.attrib.items()}


def content(site: Site, incident: Incident) -> str:
    """Return the HTML of an incident in the history."""
    for entry in atom(site).iter(f"{ATOM}entry"):
        if entry.findtext(f"{ATOM}title") == incident.title:
            return entry.findtext(f"{ATOM}content") or ""
    raise AssertionError(incident.title)


def moments(site: Site, path: str) -> list[str]:
    return [one.text or "" for one in atom(site, path).iter(f"{ATOM}published")]


def test_the_page_and_each_component_have_the_same_five_feeds() -> None:
    folders = ["", *(f"components/{one.id}/" for one in CONFIG.components)]
    assert list(feeds(site_of())) == [folder + name for folder in folders for name in NAMES]


@pytest.mark.parametrize("incidents", [(), EVERYTHING, (UNREADABLE,)])
def test_feedparser_finds_nothing_to_complain_about(incidents: Sequence[Incident]) -> None:
    for path, raw in feeds(site_of(incidents)).items():
        if not path.endswith(".json"):
            parsed = feedparser.parse(raw)
            assert not parsed.bozo, path
            assert len(parsed.entries) == raw.count(b"<entry>") + raw.count(b"<item>")


# ── the shape of a Statuspage's history ───────────────────────────────────────────────────────


def test_the_atom_history_has_statuspages_elements_in_their_order() -> None:
    feed = atom(site_of())
    heads = ["id", "link", "link", "title", "updated", "author"]
    assert names(feed)[:6] == heads
    assert set(names(feed)[6:]) == {"entry"}
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-US"
    assert feed.findtext(f"{ATOM}id") == "tag:status.acme.example,2005:/history"
    assert feed.findtext(f"{ATOM}title") == "Acme Status - Incident History"
    assert [attributes(link) for link in feed.findall(f"{ATOM}link")] == [
        {"rel": "alternate", "type": "text/html", "href": "https://status.acme.example"},
        {
            "rel": "self",
            "type": "application/atom+xml",
            "href": "https://status.acme.example/history.atom",
        },
    ]
    for entry in feed.iter(f"{ATOM}entry"):
        assert names(entry) == ["id", "published", "updated", "link", "title", "content"]


def test_an_atom_entry_says_what_the_incident_is() -> None:
    entry = atom(site_of([RESOLVED])).find(f"{ATOM}entry")
    assert entry is not None
    texts = [child.text for child in entry]
    (record,) = site_of([RESOLVED]).history.records
    assert texts[:3] == [
        f"tag:status.acme.example,2005:Incident/{record.code}",
        "2026-05-02T09:00:00Z",
        "2026-05-04T09:00:00Z",
    ]
    assert entry[3].attrib["href"] == "https://status.acme.example/incidents/2026-05-02-till/"
    assert attributes(entry[5]) == {"type": "html"}


def test_the_rss_history_has_statuspages_elements_in_their_order() -> None:
    found = channel(site_of())
    assert names(found)[:4] == ["title", "link", "description", "pubDate"]
    assert set(names(found)[4:]) == {"item"}
    assert found.findtext("pubDate") == "Sat, 21 Nov 2026 12:30:00 +0100"
    for item in found.iter("item"):
        is_planned = (item.findtext("title") or "") in {
            one.title for one in (UPCOMING, RUNNING, CANCELLED)
        }
        end = ["maintenanceEndDate"] if is_planned else []
        assert names(item) == ["title", "description", "pubDate", *end, "link", "guid"]
        assert item.findtext("guid") == item.findtext("link")
        assert attributes(item[-1]) == {}


def test_rss_dates_are_in_the_pages_offset() -> None:
    found = {item.findtext("title"): item for item in channel(site_of()).iter("item")}
    assert found[RESOLVED.title].findtext("pubDate") == "Sat, 02 May 2026 11:00:00 +0200"
    assert found[UPCOMING.title].findtext("pubDate") == "Tue, 01 Dec 2026 23:00:00 +0100"
    end = found[UPCOMING.title].findtext("maintenanceEndDate")
    assert end == "Wed, 02 Dec 2026 02:00:00 +0100"


def test_the_history_is_ordered_by_the_newest_word_or_the_planned_start() -> None:
    titles = [one.text for one in atom(site_of()).iter(f"{ATOM}title")][1:]
    assert titles == [one.title for one in (UPCOMING, RUNNING, OPEN, RESOLVED, CANCELLED)]
    assert moments(site_of(), "history.atom") == [
        "2026-12-01T22:00:00Z",
        "2026-11-21T11:30:00Z",
        "2026-11-21T10:20:00Z",
        "2026-05-02T09:00:00Z",
        "2026-01-31T10:00:00Z",
    ]


def test_the_history_holds_the_newest_twenty_five() -> None:
    incidents = []
    for number in range(30):
        when = at("2026-01-01 10:00") + timedelta(days=number)
        said = update(f"one-{number}", Status.RESOLVED, when.isoformat(" ")[:16], "Over.")
        incidents.append(Incident(f"one-{number}", f"Number {number}", updates=(said,)))
    titles = [one.text for one in atom(site_of(incidents)).iter(f"{ATOM}title")][1:]
    assert titles == [f"Number {number}" for number in range(29, 29 - MOST_INCIDENTS, -1)]


# ── the HTML of a Statuspage's history ────────────────────────────────────────────────────────


def test_an_incident_is_told_newest_first_with_stamp_and_label() -> None:
    first, *_, last = content(site_of(), RESOLVED).split("</p>")[:-1]
    assert first == (
        "<p><small>May <var data-var='date'> 4</var>, <var data-var='time'>11:00</var> CEST</small>"
        "<br><strong>Postmortem</strong> - A key was lost."
    )
    assert last == (
        "<p><small>May <var data-var='date'> 2</var>, <var data-var='time'>10:00</var> CEST</small>"
        "<br><strong>Investigating</strong> - Closed."
    )


def test_a_status_that_stays_is_called_update() -> None:
    html = content(site_of(), OPEN)
    assert html.count("<strong>Update</strong>") == 1
    assert html.count("<strong>Investigating</strong>") == 1


def test_paragraphs_of_an_update_are_divided_by_line_breaks() -> None:
    assert "Still looking.<br /><br />See <a href=" in content(site_of(), OPEN)


def test_what_is_no_paragraph_stands_after_the_first() -> None:
    said = update("x", Status.INVESTIGATING, "2026-11-21 10:00", "ignored")
    site = site_of([Incident("x", "X", updates=(said,))])
    html = "<p>One.</p>\n<ul><li>two</li></ul>\n<p>Three.</p>"
    listed = Site(site.history, site.theme, lambda _: html)
    told = content(listed, Incident("x", "X"))
    assert told.endswith("</strong> - One.</p><ul><li>two</li></ul>\n<p>Three.</p>")


def test_links_of_an_author_lead_from_the_incidents_own_page() -> None:
    link = '<a href="https://status.acme.example/incidents/2026-11-21-cards/log.html">'
    assert link in content(site_of(), OPEN)


def stamp(day: int, time: str) -> str:
    return f"Dec <var data-var='date'>{day:2}</var>, <var data-var='time'>{time}</var>"


OVER_MIDNIGHT = f"{stamp(1, '23:00')} CET &nbsp;-&nbsp; {stamp(2, '02:00')} CET"
ON_ONE_DAY = f"{stamp(1, '23:00')} - <var data-var='time'>23:30</var> CET"


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("2026-12-02 01:00", OVER_MIDNIGHT), ("2026-12-01 22:30", ON_ONE_DAY)],
)
def test_what_is_planned_begins_with_its_window(ends: str, expected: str) -> None:
    html = content(site_of([UPCOMING._replace(ends=at(ends))]), UPCOMING)
    assert html.startswith(f"<p><strong>THIS IS A SCHEDULED EVENT {expected}</strong></p>")
    assert html.count("<strong>Scheduled</strong>") == 1


def test_maintenance_under_way_has_no_announcement_but_still_its_end() -> None:
    assert "SCHEDULED EVENT" not in content(site_of(), RUNNING)
    assert "Refunds are maintained" in feeds(site_of())["history.rss"].decode()


def test_notices_are_in_updates_but_not_in_the_history() -> None:
    found = feeds(site_of())
    assert NOTICE.title.encode() in found["updates.atom"]
    assert NOTICE.title.encode() not in found["history.atom"]


def test_an_incident_of_which_nothing_could_be_read_is_in_the_history() -> None:
    assert "cannot be read" in content(site_of([UNREADABLE]), UNREADABLE)


# ── updates ───────────────────────────────────────────────────────────────────────────────────


def test_updates_have_one_entry_each_with_an_id_of_their_own() -> None:
    site = site_of([RESOLVED])
    entries = list(atom(site, "updates.atom").iter(f"{ATOM}entry"))
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == [
        f"{word}: The till was closed"
        for word in ("Postmortem", "Resolved", "Monitoring", "Investigating")
    ]
    ids = [f"tag:status.acme.example,2005:Update/{one.id}" for one in RESOLVED.updates[::-1]]
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == ids
    assert [item.findtext("guid") for item in channel(site, "updates.rss").iter("item")] == ids
    assert [item["id"] for item in json.loads(feeds(site)["feed.json"])["items"]] == ids
    link = entries[0].find(f"{ATOM}link")
    assert link is not None
    anchor = f"#update-{RESOLVED.updates[-1].id}"
    assert link.get("href") == f"https://status.acme.example/incidents/2026-05-02-till/{anchor}"


def entries(site: Site) -> dict[str, dict[str, Any]]:
    """Return every entry of the updates feeds by its id, as each of the formats has it."""
    found: dict[str, dict[str, Any]] = {}
    made = feeds(site)
    for entry in etree.fromstring(made["updates.atom"]).iter(f"{ATOM}entry"):
        key = entry.findtext(f"{ATOM}id") or ""
        found.setdefault(key, {})["atom"] = etree.tostring(entry)
    for item in etree.fromstring(made["updates.rss"]).iter("item"):
        found[item.findtext("guid") or ""]["rss"] = etree.tostring(item)
    for row in json.loads(made["feed.json"])["items"]:
        found[row["id"]]["json"] = row
    return found


def test_a_published_update_never_changes() -> None:
    now, last = at("2026-05-02 08:00"), at("2026-12-03 00:00")
    before: dict[str, dict[str, Any]] = {}
    while now < last:
        current = entries(site_of(now=now))
        for key, entry in before.items():
            assert current.get(key, entry) == entry
        assert set(before) <= set(current) | set(list(before)[MOST_UPDATES:])
        before |= current
        now += timedelta(days=9, hours=7)
    assert len(before) > len(RESOLVED.updates)


def test_a_later_impact_line_leaves_published_updates_alone() -> None:
    early = Incident("x", "X", components=(Affected("api"),), updates=OPEN.updates[:1])
    worse = OPEN.updates[1]._replace(impact=Impact.CRITICAL, changes=())
    late = early._replace(updates=(*early.updates, worse))
    before, after = entries(site_of([early])), entries(site_of([late]))
    assert {key: after[key] for key in before} == before


def test_what_is_announced_for_later_is_withheld_until_then() -> None:
    announced = at("2026-11-24 22:00")
    planned = [UPCOMING]
    assert entries(site_of(planned, now=announced - timedelta(minutes=1))) == {}
    assert len(entries(site_of(planned, now=announced))) == 1


def test_a_wrong_year_does_not_keep_an_incident_from_the_feeds() -> None:
    said = update("x", Status.INVESTIGATING, "2062-11-21 10:00", "Down.")
    assert len(entries(site_of([Incident("x", "X", updates=(said,))]))) == 1


def test_updates_are_bounded() -> None:
    updates = []
    for number in range(80):
        when = at("2026-01-01 10:00") + timedelta(minutes=number)
        updates.append(update("x", Status.IDENTIFIED, when.isoformat(" ")[:16], f"{number}."))
    site = site_of([Incident("x", "X", components=(Affected("api"),), updates=tuple(updates))])
    found = feeds(site)
    assert len(json.loads(found["feed.json"])["items"]) == MOST_UPDATES
    own = json.loads(found["components/api/feed.json"])["items"]
    assert len(own) == MOST_COMPONENT_UPDATES
    assert own[0]["content_html"] == "<p>79.</p>"


def test_an_update_tells_which_components_it_is_about() -> None:
    found = {one["title"]: one for one in json.loads(feeds(site_of())["feed.json"])["items"]}
    assert found[f"Update: {OPEN.title}"]["content_html"].endswith(
        "<ul><li>Payments - Checkout: partial outage</li></ul>",
    )
    assert found[f"Investigating: {OPEN.title}"]["content_html"].endswith(
        "<ul><li>Payments - Checkout</li><li>API</li></ul>",
    )
    assert "Till" in found[f"Investigating: {RESOLVED.title}"]["content_html"]


def test_a_component_has_only_what_concerns_it() -> None:
    found = feeds(site_of())
    own = found["components/refunds/history.atom"].decode()
    assert RUNNING.title in own
    assert "till" not in own
    assert own.count("<entry>") == 1
    assert (
        b"<title>Acme Status - Payments - Refunds - Incident History</title>"
        in (found["components/refunds/history.atom"])
    )


def test_a_components_feed_does_not_change_with_what_does_not_concern_it() -> None:
    before, after = feeds(site_of([RESOLVED])), feeds(site_of([RESOLVED, RUNNING]))
    for name in NAMES:
        path = f"components/checkout/{name}"
        assert before[path] == after[path]


def test_feeds_say_nothing_of_the_moment_at_which_they_were_made() -> None:
    later = site_of([RESOLVED], now=at("2026-11-21 12:00") + timedelta(days=1))
    assert feeds(site_of([RESOLVED])) == feeds(later)
    assert feeds(site_of()) == feeds(site_of(EVERYTHING[::-1]))


def test_a_json_feed_names_its_page_and_itself() -> None:
    feed = json.loads(feeds(site_of())["components/api/feed.json"])
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["home_page_url"] == "https://status.acme.example/components/api/"
    assert feed["feed_url"] == "https://status.acme.example/components/api/feed.json"


def test_updates_rss_links_to_itself_and_says_when_it_changed() -> None:
    found = channel(site_of([RESOLVED]), "updates.rss")
    assert names(found)[:6] == ["title", "link", "link", "description", "language", "lastBuildDate"]
    assert attributes(found[2]) == {
        "rel": "self",
        "type": "application/rss+xml",
        "href": "https://status.acme.example/updates.rss",
    }
    assert found.findtext("lastBuildDate") == "Mon, 04 May 2026 11:00:00 +0200"


def test_characters_that_xml_cannot_hold_do_not_cost_the_feed() -> None:
    site = site_of([RESOLVED._replace(title="a\x0bb\x00c\ufffe <&>\"' \U0001f4b3")])
    parsed = feedparser.parse(feeds(site)["history.atom"])
    assert not parsed.bozo
    assert parsed.entries[0].title.startswith("a\ufffdb\ufffdc\ufffd")


def test_a_page_below_a_path_has_ids_of_its_own() -> None:
    config = CONFIG._replace(page=CONFIG.page._replace(url="https://acme.example/status"))
    feed = atom(site_of([RESOLVED], config))
    assert feed.findtext(f"{ATOM}id") == "tag:acme.example,2005:/status/history"
    entry = feed.findtext(f"{ATOM}entry/{ATOM}id") or ""
    assert entry.startswith("tag:acme.example,2005:/status/Incident/")
