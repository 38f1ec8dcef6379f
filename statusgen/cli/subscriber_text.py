"""What is told of subscribers: how many there are and what they chose, and no address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from statusgen.notify.subscribers.book import Book, Subscriber


def counts_of(subscribers: Iterable[Subscriber]) -> dict[str, object]:
    """Return how many there are, and how many chose what."""
    from statusgen.model import Impact

    everyone = list(subscribers)
    places = Counter(place for one in everyone for place in one.components)
    impacts = Counter("" if one.impact is Impact.NONE else one.impact.value for one in everyone)
    return {
        "subscribers": len(everyone),
        "unconfirmed": sum(not one.confirmed for one in everyone),
        "everything": sum(not one.components for one in everyone),
        "components": dict(sorted(places.items())),
        "impacts": dict(sorted(impacts.items())),
        "languages": dict(sorted(Counter(one.language for one in everyone).items())),
    }


def counts_as_text(counts: Mapping[str, object], known: Collection[str]) -> Iterable[str]:
    """Yield these counts as lines; `known` are the ids of components and groups that there are."""
    yield f"{counts['subscribers']:,} subscribers, {counts['unconfirmed']:,} of them unconfirmed"
    if not counts["subscribers"]:
        return
    yield f"  everything: {counts['everything']:,}"
    for title, empty in (
        ("components", ""),
        ("impacts", "of any impact"),
        ("languages", "the page's main one"),
    ):
        found = counts[title]
        if isinstance(found, dict) and found:
            yield f"{title}:"
            for name, number in found.items():
                is_gone = title == "components" and name not in known
                gone = " (the page has no such component)" if is_gone else ""
                yield f"  {name or empty}: {number:,}{gone}"


def people_in(book: Book) -> str:
    """Return how many subscribers there are now, in words."""
    number = len(book.subscribers)
    return "1 subscriber now" if number == 1 else f"{number:,} subscribers now"
