"""What became of each target, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from statusgen.cli.formats import printable
from statusgen.publish.publishing import End, Outcome, has_quorum
from statusgen.publish.release import Build

_KILO = 1000


def as_text(build: Build, outcomes: Sequence[Outcome], quorum: int | None) -> str:
    """Return a line for each target, and whether there are enough of them."""
    width = max(len(one.target) for one in outcomes)
    lines = [f"{one.target.ljust(width)}  {' '.join(_said(one))}" for one in outcomes]
    good = sum(one.end.is_good for one in outcomes)
    needed = len(outcomes) if quorum is None else min(quorum, len(outcomes))
    has = f"build {build.digest[:12]} or a newer one; {needed} must."
    if any(one.end is End.PLANNED for one in outcomes):
        lines.append(f"Nothing was sent. {good} of {len(outcomes)} would have {has}")
    else:
        lines.append(f"{good} of {len(outcomes)} have {has}")
    return printable("\n".join(lines))


def as_json(build: Build, outcomes: Sequence[Outcome], quorum: int | None) -> str:
    """Return an object with the build and its targets; times in seconds, sizes in bytes."""
    content = {
        "build": build.digest,
        "commit": build.commit or None,
        "quorum": has_quorum(outcomes, quorum),
        "targets": [
            {
                "name": one.target,
                "end": one.end,
                "release": one.release.number if one.release else None,
                "build": one.release.build.digest if one.release else None,
                "files": one.sent.files,
                "bytes": one.sent.size,
                "seconds": round(one.seconds, 3),
                "tries": one.tries,
                "reason": one.reason,
            }
            for one in outcomes
        ],
    }
    return json.dumps(content, indent=2)


def _said(outcome: Outcome) -> Iterator[str]:
    yield outcome.end.value.ljust(10)
    if outcome.end in {End.PUBLISHED, End.PLANNED} and outcome.release:
        sent = f"{outcome.sent.files:,} files, {outcome.sent.size // _KILO:,} kB"
        took = f" in {outcome.seconds:.1f} s" if outcome.end is End.PUBLISHED else ""
        yield f"release {outcome.release.number}: {sent}{took}"
    elif outcome.release:
        yield f"release {outcome.release.number}"
    if outcome.tries > 1:
        yield f"after {outcome.tries} tries" + ":" * bool(outcome.reason and not outcome.release)
    if outcome.reason:
        yield f"({outcome.reason})" if outcome.release else outcome.reason
