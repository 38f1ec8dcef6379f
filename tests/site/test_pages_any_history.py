"""What holds of the pages whatever the incidents are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from posixpath import dirname, normpath
from typing import Any

from acme_site import site_of, whole_site
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from lxml import html
from strategies import COMPONENTS, incidents, moments

from statusgen.model import Component, Config, Group, Incident, Page, StandIn
from statusgen.site.context import Site
from statusgen.site.markdown import render
from statusgen.site.pages.front_page import render_front_page
from statusgen.site.views.headline import ALL_WELL, headline

CONFIG = Config(
    page=Page("Acme", "https://status.acme.example", timezone="America/St_Johns"),
    components=tuple(
        Component(id_, id_.title(), group="all" if id_ == "checkout" else "") for id_ in COMPONENTS
    ),
    groups=(Group("all", "Everything"),),
    layout=("all", *(id_ for id_ in COMPONENTS if id_ != "checkout")),
)

stand_ins = st.none() | st.builds(StandIn, raw=st.text(max_size=20), commit=st.just("0123abc"))
several = st.lists(
    st.builds(lambda one, stand_in: one._replace(stand_in=stand_in), incidents(), stand_ins),
    max_size=4,
    unique_by=lambda one: one.id,
)
briefly = settings(
    max_examples=8,
    phases=[phase for phase in Phase if phase is not Phase.explain],
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def site_at(found: list[Incident], now: datetime) -> Site:
    """Return the site that incidents make once all of them are public."""
    public = [one._replace(draft=False, audience="public") for one in found]
    return replace(site_of(public, CONFIG, now), markdown=lambda text: render(text).html)


@given(several, moments())
@briefly
def test_every_page_is_sound(found: list[Incident], now: datetime) -> None:
    files = whole_site(site_at(found, now))
    pages: dict[str, Any] = {
        path: html.fromstring(content)
        for path, content in files.items()
        if path.endswith(".html") and not path.startswith(("503.html", "embed/", "hosting/"))
    }
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        assert len(page.xpath("//h1")) == 1, path
        running = "//script[not(@type='application/ld+json')]"
        assert page.xpath(f"{running}[not(@src) or text()] | //@style | //@onclick") == []
        assert page.xpath("//iframe | //object | //form") == []
        for link in page.xpath("//header//a/@href | //main//a[not(ancestor::li)]/@href"):
            if "index.html" in link and not link.startswith("http"):
                target, _, anchor = link.partition("#")
                file = normpath(f"./{dirname(path)}/{target}")
                assert file in pages, (path, link)
                assert not anchor or anchor in pages[file].xpath("//@id"), (path, link)


@given(several, moments())
@briefly
def test_the_headline_never_hides_an_open_incident(found: list[Incident], now: datetime) -> None:
    site = site_at(found, now)
    trouble = bool(site.history.open_incidents or site.history.unreadable)
    said = headline(site)
    assert not (trouble and (said.text == ALL_WELL or said.state == "operational"))
    ((_, content),) = render_front_page(site)
    page: Any = html.fromstring(content)
    (heading,) = page.xpath("//h1")
    assert heading.text_content().split() == said.text.split()
