"""A built site in a folder of this machine, as its manifest describes it."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from pathlib import Path

from statusgen.files.source_tree import read_file
from statusgen.model import PUBLIC
from statusgen.publish.release import Build, digest_of, parse_build
from statusgen.publish.target import SourceError
from statusgen.site.hosting.manifest import MANIFEST

_LARGEST = 64 << 20


class Folder:
    """The files of a build; what a half-finished build left does not pass for one."""

    def __init__(self, folder: str, digests: Mapping[str, str]) -> None:
        self.path = folder
        self._digests = digests

    def has_only(self, paths: Collection[str]) -> bool:
        """Tell whether there are these files and no others, whatever is in them."""
        found = [
            Path(folder, name).relative_to(self.path).as_posix()
            for folder, _, names in os.walk(self.path)
            for name in names
        ]
        return len(found) == len(paths) and all(path in paths for path in found)

    def read(self, path: str) -> bytes:
        try:
            content = read_file(self.path, path, largest=_LARGEST)
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror or error}") from error
        if digest_of(content) != self._digests.get(path):
            raise SourceError(f"{path} is not what the manifest says")
        return content


def read_build(folder: str) -> Build:
    """Return what is in a folder.

    Raises:
        SourceError: There is no built site, or it is not for the public.
        UnreadableError: Its manifest is not ours.

    """
    try:
        manifest = read_file(folder, MANIFEST, largest=_LARGEST)
    except OSError as error:
        raise SourceError(f"there is no built site in {folder}: {error.strerror}") from error
    build = parse_build(manifest)
    audience = json.loads(manifest).get("audience", PUBLIC)
    if audience != PUBLIC:
        raise SourceError(
            f"the site in {folder} is for the audience '{audience}', and targets are for the"
            " public: copy it to where only they can read it"
        )
    return build
