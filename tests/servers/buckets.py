"""A service with a bucket that takes the right key only, and what readers find in it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from obstore.exceptions import BaseError
from obstore.store import S3Store
from servers import free_port, program, running

from statusgen.publish.objects import Bucket

KEY_ID = "canary-key-id"
SECRET = "canary-secret-9b1d"  # noqa: S105 (what must never be seen)
NAME = "acme-status"


@contextmanager
def service(folder: Path) -> Iterator[Bucket]:
    """Run SeaweedFS with one bucket; more are not made by themselves."""
    ports = [free_port() for _ in range(9)]
    bucket = Bucket(NAME, KEY_ID, SECRET, endpoint=f"http://127.0.0.1:{ports[0]}")
    names = ["s3", "master", "volume", "filer", "admin"]
    command = [
        *(program("weed") or "", "mini", f"-dir={folder}", "-ip=127.0.0.1", "-ip.bind=127.0.0.1"),
        *(f"-bucket={NAME}", "-s3.autoCreateBucket=false", "-master.telemetry=false"),
        *(f"-{name}.port={port}" for name, port in zip(names, ports, strict=False)),
        *(f"-{name}.port.grpc={port}" for name, port in zip(names, ports[5:], strict=False)),
        *("-webdav=false", "-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0"),
    ]

    keys = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
    with running(command, ports[0], environment=keys):
        until = time.monotonic() + 60
        while not _has_bucket(bucket):
            assert time.monotonic() < until, "the service has made no bucket"
            time.sleep(0.05)
        yield bucket


def _has_bucket(bucket: Bucket) -> bool:
    try:
        store_of(bucket).put("ready", b"")
    except (BaseError, OSError):
        return False
    return True


def store_of(bucket: Bucket) -> S3Store:
    """Return a view of a bucket that is not ours."""
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        access_key_id=bucket.key_id,
        secret_access_key=bucket.secret,
        endpoint=bucket.endpoint,
        client_options={"allow_http": True},
        retry_config={"max_retries": 0},
    )


def objects_in(bucket: Bucket, folder: str = "") -> list[str]:
    """Return the paths of all objects, or of those below a folder."""
    stream = store_of(bucket).list(folder or None)
    return sorted(one["path"] for some in stream for one in some)


def read(bucket: Bucket) -> dict[str, bytes]:
    """Return what readers get, without release.json."""
    store = store_of(bucket)
    return {
        path: store.get(path).bytes().to_bytes()
        for path in objects_in(bucket)
        if not path.startswith("_statusgen/") and path != "release.json"
    }
