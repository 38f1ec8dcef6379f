"""The whole pipeline: a page repository becomes a site.

    read_source   files → config, incidents, problems                  all cores
    localise      → the same in each language
    derive        → what is true at `now`
    _sites        → that, the theme and the texts: what outputs are rendered from, by language
    write_sites   → every file, where its bytes differ                 all cores
    finish        → the manifest; then what is stale goes

What the page changes by itself next is a result of every build, and the note left for the next one
lets it end before it has begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from statusgen import __version__, freshness
from statusgen.catalogues import read_language
from statusgen.content import localise
from statusgen.contents import digest_all, leave_note
from statusgen.files import THEME, is_default_theme, read_assets, read_default_theme, read_theme
from statusgen.freshness import STATE_FOLDER
from statusgen.git import tracks
from statusgen.head import head_commit
from statusgen.model import Config
from statusgen.output import Written, open_output
from statusgen.problems import Problem, has_errors, in_order
from statusgen.rendering import write_sites
from statusgen.site.context import Site, Theme
from statusgen.site.context import Source as Origin
from statusgen.site.manifest import render_manifest
from statusgen.site.theme import check_theme
from statusgen.source import Source, read_source
from statusgen.texts import Texts, locate, texts_of
from statusgen.timeline import derive


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built: the repository at `root` as of `now`, into the folder `out`.

    Without `leaves_note` the next build will not know of this one, as of a preview's. `tell` hears
    of each stage.
    """

    root: str
    out: str
    now: datetime
    processes: int = 1
    leaves_note: bool = True
    tell: Callable[[str], None] = lambda _: None


class Built(NamedTuple):
    """What came of it.

    `problems` stand in order, `assets` are the brand's files, separated by tabs, `next_change` is
    when the output changes next by itself.
    """

    problems: tuple[Problem, ...]
    incidents: int
    files: int
    written: int
    deleted: int
    assets: str
    next_change: datetime | None


def build(order: Order) -> Built:
    """Build a site.

    Raises:
        NoConfigError: There is no configuration that could be used.
        RefusedError: The output folder is not ours to write to.
        WriteError: The system did not let us write.

    """
    root, memory = order.root, memory_of(order.root)
    clock = freshness.begin(root) if order.leaves_note else None
    inputs = freshness.observe_inputs(root)
    order.tell("reading")
    source = read_source(root, order.now, processes=order.processes, memory=memory)
    inputs += freshness.observe_assets(root, _asset_paths(source.config))
    texts = Texts(memory)
    sites, problems = _sites(order, source, texts)
    order.tell("writing")
    with open_output(order.out, root) as tree:
        done = write_sites(sites, texts, tree, source.digests, processes=order.processes)
        manifest = render_manifest(_hashes(done.files), sites[0].source, __version__)
        entry, deleted = tree.finish(manifest, done.files)
    texts.memo.compact(texts_of(source.incidents))
    found = [*source.problems, *problems, *done.problems]
    built = Built(
        problems=tuple(in_order([*found, *locate(done.faults, source.incidents, root)])),
        incidents=len(source.incidents),
        files=len(done.files) + 1,
        written=sum(one.is_new for one in (*done.files, entry)),
        deleted=deleted,
        assets=_asset_paths(source.config),
        next_change=sites[0].history.next_change,
    )
    if not has_errors(built.problems):
        contents = digest_all(root, inputs, source.digests)
        note = _note(order, built, contents=contents, manifest=entry.sha256)
        leave_note(root, note, inputs, out=order.out, clock=clock)
    return built


def memory_of(root: str) -> str | None:
    """Return the folder in which builds remember what they made, if there may be one.

    One that is in Git could bring HTML that nobody has cleaned, so it is not looked at.
    """
    folder = freshness.state_folder(root)
    return None if folder is None or tracks(root, STATE_FOLDER) else folder


def find_theme(root: str) -> tuple[Theme, list[Problem]]:
    """Return the theme with the page's own files over it; without them, if one is wrong."""
    default = read_default_theme()
    if is_default_theme(root):
        return Theme(default), []
    own, problems = read_theme(root, at=THEME)
    problems += check_theme(Theme(default, own))
    return Theme(default, {} if has_errors(problems) else own), problems


def _sites(order: Order, source: Source, texts: Texts) -> tuple[list[Site], list[Problem]]:
    """Return the site in each language, the main one first."""
    assets, asset_problems = read_assets(order.root, source.config)
    theme, theme_problems = find_theme(order.root)
    languages = tuple(map(read_language, source.config.page.languages))
    sites = []
    for language in languages:
        localised = localise(source.config, source.incidents, language.code)
        site = Site(
            history=derive(localised.config, localised.incidents, order.now),
            theme=theme,
            markdown=texts,
            assets=assets,
            source=Origin(head_commit(order.root)),
            version=__version__,
            language=language,
            languages=languages if len(languages) > 1 else (),
            foreign=localised.foreign,
        )
        sites.append(site)
    return sites, [*asset_problems, *theme_problems]


def _hashes(files: Iterable[Written]) -> dict[str, str]:
    """Return the SHA-256 of each file by its path; two files of one path are a mistake of ours."""
    hashes: dict[str, str] = {}
    for path, sha256, _ in files:
        if path in hashes:
            raise AssertionError(f"{path} is rendered twice")
        hashes[path] = sha256
    return hashes


def _asset_paths(config: Config) -> str:
    brand = config.brand
    return "\t".join(path for path in (brand.logo, brand.logo_dark, brand.favicon) if path)


def _note(order: Order, built: Built, *, contents: str, manifest: str) -> freshness.Note:
    return {
        **freshness.basis(order.root, order.out),
        "built": repr(order.now.timestamp()),
        "next": repr(built.next_change.timestamp() if built.next_change else float("inf")),
        "assets": built.assets,
        "contents": contents,
        "manifest": manifest,
        "incidents": str(built.incidents),
        "files": str(built.files),
    }
