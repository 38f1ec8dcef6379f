"""Who may change the objects of a bucket: one publisher at a time, whatever clocks say.

    _statusgen/claims/00000042.json    a claim: whose, what it is about to change, how it stands
    _statusgen/beats/00000042          written again and again as long as its publisher is at work

A claim is made by creating the next number, which a service grants to one publisher only. It
follows a claim that is over, or whose beats were seen to stand still for a lease. The last claim
stays when all is done: its number is not used again, and what a publisher thought dead writes late
goes into objects that nobody reads any more. What an interrupted claim was about to change is in
doubt, and passes to the claim that follows it.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import NamedTuple

from statusgen.publish.objects import Objects
from statusgen.publish.target import ConflictError, TargetError

FOLDER = "_statusgen"
_CLAIMS = f"{FOLDER}/claims"
_BEATS = f"{FOLDER}/beats"


class State(StrEnum):
    """How a claim stands."""

    HELD = "held"
    BROKEN = "broken"
    DONE = "done"


class Claim(NamedTuple):
    """Who may change which paths."""

    number: int
    owner: str
    state: State
    paths: frozenset[str]

    @property
    def doubts(self) -> frozenset[str]:
        """The paths of which nobody knows what is there now."""
        return frozenset() if self.state is State.DONE else self.paths


NONE = Claim(0, "", State.DONE, frozenset())


class Claims:
    """The claims of one publisher on the objects of a bucket.

    `lease` is for how many seconds a publisher that gives no sign is waited for. After a third of
    it without a beat the publisher itself changes nothing until one gets through, as on a slow line
    that its own uploads fill; after two thirds it gives up. No request takes longer than a third.
    """

    def __init__(self, objects: Objects, beats: Objects, lease: float) -> None:
        self._objects = objects
        self._beats = beats
        self._lease = lease

    def last(self) -> Claim:
        """Return the last claim of anybody."""
        for path in sorted(self._objects.names(_CLAIMS), reverse=True):
            content = self._objects.get(path)
            if content:
                return _parsed(path, content)
        return NONE

    @contextmanager
    def claimed(self, paths: Iterable[str]) -> Iterator[Held]:
        """Hold the claim to change some paths.

        Raises:
            ConflictError: Others are at work.

        """
        before = self._over()
        owner = secrets.token_hex(8)
        claim = Claim(before.number + 1, owner, State.HELD, before.doubts | {*paths})
        if not self._objects.create(_path(claim), _rendered(claim)) and self.last() != claim:
            raise ConflictError
        self._forget_before(claim)
        held = Held(self._beats, claim, before.doubts, self._lease)
        try:
            yield held
            self._objects.put(_path(claim), _rendered(claim._replace(state=State.DONE)))
        except BaseException:
            with suppress(TargetError):
                self._beats.put(_path(claim), _rendered(held.broken))
            raise
        finally:
            held.stop()

    def _over(self) -> Claim:
        """Return the last claim once nobody holds it any more."""
        started = time.monotonic()
        seen, since = "", started
        while True:
            claim = self.last()
            if claim.state is not State.HELD:
                return claim
            sign = f"{claim.number} {self._objects.version(_beat(claim))}"
            now = time.monotonic()
            if sign != seen:
                seen, since = sign, now
            elif now - since > self._lease:
                return claim
            if now - started > 2 * self._lease:
                raise ConflictError
            time.sleep(self._lease / 60)

    def _forget_before(self, claim: Claim) -> None:
        """Delete the claims before one, which has their doubts.

        Raises:
            ConflictError: There are claims after it; its number had been used and forgotten.

        """
        claims = list(self._objects.names(_CLAIMS))
        if claims[-1:] != [_path(claim)]:
            raise ConflictError
        beats = [path for path in self._objects.names(_BEATS) if path < _beat(claim)]
        self._objects.delete(*claims[:-1], *beats)


class Held:
    """A claim that is held. It beats, and notices when another one has followed it.

    `doubts` are the paths of which nobody knows what its predecessors made of them.
    """

    def __init__(
        self, objects: Objects, claim: Claim, doubts: frozenset[str], lease: float
    ) -> None:
        self.doubts = doubts
        self._objects = objects
        self._claim = claim
        self._lease = lease
        self._sure = time.monotonic()
        self._is_lost = False
        self._has_changed = False
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self._thread.start()

    @property
    def broken(self) -> Claim:
        """What the claim is if it ends now: before the first change, it adds no doubts."""
        paths = self._claim.paths if self._has_changed else self.doubts
        return self._claim._replace(state=State.BROKEN, paths=paths)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join(self._lease)

    def check(self) -> None:
        """Make sure that the claim still holds, before each change; wait while that is not certain.

        Raises:
            ConflictError: It does not, or that does not become certain.

        """
        while not self._is_lost and time.monotonic() - self._sure > self._lease / 3:
            time.sleep(self._lease / 60)
        if self._is_lost:
            raise ConflictError
        self._has_changed = True

    def _beat(self) -> None:
        beats = 0
        while not self._stopped.wait(self._lease / 15) and not self._is_lost:
            beats += 1
            now = time.monotonic()
            if now - self._sure > 2 / 3 * self._lease:  # the next one may be about to follow
                self._is_lost = True
                return
            with suppress(TargetError):
                self._objects.put(_beat(self._claim), str(beats).encode())
                self._is_lost = any(self._objects.names(_CLAIMS, after=_path(self._claim)))
                self._sure = now


def _path(claim: Claim) -> str:
    return f"{_CLAIMS}/{claim.number:08}.json"


def _beat(claim: Claim) -> str:
    return f"{_BEATS}/{claim.number:08}"


def _rendered(claim: Claim) -> bytes:
    content = {"owner": claim.owner, "state": claim.state, "paths": sorted(claim.paths)}
    return json.dumps(content).encode()


def _parsed(path: str, content: bytes) -> Claim:
    """Return the claim in an object.

    Raises:
        TargetError: It is none of ours.

    """
    try:
        number = int(path.removeprefix(f"{_CLAIMS}/").removesuffix(".json"))
        found = json.loads(content)
        return Claim(number, found["owner"], State(found["state"]), frozenset(found["paths"]))
    except (ValueError, KeyError, TypeError) as error:
        raise TargetError(f"{path} is not one of statusgen's") from error
