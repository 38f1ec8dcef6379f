"""Copies of the page that readers may still find at an address which config.yml names no more.

What a target has stays there when the target leaves config.yml, and nothing renews it: a page that
says for ever that all is well. Git knows which addresses there have been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice

from statusgen.model import Config
from statusgen.problems import Severity
from statusgen.publish.asking import AskError, Server, addresses_of
from statusgen.publish.examining import Finding
from statusgen.publish.release import Build, UnreadableError, parse_build
from statusgen.site.hosting.manifest import MANIFEST

_MOST = 10
"""So many addresses are asked: those that were there last."""

_OK = 200


def old_copy_findings(
    config: Config, earlier: Iterable[Config], seconds: float
) -> Iterator[Finding]:
    """Yield where readers still get an old page; `earlier` configurations come newest first.

    An address at which they get what the page itself has is another name of it. One answer may take
    `seconds`.
    """
    named = set(_addresses(config))
    past = dict.fromkeys(url for one in earlier for url in _addresses(one) if url not in named)
    asked = [config.page.url, *islice(past, _MOST)]
    if len(asked) == 1:
        return
    with ThreadPoolExecutor(len(asked)) as pool:
        current, *others = pool.map(partial(_build_at, seconds=seconds), asked)
    for url, build in zip(asked[1:], others, strict=True):
        if build is None or (current is not None and build.digest == current.digest):
            continue
        said = f"readers still get build {build.digest[:12]} at {url}, which config.yml had once"
        remedy = "take it down, or lead them to the page (docs/publishing.md, A target that goes)"
        yield Finding(Severity.ERROR, "old-copy", f"{said}: {remedy}")


def _addresses(config: Config) -> Iterator[str]:
    """Yield where readers find the page and its copies."""
    for url in (config.page.url, *(one.url for one in config.publish)):
        if url:
            yield f"{url.rstrip('/')}/"


def _build_at(url: str, seconds: float) -> Build | None:
    """Return the build that readers get; None if they get none, or are led elsewhere."""
    try:
        answer = Server(url, addresses_of(url)[0], seconds).get(MANIFEST)
        return parse_build(answer.body) if answer.status == _OK else None
    except (AskError, UnreadableError):
        return None
