"""Every request of a publish to a bucket fails in turn, in each way in which one can."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest
from buckets import read, store_of
from faulty_proxy import Fault, Proxy, before
from releases import at_once, lay_out, order_of

from statusgen.network.patience import Patience
from statusgen.publish.decision import Relation
from statusgen.publish.objects import Bucket
from statusgen.publish.publishing import End, Outcome, Place, publish
from statusgen.publish.s3 import S3

Record = Callable[[str, object], None]

PAUSE = 0.1
FOR_EVER = 1_000_000
LONG = 30.0
"""A lease for publishes that nothing interrupts."""


def site(name: str, components: int) -> dict[str, bytes]:
    """Return a site in which every page leads to files that only this build has."""
    style, incident = f"assets/style.{name}.css", f"incidents/{name}/index.html"

    def links(*paths: str) -> bytes:
        return "".join(f'<a href="/{path}">' for path in paths).encode()

    return {
        style: name.encode(),
        incident: links(style),
        **{
            f"components/{number}/index.html": links(style) + b"%d" % number
            for number in range(components)
        },
        "history/index.html": links(style, incident),
        "index.html": links(style, "components/0/index.html", "history/index.html"),
        "api/v2/status.json": f'{{"status":"{name}"}}'.encode(),
        "feed.json": f'{{"url":"/{incident}"}}'.encode(),
        "same.html": b"the same",
    }


class Builds:
    """Two builds, of which one follows the other over and over."""

    def __init__(self, folder: Path, components: int) -> None:
        self.sites = [site(name, components) for name in ("a", "b")]
        self.folders = [
            lay_out(folder / str(number), files) for number, files in enumerate(self.sites)
        ]


class Reader:
    """Reads the page over and over, and notes what does not fit together."""

    def __init__(self, bucket: Bucket, builds: Builds) -> None:
        self.faults: list[str] = []
        self.reads = 0
        self._sites = builds.sites
        self._store = store_of(bucket)

    def look(self) -> None:
        """Read the front page and all that it leads to."""
        seen, waiting = set(), ["index.html", "feed.json", "api/v2/status.json"]
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            try:
                content = self._store.get(path).bytes().to_bytes()
            except FileNotFoundError:
                self.faults.append(f"{path} is missing")
                continue
            self.reads += 1
            if content not in [files.get(path) for files in self._sites]:
                self.faults.append(f"{path} is of no build: {content!r}")
            links = re.findall(r'(?:href|url)"?[=:]"([^"]+)"', content.decode())
            waiting += [urljoin(f"/{path}", link)[1:] for link in links]


@contextmanager
def reading(bucket: Bucket, builds: Builds, pause: float) -> Iterator[Reader]:
    reader, stopped = Reader(bucket, builds), threading.Event()

    def work() -> None:
        while not stopped.wait(pause):
            reader.look()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield reader
    finally:
        stopped.set()
        thread.join()


class Sample(NamedTuple):
    """How many components the site has, and which requests are spoilt: one of so many.

    `lease` is what a publisher that gives no sign is waited for, in seconds. As most of a fault is
    this waiting, so many `pages` take the requests in turn, at the same time.
    """

    components: int
    every: int
    lease: float = 1.5
    pages: int = 1


def sampled(every: int) -> pytest.MarkDecorator:
    """Take some of the requests for a small site; in the long form all for a larger one."""
    long = pytest.param(Sample(40, 1, 6, pages=6), marks=pytest.mark.extreme, id="all")
    return pytest.mark.parametrize("sample", [pytest.param(Sample(2, every), id="some"), long])


class Faulty(NamedTuple):
    """A page in a bucket, and a proxy to it."""

    bucket: Bucket
    proxy: Proxy
    through: Bucket


@contextmanager
def proxied(bucket: Bucket, lease: float = 1.5) -> Iterator[Faulty]:
    with before(bucket.endpoint, seconds=lease / 2) as (proxy, address):
        yield Faulty(bucket, proxy, bucket._replace(endpoint=address))


def send(folder: str, bucket: Bucket, lease: float, seconds: float = 20) -> Outcome:
    order = order_of(
        folder,
        relate=lambda *_: Relation.NEWER,
        patience=Patience(seconds=seconds, pause=0.05),
    )
    return publish(Place("s3", lambda: S3("s3", bucket, lease)), order)


def assert_heals(builds: Builds, number: int, bucket: Bucket, lease: float) -> None:
    outcome = send(builds.folders[number], bucket, lease, seconds=60)
    assert outcome.end in {End.PUBLISHED, End.UNCHANGED}, outcome.reason
    assert read(bucket).items() >= builds.sites[number].items()


def requests_of(builds: Builds, page: Faulty) -> int:
    """Return how many requests an update takes; beats come between them as they like."""
    send(builds.folders[0], page.bucket, LONG)
    send(builds.folders[1], page.bucket, LONG)
    page.proxy.spoil(-1, 0, None)
    send(builds.folders[0], page.through, LONG)
    return len([one for one in page.proxy.asked if "/beats/" not in one])


def spoil_each(
    sample: Sample,
    builds: Builds,
    bucket: Bucket,
    spoil: Callable[[Faulty, int, int], None],
) -> int:
    """Spoil a request of a publish, another one of the next, and so on; readers look all the time.

    `spoil` is given the page, the number of the build that follows, and which request it is.
    Return how many of those requests came to be made.
    """

    def work(lane: int) -> int:
        spoilt = 0
        own = bucket._replace(prefix=f"{bucket.prefix}/{lane}")
        with proxied(own, sample.lease) as page:
            total = requests_of(builds, page)
            with reading(own, builds, PAUSE * sample.pages) as reader:
                first, step = lane * sample.every, sample.pages * sample.every
                for count, at in enumerate(range(first, total, step)):
                    spoil(page, 1 - count % 2, at)
                    spoilt += len(page.proxy.asked) > at
        assert reader.faults == []
        assert reader.reads
        return spoilt

    return sum(at_once(partial(work, lane) for lane in range(sample.pages)))


@sampled(every=11)
@pytest.mark.parametrize("fault", sorted({*Fault} - {Fault.FULL, Fault.REFUSED}))
def test_one_spoilt_request_is_made_again(
    fault: Fault, sample: Sample, tmp_path: Path, bucket: Bucket, record_property: Record
) -> None:
    builds = Builds(tmp_path, sample.components)

    def spoil(page: Faulty, number: int, at: int) -> None:
        page.proxy.spoil(at, 1, fault)
        outcome = send(builds.folders[number], page.through, sample.lease)
        assert outcome.end is End.PUBLISHED, (at, outcome.reason, page.proxy.asked[at:][:1])
        assert read(page.bucket).items() >= builds.sites[number].items()

    record_property("faults", spoil_each(sample, builds, bucket, spoil))


@sampled(every=13)
@pytest.mark.parametrize("fault", Fault)
def test_a_service_that_fails_from_one_request_on_leaves_no_mixture_and_the_next_publish_heals(
    fault: Fault, sample: Sample, tmp_path: Path, bucket: Bucket, record_property: Record
) -> None:
    builds = Builds(tmp_path, sample.components)

    def spoil(page: Faulty, number: int, at: int) -> None:
        page.proxy.spoil(at, FOR_EVER, fault)
        outcome = send(builds.folders[number], page.through, sample.lease, seconds=0.1)
        assert outcome.end in {End.FAILED, End.PUBLISHED, End.UNCHANGED}
        assert_heals(builds, number, page.bucket, sample.lease)

    record_property("faults", spoil_each(sample, builds, bucket, spoil))


PROGRAM = """\
import sys; sys.path[:0] = ['tests/samples', 'tests/tools']
from releases import order_of
from statusgen.publish.decision import Relation
from statusgen.publish.objects import Bucket
from statusgen.publish.publishing import Place, publish
from statusgen.publish.s3 import S3
target = S3('s3', Bucket(*sys.argv[2:8]), float(sys.argv[8]))
publish(Place('s3', lambda: target), order_of(sys.argv[1], relate=lambda *_: Relation.NEWER))
"""


@sampled(every=23)
def test_a_publisher_killed_at_any_request_leaves_no_mixture_and_the_next_publish_heals(
    sample: Sample, tmp_path: Path, bucket: Bucket, record_property: Record
) -> None:
    builds = Builds(tmp_path, sample.components)
    root = Path(__file__).parents[2]

    def spoil(page: Faulty, number: int, at: int) -> None:
        arguments = [builds.folders[number], *page.through[:6], str(sample.lease)]
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *arguments],
            cwd=root,
            env={**os.environ, "PYTHONPATH": str(root)},
        ) as publisher:
            page.proxy.spoil(at, FOR_EVER, Fault.RESET, publisher.kill)
        assert publisher.returncode in {-9, 0}
        assert_heals(builds, number, page.bucket, sample.lease)

    record_property("faults", spoil_each(sample, builds, bucket, spoil))


def test_only_what_changed_is_sent_as_the_service_counts_it(tmp_path: Path, bucket: Bucket) -> None:
    files = {f"incidents/{number}/index.html": b"%d" % number for number in range(300)}
    send(lay_out(tmp_path / "one", {**files, "index.html": b"1"}), bucket, LONG)
    changed = {"incidents/7/index.html": b"corrected", "index.html": b"2"}
    with proxied(bucket) as (_, proxy, through):
        send(lay_out(tmp_path / "two", {**files, **changed}), through, LONG)
    written = [one.partition(bucket.prefix + "/")[2] for one in proxy.asked if "PUT" in one[:4]]
    of_the_page = [path for path in written if not path.startswith("_statusgen/")]
    assert of_the_page == [
        "incidents/7/index.html",
        "index.html",
        "manifest.json",
        "release.json",
    ]
    assert len(proxy.asked) < 40
