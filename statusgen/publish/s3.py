"""A bucket of S3, or of what speaks like it, as a target.

    <path>                              the page; release.json is written last
    _statusgen/past/42/release.json     a release before the live one, with its manifest.json
    _statusgen/past/42/<sha256>         what that release, or one before it, was the last to need
    _statusgen/claims/, beats/          who may write: see claims.py

Nothing replaces many objects in one step. So they are written one after the other, in an order in
which all that a page needs is there before it; what is overwritten or deleted is copied away first.
What an interrupted publisher was about to change is in doubt, and sent again by the next.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from itertools import groupby
from typing import NamedTuple

from statusgen.model import PUBLIC
from statusgen.publish.claims import FOLDER, Claims, Held
from statusgen.publish.objects import Bucket, Objects
from statusgen.publish.plan import Plan, step_of
from statusgen.publish.release import (
    RELEASE,
    Kept,
    Release,
    UnreadableError,
    digest_of,
    parse_release,
    render_release,
)
from statusgen.publish.target import (
    RELEASES,
    ConflictError,
    Files,
    Past,
    Sent,
    SourceError,
    TargetError,
)
from statusgen.site.hosting.manifest import MANIFEST

_PAST = f"{FOLDER}/past"
_IN_DOUBT = "0" * 64
_AT_ONCE = 16
LEASE = 30.0


class _Seen(NamedTuple):
    """What is there: the live release as it was written, its two files, and the paths in doubt."""

    written: Release | None
    files: Mapping[str, bytes]
    doubts: frozenset[str]

    @property
    def live(self) -> Release | None:
        """The live release; what is in doubt differs from any build."""
        if self.written is None or not self.doubts:
            return self.written
        build = self.written.build
        files = {path: self._sure(path, sha256) for path, sha256 in build.files.items()}
        return self.written._replace(build=build._replace(digest=_IN_DOUBT, files=files))

    def _sure(self, path: str, sha256: str) -> str:
        return _IN_DOUBT if path in self.doubts else sha256


class S3:
    """A release as objects, with the ones before it beside.

    `lease` is for how many seconds the next publisher waits for one that gives no sign any more.
    """

    def __init__(self, name: str, bucket: Bucket, lease: float = LEASE) -> None:
        self.name = name
        self._objects = Objects(bucket, lease / 6)
        self._claims = Claims(self._objects, Objects(bucket, lease / 12), lease)

    def connected(self) -> AbstractContextManager[None]:
        return nullcontext()

    def live(self) -> Release | None:
        return self._look(self._claims.last().doubts).live

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        contents = {path: files.read(path) for path in plan.send}
        is_public = _is_public(files.read(MANIFEST))
        with self._claims.claimed({*plan.send, *plan.stale, RELEASE}) as held:
            seen = self._look(held.doubts)
            if seen.live != live:
                raise ConflictError
            if seen.written:
                self._put_away(held, plan, seen, seen.written)
            release = plan.release._replace(kept=self._kept(plan, held.doubts))
            contents[RELEASE] = render_release(release)
            there = seen.written.paths if seen.written else {}
            steps = groupby(plan.send, lambda path: (path in there, step_of(path)))
            for step in (*(list(paths) for _, paths in steps), [RELEASE]):
                self._each(
                    held,
                    lambda path: self._objects.put(path, contents[path], is_public=is_public),
                    step,
                )
            self._objects.delete(*plan.stale)
            self._forget(release.number - RELEASES)
        return Sent(len(contents), sum(map(len, contents.values())))

    def past(self) -> Sequence[Past]:
        seen = self._look(self._claims.last().doubts)
        if seen.written is None:
            return ()
        where = {name.rpartition("/")[2]: name for name in self._objects.names(_PAST)}
        where |= {
            sha256: path for path, sha256 in seen.written.paths.items() if path not in seen.doubts
        }
        found = []
        for number in sorted(self._numbers(), reverse=True):
            if number < seen.written.number:
                with suppress(UnreadableError):
                    release = _release_of(self._described(f"{_PAST}/{number}/"))
                    found.append(Past(release, _Old(self._objects, release.build.files, where)))
        return found

    def _look(self, doubts: frozenset[str]) -> _Seen:
        """Return what is there now, given what is in doubt.

        Raises:
            TargetError: It is none of ours.

        """
        files = self._described("")
        if not files[RELEASE]:
            if not doubts and self._objects.version("index.html"):
                raise TargetError(
                    "there is another page already: delete its index.html,"
                    " or let 'prefix' put this one beside it"
                )
            return _Seen(None, files, doubts)
        try:
            return _Seen(_release_of(files), files, doubts)
        except UnreadableError as error:
            if MANIFEST not in doubts:
                raise TargetError(str(error)) from error
        files = self._described(f"{_PAST}/{_number_of(files[RELEASE])}/")
        try:
            return _Seen(_release_of(files), files, doubts)
        except UnreadableError as error:
            raise TargetError(str(error)) from error

    def _described(self, folder: str) -> dict[str, bytes]:
        """Return the two files that describe a release; empty if they are not there."""
        return {name: self._objects.get(folder + name) or b"" for name in (RELEASE, MANIFEST)}

    def _put_away(self, held: Held, plan: Plan, seen: _Seen, written: Release) -> None:
        """Copy away what only releases up to the live one need.

        Of what is in doubt, an interrupted publisher may have copied it and then overwritten it.
        """
        folder = f"{_PAST}/{written.number}"
        for name, content in seen.files.items():
            self._objects.put(f"{folder}/{name}", content, is_public=False)

        def put_away(sha256: str) -> None:
            path, copy = changed[sha256], f"{folder}/{sha256}"
            if path not in seen.doubts:
                self._objects.copy(path, copy)
            elif not self._objects.version(copy):
                content = self._objects.get(path)
                if content is not None and digest_of(content) == sha256:
                    self._objects.put(copy, content, is_public=False)

        paths = {*plan.send, *plan.stale, *seen.doubts} & written.paths.keys()
        by_doubt = sorted(paths, key=lambda path: (path not in seen.doubts, path))
        changed = {written.paths[path]: path for path in by_doubt}  # of equals, one that is sure
        self._each(held, put_away, changed)

    def _kept(self, plan: Plan, doubts: frozenset[str]) -> dict[str, Kept]:
        """Return what stays for readers of older pages; what is in doubt as it is now."""
        kept = dict(plan.release.kept)
        for path in sorted(doubts - plan.release.build.files.keys() - {*plan.stale, RELEASE}):
            content = self._objects.get(path)
            old = kept.pop(path, Kept("", plan.release.at, 1))
            if content is not None:
                kept[path] = old._replace(sha256=digest_of(content))
        return kept

    def _each(self, held: Held, work: Callable[[str], None], paths: Iterable[str]) -> None:
        """Do some work for each path, as long as the claim holds; end early where it fails."""

        def done(path: str) -> None:
            held.check()
            work(path)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            try:
                for _ in pool.map(done, paths):
                    pass
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _numbers(self) -> list[int]:
        """Return the numbers of the releases that were put away."""
        return [int(name) for name in self._objects.folders(_PAST) if name.isdecimal()]

    def _forget(self, last: int) -> None:
        """Delete what was put away of releases up to a number."""
        for number in self._numbers():
            if number <= last:
                self._objects.delete(*self._objects.names(f"{_PAST}/{number}"))


class _Old:
    """The files of a release before the live one; `where` has objects by their SHA-256."""

    def __init__(
        self, objects: Objects, digests: Mapping[str, str], where: Mapping[str, str]
    ) -> None:
        self._objects = objects
        self._digests = digests
        self._where = where

    def read(self, path: str) -> bytes:
        digest = self._digests[path]
        content = self._objects.get(self._where[digest]) if digest in self._where else None
        if content is None or digest_of(content) != digest:
            raise SourceError(f"{path} of that release is lost")
        return content


def _release_of(files: Mapping[str, bytes]) -> Release:
    return parse_release(files[RELEASE], files[MANIFEST])


def _number_of(release: bytes) -> int:
    """Return the number that a release.json says, 0 if it is none of ours."""
    with suppress(ValueError, KeyError, TypeError):
        return int(json.loads(release)["number"])
    return 0


def _is_public(manifest: bytes) -> bool:
    audience: str = json.loads(manifest).get("audience", PUBLIC)
    return audience == PUBLIC
