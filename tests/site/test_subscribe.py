from __future__ import annotations

from acme_site import CONFIG, by_path, component_pages_of, site_of, sites_of

from statusgen.model import Component, EmailList, Subscribe
from statusgen.site.hosting.headers import content_policy
from statusgen.site.pages.subscribe_page import render_pages

FORM = EmailList(action='https://lists.acme.example/add?u=1&v="', field="EMAIL")


def page(email: EmailList | None = None) -> str:
    site = site_of(config=CONFIG._replace(subscribe=Subscribe(email)))
    return joined(by_path(render_pages(site))["subscribe/index.html"])


def joined(page: bytes) -> str:
    """Return a page whose addresses may not part anywhere."""
    return page.decode().replace("<wbr>", "")


def test_every_feed_is_an_address_to_copy() -> None:
    text = page()
    for name in ("history.atom", "history.rss", "updates.atom", "updates.rss", "feed.json"):
        assert f">https://status.acme.example/{name}</a>" in text


def test_chat_tools_get_what_they_ask_for() -> None:
    assert "/feed subscribe https://status.acme.example/updates.atom</code>" in page()


def test_each_language_offers_its_own_feeds_and_calendar() -> None:
    _, german, _ = sites_of()
    text = joined(by_path(render_pages(german))["subscribe/index.html"])
    for name in ("updates.atom</code>", "updates.rss</code>", "history.atom", "maintenance.ics"):
        assert f"https://status.acme.example/de/{name}" in text
        assert f"https://status.acme.example/{name}" not in text
    assert 'href="webcal://status.acme.example/de/maintenance.ics"' in text


def test_a_calendar_is_subscribed_to_and_not_copied() -> None:
    text = page()
    assert 'href="webcal://status.acme.example/maintenance.ics"' in text
    assert "?cid=webcal%3A%2F%2Fstatus.acme.example%2Fmaintenance.ics" in text


def test_a_form_is_sent_to_its_host_and_to_no_other() -> None:
    text = page(FORM)
    assert 'form-action https://lists.acme.example"' in text
    assert 'action="https://lists.acme.example/add?u=1&amp;v=&#34;"' in text
    assert 'name="EMAIL" type="email" autocomplete="email" required' in text
    site = site_of(config=CONFIG._replace(subscribe=Subscribe(FORM)))
    assert content_policy(site).endswith("form-action https://lists.acme.example")


def test_without_a_form_none_may_be_sent() -> None:
    for text in (page(), page(EmailList(link="https://lists.acme.example/"))):
        assert "form-action 'none'" in text
        assert "<form" not in text
    assert content_policy(site_of()).endswith("form-action 'none'")


def test_a_list_on_another_page_is_a_link() -> None:
    assert 'href="https://lists.acme.example/"' in page(
        EmailList(link="https://lists.acme.example/")
    )


def test_components_lead_to_their_own_feeds() -> None:
    assert 'href="../components/checkout/index.html#subscribe"' in page()
    pages = by_path(component_pages_of(site_of()))
    text = joined(pages["components/checkout/index.html"])
    assert 'id="subscribe"' in text
    assert "https://status.acme.example/components/checkout/updates.atom" in text


def test_the_page_stays_short_with_two_hundred_components() -> None:
    many = tuple(Component(f"c{number}", f"Component {number}") for number in range(200))
    site = site_of([], CONFIG._replace(components=many, groups=(), layout=()))
    assert len(by_path(render_pages(site))["subscribe/index.html"]) < 32_000
