"""The second half of a build: what was read becomes the files of a site.

It stands apart from the first because importing all that it needs takes as long as reading hundreds
of incidents, and a build does both at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from statusgen import __version__
from statusgen.content import localise, pages_in
from statusgen.content.audience import signed_for
from statusgen.files.names import THEME
from statusgen.files.output import Written, open_output
from statusgen.files.source_tree import is_default_theme, read_default_theme, read_theme
from statusgen.git.head import head_commit
from statusgen.languages.catalogues import read_language
from statusgen.memory.cards import find_cards
from statusgen.memory.compiled import Compiled
from statusgen.memory.texts import Texts, texts_of
from statusgen.problems import Problem, has_errors
from statusgen.rendering import write_sites
from statusgen.site.context import Site, Theme
from statusgen.site.context import Source as Origin
from statusgen.site.hosting.manifest import render_manifest
from statusgen.site.theme.templates import check_theme, templates_of
from statusgen.site.words.clock_texts import clock_texts
from statusgen.source.brand import read_brand
from statusgen.source.source import Source
from statusgen.source.text_faults import locate
from statusgen.source.untranslated import untranslated
from statusgen.timeline import derive


class Made(NamedTuple):
    """What was written: `manifest` is its SHA-256, `next_change` when anything changes by itself.

    `problems` are those of texts, templates and the brand's files.
    """

    problems: list[Problem]
    files: int
    written: int
    deleted: int
    manifest: str
    next_change: datetime | None


def make(source: Source, now: datetime, out: str, *, memory: str | None, processes: int) -> Made:
    """Write the sites of what was read, as of `now`, into the folder `out`.

    Raises:
        RefusedError: The output folder is not ours to write to.
        WriteError: The system did not let us write.

    """
    texts = Texts(memory)
    sites, problems = _sites(source, now, texts)
    _load_templates(sites)
    with open_output(out, source.root, source.audience) as tree:
        done = write_sites(sites, texts, tree, source.digests, processes=processes)
        manifest = render_manifest(
            _hashes(done.files), sites[0].source, __version__, source.audience
        )
        entry, deleted = tree.finish(manifest, done.files)
    texts.memo.compact(texts_of(source.written))
    return Made(
        problems=[*problems, *done.problems, *locate(done.faults, source)],
        files=len(done.files) + 1,
        written=sum(one.is_new for one in (*done.files, entry)),
        deleted=deleted,
        manifest=entry.sha256,
        next_change=sites[0].history.next_change,
    )


def find_theme(root: str) -> tuple[Theme, list[Problem]]:
    """Return the theme with the page's own files over it; without them, if one is wrong."""
    default = read_default_theme()
    if is_default_theme(root):
        return Theme(default), []
    own, problems = read_theme(root, at=THEME)
    problems += check_theme(Theme(default, own))
    return Theme(default, {} if has_errors(problems) else own), problems


def _sites(source: Source, now: datetime, texts: Texts) -> tuple[list[Site], list[Problem]]:
    """Return the site in each language, the main one first."""
    theme, theme_problems = find_theme(source.root)
    assets, brand_problems = read_brand(source.root, source.config, theme)
    frame = _Frame(theme, assets, Origin(head_commit(source.root)), texts)
    codes = source.config.page.languages
    language_problems = untranslated(source.root, codes)
    sites = [_site(source, now, code, frame) for code in codes]
    return sites, [*theme_problems, *brand_problems, *language_problems]


def site_in(source: Source, now: datetime, code: str, texts: Texts) -> Site:
    """Return the site in one of the page's languages; the theme's own faults are not told."""
    theme, _ = find_theme(source.root)
    assets, _ = read_brand(source.root, source.config, theme)
    return _site(source, now, code, _Frame(theme, assets, Origin(), texts))


class _Frame(NamedTuple):
    """What the sites of all languages have in common."""

    theme: Theme
    assets: Mapping[str, bytes]
    origin: Origin
    texts: Texts


def _site(source: Source, now: datetime, code: str, frame: _Frame) -> Site:
    languages = tuple(map(read_language, source.config.page.languages))
    language = read_language(code)
    config, incidents = signed_for(source.audience, source.config, source.incidents)
    localised = localise(config, incidents, code)
    return Site(
        history=derive(
            localised.config, localised.incidents, now, clock_texts(language), source.audience
        ),
        theme=replace(frame.theme, bytecode=Compiled(code)),
        markdown=frame.texts,
        assets=frame.assets,
        source=frame.origin,
        version=__version__,
        language=language,
        languages=languages if len(languages) > 1 else (),
        foreign=localised.foreign,
        pages=pages_in(source.pages, code, languages[0].code),
        draw=find_cards(frame.texts.folder),
        audience=source.audience,
    )


def _load_templates(sites: Sequence[Site]) -> None:
    """Make the templates here, before the work is spread over processes.

    Only two sites' are held at a time, so those of the first, which are needed first, come last.
    """
    for site in reversed(sites):
        templates_of(site).load()
        if isinstance(site.theme.bytecode, Compiled):
            site.theme.bytecode.save()


def _hashes(files: Iterable[Written]) -> dict[str, str]:
    """Return the SHA-256 of each file by its path; two files of one path are a mistake of ours."""
    hashes: dict[str, str] = {}
    for path, sha256, _ in files:
        if path in hashes:
            raise AssertionError(f"{path} is rendered twice")
        hashes[path] = sha256
    return hashes
