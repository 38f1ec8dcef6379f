"""Lets Pelican read incidents, and write what its core does not."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from pelican.generators import ArticlesGenerator, Generator
from pelican.plugins import signals
from pelican.readers import Readers
from pelican.writers import Writer

from .api import write_api
from .feeds import write_feeds
from .moments import FILTERS
from .reader import IncidentReader

Facts = dict[str, Any]
STATUSES = (
    *("operational", "under_maintenance"),
    *("degraded_performance", "partial_outage", "major_outage"),
)
MARKS_A_MONTH = 40


def add_reader(readers: Readers) -> None:
    """Have incidents read by our reader."""
    readers.reader_classes["md"] = IncidentReader


def worst(components: Iterable[Facts]) -> Facts:
    """Return the first of the components that are the worst."""
    return max(components, key=lambda one: STATUSES.index(one["status"]))


def add_filters(generator: Generator) -> None:
    """Give moments to the templates."""
    generator.env.filters |= {**FILTERS, "worst": worst}


def add_months(generator: ArticlesGenerator) -> None:
    """Give the months to the templates, newest first, by their years and numbers."""
    months = {}
    for archive in generator.period_archives["month"]:
        articles = archive["dates"]
        incidents = [one for one in articles if one.facts["kind"] == "incident"]
        numbers = [
            (len(incidents), "incident"),
            (len(articles) - len(incidents), "maintenance"),
        ]
        counts = [f"{number} {what}{'s' * (number > 1)}" for number, what in numbers if number]
        months[archive["period_num"]] = {
            "id": f"{articles[0].date:%Y-%m}",
            "year": articles[0].date.year,
            "name": f"{articles[0].date:%B %Y}",
            "summary": ", ".join(counts),
            "is_mixed": len(counts) > 1,
            "marks": [one.facts["impact"] for one in reversed(incidents[-MARKS_A_MONTH:])],
        }
    for later, earlier in pairwise(months.values()):
        later["earlier"], earlier["later"] = earlier, later
    generator.context["months"] = months


def write_others(generator: ArticlesGenerator, writer: Writer) -> None:
    """Write the API and the feeds."""
    output = Path(writer.output_path)
    components = generator.settings["COMPONENTS"]
    listed = {id_: one["api"] for id_, one in components.items()}
    for article in generator.articles:
        path = output / f"incidents/{article.slug}/api.json"
        write_api(path, article.slug, article.facts, listed)
    write_feeds(output, generator.articles)
    for tag, articles in generator.tags.items():
        write_feeds(output, articles, tag.slug, components[tag.slug]["full"])


def register() -> None:
    """Tell Pelican what we do; it calls this."""
    signals.readers_init.connect(add_reader)
    signals.generator_init.connect(add_filters)
    signals.article_generator_finalized.connect(add_months)
    signals.article_writer_finalized.connect(write_others)
