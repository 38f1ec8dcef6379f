"""What every kind of target can do, and how it says that it could not."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from statusgen.publish.plan import Plan
from statusgen.publish.release import Build, Release

RELEASES = 10
"""So many releases are kept by each target, the newest included."""

NO_LINK = "'current' is there and no link, so it is none of ours: move it away"
"""Why nothing is published to a folder of this or another machine, and what helps."""


class TargetError(Exception):
    """A target did not do what it should: a sentence why; whether trying again may help."""

    def __init__(self, reason: str, *, is_passing: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_passing = is_passing


class ConflictError(Exception):
    """Somebody else has published meanwhile: look again, and decide anew."""


class SourceError(Exception):
    """The files that are to be published are not those that the manifest tells of."""


class Files(Protocol):
    """Where the bytes of a build are."""

    def read(self, path: str) -> bytes:
        """Return a file, whose SHA-256 is that of the manifest.

        Raises:
            SourceError: It is not there or has changed.

        """
        ...


class Sent(NamedTuple):
    """How much went over: files, and their bytes."""

    files: int
    size: int


class Past(NamedTuple):
    """A release that a target still has, with its bytes."""

    release: Release
    files: Files


class Target(Protocol):
    """A place to which the site is published."""

    @property
    def name(self) -> str: ...

    def connected(self) -> AbstractContextManager[None]:
        """Keep one connection for all that is asked and sent in a block, if there are any."""
        ...

    def live(self) -> Release | None:
        """Return the release that readers get; None if there has been none.

        Raises:
            TargetError: The target cannot be asked.

        """
        ...

    def send(self, plan: Plan, live: Release | None, files: Files) -> Sent:
        """Make the plan's release the live one; `live` is the one that the plan follows.

        Raises:
            ConflictError: The live release is another one by now; nothing of ours is seen.
            TargetError: It did not work; readers get the old release, or a whole one.

        """
        ...

    def past(self) -> Sequence[Past]:
        """Return the releases before the live one that are still there, newest first."""
        ...


def check_whole(build: Build, files: Files) -> None:
    """Read every file once.

    Raises:
        SourceError: One of them is not what the manifest says.

    """
    for path in build.files:
        files.read(path)
