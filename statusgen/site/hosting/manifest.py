"""manifest.json: what a build consists of, so that a copy of it can be checked file by file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from statusgen.model import PUBLIC
from statusgen.site.json_text import to_json

if TYPE_CHECKING:
    from statusgen.site.context import Output, Source  # MANIFEST alone is needed early

MANIFEST = "manifest.json"


def build_id(hashes: Mapping[str, str]) -> str:
    """Return the SHA-256 over the sorted lines '<sha256>  <path>'; `sha256sum` prints the same."""
    lines = "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes))
    return hashlib.sha256(lines.encode()).hexdigest()


def render_manifest(
    hashes: Mapping[str, str], source: Source, version: str, audience: str = PUBLIC
) -> Output:
    """Return the manifest of all other files, given the SHA-256 of each by its path.

    A site that is not for the public says whom it is for.
    """
    ordered = {path: hashes[path] for path in sorted(hashes)}
    content = {
        "generator": "statusgen",
        "version": version,
        **({} if audience == PUBLIC else {"audience": audience}),
        "build": build_id(ordered),
        "commit": source.commit or None,
        "files": ordered,
    }
    return MANIFEST, to_json(content)
