"""A release: a build on a target, and the two files that tell what it consists of.

`manifest.json` is part of every build and lists the SHA-256 of each file. `release.json` is added
by whoever publishes and is the last file to be written: its number grows by one with each release
of a target, whatever any clock says.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from statusgen.files.names import OUTPUT_PATH
from statusgen.site.hosting.manifest import MANIFEST
from statusgen.site.json_text import to_json
from statusgen.site.words.times import rfc3339

RELEASE = "release.json"

_ID = re.compile(r"([1-9][0-9]*)-[0-9a-z]+-[0-9a-f]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_COMMIT = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})?")
_PATH = re.compile(OUTPUT_PATH)


class UnreadableError(Exception):
    """What a target has is no release that we could have made."""


class Build(NamedTuple):
    """What is to be published: the digest of the whole, its commit, and the SHA-256 of each file.

    `commit` is empty outside Git. `files` includes manifest.json.
    """

    digest: str
    commit: str
    files: Mapping[str, str]


class Kept(NamedTuple):
    """A file that is no part of the page any more but stays for readers of older pages.

    `since` is when it went, in seconds since 1970, and `releases` how many there were after that.
    """

    sha256: str
    since: int
    releases: int


class Release(NamedTuple):
    """A build on a target.

    `at` is when it was published, in seconds since 1970. `held` says what a rollback left behind:
    the commit whose build must not come back, or `*` if nothing is to be published. From
    `stale_after` on, in seconds since 1970, readers should have something newer; None: never.
    One that is not `served` is there, but what readers are led to is lost: there is nothing newer
    to go on from.
    """

    number: int
    build: Build
    at: int
    kept: Mapping[str, Kept]
    held: str = ""
    stale_after: int | None = None
    served: bool = True

    @property
    def id(self) -> str:
        """What it is called: number, commit and digest, as in '42-0123456789ab-cdef01234567'."""
        commit = self.build.commit[:12] or "local"
        return f"{self.number}-{commit}-{self.build.digest[:12]}"

    @property
    def paths(self) -> dict[str, str]:
        """All files that the target has for it, release.json excepted, and their SHA-256."""
        return {**{path: one.sha256 for path, one in self.kept.items()}, **self.build.files}


def parse_build(manifest: bytes) -> Build:
    """Return what a manifest.json describes.

    Raises:
        UnreadableError: It is not one of ours.

    """
    content = _mapping(manifest, MANIFEST)
    files, digest, commit = content.get("files"), content.get("build"), content.get("commit") or ""
    if not isinstance(digest, str) or not _SHA256.fullmatch(digest):
        raise UnreadableError(f"{MANIFEST} is not one of statusgen's")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise UnreadableError(f"{MANIFEST} names no commit")
    if not isinstance(files, dict) or not _are_digests(files):
        raise UnreadableError(f"{MANIFEST} lists no files")
    return Build(digest, commit, {**files, MANIFEST: digest_of(manifest)})


def parse_release(release: bytes, manifest: bytes) -> Release:
    """Return the release that both files describe.

    Raises:
        UnreadableError: One of them is not ours, or they do not belong together.

    """
    build = parse_build(manifest)
    content = _mapping(release, RELEASE)
    try:
        kept = {
            path: Kept(one["sha256"], int(one["since"]), int(one["releases"]))
            for path, one in content["kept"].items()
        }
        stale = content.get("stale_after")
        found = Release(
            int(content["number"]),
            build,
            int(content["at"]),
            kept,
            str(content["held"]),
            int(datetime.fromisoformat(stale).timestamp()) if stale else None,
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(f"{RELEASE} is not one of statusgen's") from error
    if not _are_digests({path: one.sha256 for path, one in kept.items()}):
        raise UnreadableError(f"{RELEASE} is not one of statusgen's")
    if content.get("build") != build.digest:
        raise UnreadableError(f"{RELEASE} and {MANIFEST} are of two builds")
    return found


def render_release(release: Release) -> bytes:
    """Return the release.json that tells of a release."""
    return to_json(
        {
            "number": release.number,
            "build": release.build.digest,
            "commit": release.build.commit or None,
            "at": release.at,
            "generated_at": _text_of(release.at),
            "stale_after": None if release.stale_after is None else _text_of(release.stale_after),
            "held": release.held,
            "kept": {path: one._asdict() for path, one in sorted(release.kept.items())},
        }
    )


def in_time(names: Iterable[str]) -> list[str]:
    """Return those names that are the id of a release, newest first."""
    found = [match for match in map(_ID.fullmatch, names) if match]
    return [one[0] for one in sorted(found, key=lambda one: (-int(one[1]), one[0]))]


def number_of(release_id: str) -> int:
    """Return the number in the id of a release."""
    return int(release_id.partition("-")[0])


def _text_of(seconds: int) -> str:
    return rfc3339(datetime.fromtimestamp(seconds, UTC))


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(content).hexdigest()


def _mapping(raw: bytes, name: str) -> dict[str, Any]:
    try:
        content = json.loads(raw)
    except ValueError as error:
        raise UnreadableError(f"{name} is no JSON") from error
    if not isinstance(content, dict):
        raise UnreadableError(f"{name} is not one of statusgen's")
    return content


def _are_digests(files: Mapping[str, object]) -> bool:
    """Tell whether these are paths below a folder, each with a SHA-256 in hex."""
    return all(
        _PATH.fullmatch(path) and isinstance(value, str) and _SHA256.fullmatch(value)
        for path, value in files.items()
    )
