"""Measures how long it takes from a commit to the public, and prints the figures as JSON.

Targets of this machine: a directory, a Git remote, and a bucket behind a proxy that answers a share
of the requests with an error. One run appends an update, commits it, and runs `statusgen publish`.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from places import STATUSGEN, appender, clear_workshop, git, place, workshop

sys.path.append(str(Path(__file__).parents[1] / "tests/servers"))
from buckets import KEY_ID, NAME, SECRET, service
from faulty_proxy import Fault, Proxy, before

WHO = ("-c", "user.name=Acme", "-c", "user.email=status@acme.example")


class Figures(NamedTuple):
    """What was measured: seconds from a commit to the end of `publish`; medians by target.

    `changed` says which files the last build changed; `written` of them went to the bucket.
    """

    incidents: int
    runs: int
    median: float
    p95: float
    longest: float
    targets: dict[str, float]
    changed: str
    written: int


def publishes(incidents: int, runs: int, endpoint: str, proxy: Proxy) -> Figures:
    """Return the seconds from a commit to the end of `publish`, and what one publish sends."""
    folder = place("statusgen", incidents)
    config = folder / "config.yml"
    targets = [
        {"type": "directory", "path": str(workshop() / "srv")},
        {"type": "git", "remote": str(workshop() / "site.git")},
        {"type": "s3", "bucket": NAME, "endpoint": endpoint, "prefix": f"p{incidents}"},
    ]
    config.write_text(f"{config.read_text()}\npublish: {json.dumps(targets)}\n")
    subprocess.run(["git", "init", "--quiet", "--bare", workshop() / "site.git"], check=True)
    git("add", ".", folder=folder)
    git(*WHO, "commit", "--quiet", "--message", "Targets", folder=folder)
    append, seconds, written, changed = appender(folder), [], 0, ""
    parts: dict[str, list[float]] = {}
    for run in range(runs + 1):
        append()
        git(*WHO, "commit", "--quiet", "--all", "--message", "Update", folder=folder)
        asked = len(proxy.asked)
        started = time.perf_counter()
        done = subprocess.run(
            [STATUSGEN, "publish", "--format", "json", "--timeout", "3600"],
            cwd=folder,
            env={
                "PATH": "/usr/bin:/bin",
                "AWS_ACCESS_KEY_ID": KEY_ID,
                "AWS_SECRET_ACCESS_KEY": SECRET,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
        changed = done.stdout.partition("\n")[0]
        if run:
            seconds.append(time.perf_counter() - started)
            for one in json.loads(done.stdout[done.stdout.index("{") :])["targets"]:
                parts.setdefault(one["name"], []).append(one["seconds"])
            written = len(
                {
                    one
                    for one in proxy.asked[asked:]
                    if one.startswith("PUT") and "_statusgen" not in one
                }
            )
    return Figures(
        incidents,
        runs,
        round(median(seconds), 2),
        round(quantiles(seconds, n=20)[-1], 2),
        round(max(seconds), 2),
        {name: round(median(some), 2) for name, some in parts.items()},
        changed,
        written,
    )


def commit_to_public(incidents: int, runs: int, failing: float) -> Figures:
    """Return the figures, with a share of the bucket's requests failing."""
    with (
        service(workshop() / "weed") as bucket,
        before(bucket.endpoint) as (proxy, address),
    ):
        proxy.spoil_some(failing, Fault.ERROR)
        return publishes(incidents, runs, address, proxy)


def main() -> None:
    """Measure what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--incidents", type=int, default=1_000)
    asked.add_argument("--runs", type=int, default=100)
    asked.add_argument("--failing", type=float, default=0.1, help="share of the bucket's requests")
    try:
        print(json.dumps(commit_to_public(**vars(asked.parse_args()))._asdict(), indent=2))
    finally:
        clear_workshop()


if __name__ == "__main__":
    main()
