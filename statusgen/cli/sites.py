"""Reads a page repository as the site in one language, for commands that only tell of it."""

from __future__ import annotations

from datetime import datetime

import click

from statusgen.build import memory_of
from statusgen.making import site_in
from statusgen.memory.texts import Texts
from statusgen.site.context import Site
from statusgen.source.source import read_source
from statusgen.workers import process_count


def read_site(root: str, now: datetime, audience: str, language: str | None = None) -> Site:
    """Return the site at `now` for an audience, in one of the page's languages.

    Without a language it is the main one.

    Raises:
        NoConfigError: Without a configuration there is no page.
        click.BadParameter: The page is not in that language.

    """
    memory = memory_of(root, audience)
    source = read_source(root, now, processes=process_count(), memory=memory, audience=audience)
    codes = source.config.page.languages
    if language is not None and language not in codes:
        named = ", ".join(codes)
        raise click.BadParameter(
            f"the page has no language '{language}'; it has {named}", param_hint="'--language'"
        )
    return site_in(source, now, language or codes[0], Texts(memory))
