"""A target that is in trouble holds up none of the others, and its message says why."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from faulty_proxy import Fault, before
from releases import ONE, lay_out, order_of

from statusgen.network.patience import Patience
from statusgen.publish.directory import Directory
from statusgen.publish.objects import Bucket
from statusgen.publish.publishing import End, Place, has_quorum, publish_all
from statusgen.publish.s3 import S3

PATIENCE = Patience(seconds=3, pause=0.05)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault.RESET, "cannot be reached"),
        (Fault.HANG, "does not answer in time"),
        (Fault.ERROR, "the service says no (503 Service Unavailable)"),
        (Fault.FULL, "the service says no (507 Insufficient Storage)"),
        (Fault.REFUSED, "the service says no (403 Forbidden)"),
    ],
)
def test_dead_slow_failing_full_or_refusing_it_holds_up_none_of_the_others(
    fault: Fault, reason: str, tmp_path: Path, bucket: Bucket
) -> None:
    site = lay_out(tmp_path / "one", {**ONE, "large.html": b"x" * 1_000_000})
    with before(bucket.endpoint, seconds=5) as (proxy, address):
        proxy.spoil(4, 1_000_000, fault)
        troubled = S3("bucket", bucket._replace(endpoint=address), lease=3)
        places = [
            Place("bucket", lambda: troubled),
            Place("a", lambda: Directory("a", str(tmp_path / "a"))),
            Place("b", lambda: Directory("b", str(tmp_path / "b"))),
        ]
        order = order_of(site, patience=PATIENCE)
        (alone,) = publish_all([Place("c", lambda: Directory("c", str(tmp_path / "c")))], order)
        started = time.monotonic()
        outcomes = publish_all(places, order)
        assert time.monotonic() - started < PATIENCE.seconds + 2
    assert [one.end for one in outcomes] == [End.FAILED, End.PUBLISHED, End.PUBLISHED]
    assert max(one.seconds for one in outcomes[1:]) < alone.seconds + 1
    assert reason in outcomes[0].reason
    assert has_quorum(outcomes, 2)
    assert not has_quorum(outcomes, None)
