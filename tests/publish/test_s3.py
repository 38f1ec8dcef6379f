from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from buckets import SECRET, objects_in, read, store_of
from releases import HISTORY, ONE, PLAIN, QUICK, TWO, at_once, lay_out, order_of, seen_in

from statusgen.model import S3Target
from statusgen.network.patience import Patience
from statusgen.publish.adapters import target_of
from statusgen.publish.decision import Insistence
from statusgen.publish.going_back import roll_back
from statusgen.publish.objects import Bucket
from statusgen.publish.publishing import End, Outcome, Place, publish
from statusgen.publish.s3 import S3
from statusgen.publish.target import RELEASES, TargetError

LEASE = 4.0


def send(
    folder: str,
    bucket: Bucket,
    now: int = 0,
    insist: Insistence = PLAIN,
    patience: Patience = QUICK,
) -> Outcome:
    order = order_of(folder, now, insist, patience=patience)
    return publish(Place("s3", lambda: S3("s3", bucket, LEASE)), order)


def test_the_first_publish_writes_the_whole_site(one: str, bucket: Bucket) -> None:
    outcome = send(one, bucket)
    assert outcome.end is End.PUBLISHED, outcome.reason
    assert outcome.sent.files == len(ONE) + 2
    assert read(bucket) == seen_in(Path(one))


def test_publishing_again_writes_nothing(one: str, bucket: Bucket) -> None:
    send(one, bucket)
    before = objects_in(bucket)
    assert send(one, bucket).end is End.UNCHANGED
    assert objects_in(bucket) == before


def test_an_update_sends_what_changed_and_keeps_what_old_pages_need(
    one: str, two: str, bucket: Bucket
) -> None:
    send(one, bucket)
    assert send(two, bucket).sent.files == 7  # five pages, manifest.json, release.json
    assert read(bucket) == {**seen_in(Path(two)), "assets/style.1.css": b"one"}


def test_old_files_go_a_day_and_two_releases_later(
    one: str, two: str, bucket: Bucket, tmp_path: Path
) -> None:
    send(one, bucket)
    for number in range(2):
        content = {**TWO, "index.html": b"%d" % number}
        send(lay_out(tmp_path / str(number), content, HISTORY[1]), bucket, now=number * 86_400)
    assert "assets/style.1.css" in read(bucket)
    send(two, bucket, now=2 * 86_400)
    assert read(bucket) == seen_in(Path(two))


@pytest.mark.parametrize(
    ("path", "kind", "caching"),
    [
        ("assets/style.1.css", "text/css; charset=utf-8", "public, max-age=31536000, immutable"),
        ("index.html", "text/html; charset=utf-8", "no-cache"),
        ("api/v2/status.json", "application/json; charset=utf-8", "public, max-age=60"),
        ("release.json", "application/json; charset=utf-8", "no-cache"),
    ],
)
def test_objects_have_the_types_and_the_caching_of_the_page(
    path: str, kind: str, caching: str, one: str, bucket: Bucket
) -> None:
    send(one, bucket)
    assert store_of(bucket).get(path).attributes == {
        "Content-Type": kind,
        "Cache-Control": caching,
    }


def test_a_rollback_gives_back_the_bytes_of_before(one: str, two: str, bucket: Bucket) -> None:
    send(one, bucket)
    send(two, bucket)
    was, now_live, _ = roll_back(S3("s3", bucket), 1, lambda live: live.build.commit, 0)
    assert (was.number, now_live.number) == (2, 3)
    assert read(bucket).items() >= seen_in(Path(one)).items()
    assert "incidents/a/index.html" not in read(bucket)
    assert send(two, bucket).end is End.REFUSED
    assert send(two, bucket, insist=Insistence(unpin=True)).end is End.PUBLISHED
    assert read(bucket).items() >= seen_in(Path(two)).items()


def test_the_last_ten_releases_are_kept_with_every_file(tmp_path: Path, bucket: Bucket) -> None:
    sites = []
    for number in range(RELEASES + 3):
        files = {"index.html": b"%d" % number, "a.html": b"%d" % (number // 4)}
        sites.append(lay_out(tmp_path / str(number), files))
        send(sites[-1], bucket)
    past = S3("s3", bucket).past()
    assert [one.release.number for one in past] == list(range(12, 3, -1))
    for one in past:
        files = {path: one.files.read(path) for path in one.release.build.files}
        assert files == seen_in(Path(sites[one.release.number - 1]))
    assert min(objects_in(bucket, "_statusgen/past")) >= "_statusgen/past/10/"
    assert not objects_in(bucket, "_statusgen/past/3")


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"key_id": "somebody-else"}, "the service does not know the access key"),
        ({"secret": "not-the-secret"}, "the service refuses the secret key"),
        ({"name": "nobodys-bucket"}, "there is no such bucket"),
    ],
)
def test_what_cannot_get_better_is_told_and_not_tried_again(
    wrong: dict[str, str], reason: str, one: str, bucket: Bucket
) -> None:
    outcome = send(one, bucket._replace(**wrong))
    assert (outcome.end, outcome.tries) == (End.FAILED, 1)
    assert reason in outcome.reason
    assert SECRET not in repr(outcome)


def test_a_service_that_is_not_there_is_tried_again_and_told(one: str, bucket: Bucket) -> None:
    nowhere = bucket._replace(endpoint="http://127.0.0.1:1")
    outcome = send(one, nowhere, patience=Patience(seconds=1.5, pause=0.01))
    assert outcome.tries > 1
    assert outcome.reason == "http://127.0.0.1:1 cannot be reached"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("release.json", "manifest.json is no JSON"),
        (
            "index.html",
            (
                "there is another page already: delete its index.html,"
                " or let 'prefix' put this one beside it"
            ),
        ),
    ],
)
def test_a_bucket_with_another_page_is_said_and_left(
    path: str, reason: str, one: str, bucket: Bucket
) -> None:
    store_of(bucket).put(path, b'{"version": "of an app"}')
    outcome = send(one, bucket)
    assert (outcome.end, outcome.tries, outcome.reason) == (End.FAILED, 1, reason)
    assert objects_in(bucket) == [path]


def test_keys_come_from_the_variables_that_config_names(one: str, bucket: Bucket) -> None:
    settings = S3Target(
        "s3",
        bucket.name,
        bucket.prefix,
        endpoint=bucket.endpoint,
        key_id_env="KEY",
        secret_env="SECRET",  # noqa: S106 (a name)
    )
    environment = {"KEY": bucket.key_id, "SECRET": bucket.secret}
    target = target_of(settings, ".", environment)
    assert publish(Place("s3", lambda: target), order_of(one)).end is End.PUBLISHED
    with pytest.raises(TargetError, match="the environment variable SECRET is not set"):
        target_of(settings, ".", {"KEY": "x"})


def test_without_the_extra_the_message_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statusgen.publish.objects", None)
    with pytest.raises(TargetError, match=r"pip install 'statusgen\[s3\]'"):
        target_of(S3Target("s3", "acme"), ".", {})


@pytest.mark.parametrize("rounds", [2, pytest.param(200, marks=pytest.mark.extreme)])
def test_of_publishers_at_the_same_time_the_newest_commit_wins(
    tmp_path: Path, bucket: Bucket, rounds: int
) -> None:
    builds = [
        lay_out(tmp_path / f"b{number}", {**TWO, "index.html": commit.encode()}, commit)
        for number, commit in enumerate(HISTORY[:3])
    ]
    for number in range(rounds):
        place = bucket._replace(prefix=f"{bucket.prefix}/{number}")
        clocks = (86_400, 0, 86_400)
        works = [partial(send, one, place, now) for one, now in zip(builds, clocks, strict=True)]
        ends = at_once(works)
        assert [one.reason for one in ends if not one.end.is_good] == []
        assert read(place).items() >= seen_in(Path(builds[-1])).items()


def test_a_publisher_that_was_killed_is_waited_for_and_its_work_healed(
    one: str, two: str, bucket: Bucket
) -> None:
    send(one, bucket)
    program = (
        "import os, sys; sys.path[:0] = ['tests/samples', 'tests/tools']\n"
        "from pathlib import Path\n"
        "from releases import order_of\n"
        "from statusgen.publish.objects import Bucket, Objects\n"
        "from statusgen.publish.publishing import Place, publish\n"
        "from statusgen.publish.s3 import S3\n"
        "put = Objects.put\n"
        "def killed(self, path, content, **named):\n"
        "    if path == 'index.html': os.kill(os.getpid(), 9)\n"
        "    put(self, path, content, **named)\n"
        "Objects.put = killed\n"
        "target = S3('s3', Bucket(*sys.argv[2:]))\n"
        "publish(Place('s3', lambda: target), order_of(sys.argv[1]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, two, *bucket[:-1]],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
    )
    assert done.returncode == -9
    assert read(bucket)["history/index.html"] == TWO["history/index.html"]
    assert send(one, bucket).end is End.PUBLISHED
    assert read(bucket).items() >= seen_in(Path(one)).items()
    assert "incidents/a/index.html" in read(
        bucket
    )  # somebody may have seen a page that leads to it
    assert send(one, bucket).end is End.UNCHANGED
