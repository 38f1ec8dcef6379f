"""Subscribers for property tests: many, with few components, so that choices meet events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from statusgen.notify.subscribers.addresses import same_for
from statusgen.notify.subscribers.book import LEAST_IMPACTS, Book, Subscriber

PLACES = ("api", "web", "checkout", "refunds", "payments")  # the last one is a group
GONE = "gone"
"""What the page had once."""
LANGUAGES = ("en", "de", "ja")
START = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)

_NAMES = st.text("abcdefgh0123456789.+-_'=äß漢", min_size=1, max_size=12).filter(
    lambda name: ".." not in name and not name.startswith(".") and not name.endswith(".")
)


def addresses() -> SearchStrategy[str]:
    """Return addresses as they are kept."""
    domains = st.sampled_from(("acme.example", "mail.acme.example", "xn--bcher-kva.example"))
    return st.builds(lambda name, domain: f"{name}@{domain}", _NAMES, domains)


def subscribers() -> SearchStrategy[Subscriber]:
    """Return subscribers who chose anything that one may choose."""
    return st.builds(
        Subscriber,
        addresses(),
        st.integers(0, 8 * 3600).map(lambda seconds: START + timedelta(seconds=seconds)),
        st.lists(st.sampled_from((*PLACES, GONE)), max_size=3, unique=True).map(tuple),
        st.sampled_from(LEAST_IMPACTS),
        st.sampled_from(("", "xx", *LANGUAGES)),
        st.booleans() | st.just(value=True),
    )


def books(max_size: int = 40) -> SearchStrategy[Book]:
    """Return books."""
    return st.lists(subscribers(), max_size=max_size).map(
        lambda found: Book("key", {same_for(one.address): one for one in found})
    )
