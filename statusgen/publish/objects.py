"""Objects of a bucket, and what a service says when it does not do what it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from statusgen.publish.target import TargetError
from statusgen.site.hosting.file_types import caching_of, type_of

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig, S3Config

T = TypeVar("T")

_STATUS = re.compile(r"status code: (\d{3})(?: ([A-Za-z -]+))?")
_CODE = re.compile(r"<Code>(\w+)</Code>")
_TRYING_AGAIN_HELPS = {"408", "409", "429"}
_WORDS = {
    "NoSuchBucket": "there is no such bucket",
    "InvalidAccessKeyId": "the service does not know the access key",
    "SignatureDoesNotMatch": "the service refuses the secret key",
    "AccessDenied": "the access key may not do this",
    "RequestTimeTooSkewed": "the clock of this machine is wrong",
    "NotImplemented": "the service lacks conditional writes, which keep two publishers apart",
    "QuotaExceeded": "the bucket is full",
}


class Bucket(NamedTuple):
    """Where objects are, and the keys to them; without `endpoint` it is Amazon."""

    name: str
    key_id: str
    secret: str
    prefix: str = ""
    region: str = "us-east-1"
    endpoint: str = ""
    session: str = ""


class Objects:
    """Objects below a prefix, named by their paths there.

    A request has `seconds`, and is made again for as long where that may help.
    """

    def __init__(self, bucket: Bucket, seconds: float) -> None:
        self._bucket = bucket
        self._store = _store_of(bucket, seconds)

    def get(self, path: str) -> bytes | None:
        """Return an object; None if there is none."""

        def work() -> bytes:
            return self._store.get(path).bytes().to_bytes()

        return self._asked(work, None)

    def version(self, path: str) -> str:
        """Return what tells two contents of an object apart; empty if there is no object."""

        def work() -> str:
            return self._store.head(path)["e_tag"] or ""

        return self._asked(work, "")

    def put(self, path: str, content: bytes, *, is_public: bool = True) -> None:
        """Write an object, with the type and the caching that its path has on the page."""
        self._asked(lambda: self._put(path, content, is_public=is_public))

    def create(self, path: str, content: bytes) -> bool:
        """Write an object if there is none; tell whether that was so."""
        try:
            self._asked(lambda: self._store.put(path, content, mode="create"))
        except AlreadyExistsError:
            return False
        return True

    def copy(self, path: str, to: str) -> None:
        """Copy an object inside the service, if it is there."""
        self._asked(lambda: self._store.copy(path, to), None)

    def delete(self, *paths: str) -> None:
        """Delete objects, those that are there."""
        if paths:
            self._asked(lambda: self._store.delete(list(paths)), None)

    def names(self, folder: str, after: str = "") -> Iterator[str]:
        """Yield the paths of the objects below a folder in order, only those after a path."""

        def work() -> list[str]:
            stream = self._store.list(f"{folder}/", offset=after or None, chunk_size=1000)
            return [one["path"] for some in stream for one in some if one["path"] > after]

        yield from sorted(self._asked(work))

    def folders(self, folder: str) -> list[str]:
        """Return the names of the folders in a folder."""
        found = self._asked(lambda: self._store.list_with_delimiter(f"{folder}/"))
        return [one.rpartition("/")[2] for one in found["common_prefixes"]]

    def _put(self, path: str, content: bytes, *, is_public: bool) -> None:
        self._store.put(
            path,
            content,
            attributes={
                "Content-Type": type_of(path),
                "Cache-Control": caching_of(path, is_public=is_public),
            },
            use_multipart=False,
        )

    def _asked(self, work: Callable[[], T], *otherwise: T) -> T:
        """Return what a request gives, or `otherwise` if there is no such object.

        Raises:
            AlreadyExistsError: There is one where none was to be.
            TargetError: The service did not do it.

        """
        try:
            return work()
        except AlreadyExistsError:
            raise
        except FileNotFoundError as error:
            if otherwise and _code(str(error)) != "NoSuchBucket":
                return otherwise[0]
            raise self._explained(error) from None
        except (BaseError, OSError) as error:
            raise self._explained(error) from None

    def _explained(self, error: Exception) -> TargetError:
        """Return what a person is told: what the library prints has addresses and key ids in it."""
        said = str(error)
        status = _STATUS.search(said)
        if not status:
            where = self._bucket.endpoint or "Amazon S3"
            what = "does not answer in time" if "Timeout" in said else "cannot be reached"
            return TargetError(f"{where} {what}", is_passing=True)
        number, words = status[1], (status[2] or "").strip()
        code = _code(said)
        why = _WORDS.get(code, "the service says no")
        reason = f"bucket {self._bucket.name}: {why} ({number} {code or words})"
        is_passing = number[0] == "5" and code != "NotImplemented"
        return TargetError(reason, is_passing=is_passing or number in _TRYING_AGAIN_HELPS)


def _store_of(bucket: Bucket, seconds: float) -> S3Store:
    patience = timedelta(seconds=seconds)
    config: S3Config = {
        "access_key_id": bucket.key_id,
        "secret_access_key": bucket.secret,
        "region": bucket.region,
    }
    if bucket.endpoint:
        config["endpoint"] = bucket.endpoint
    if bucket.session:
        config["session_token"] = bucket.session
    client: ClientConfig = {
        "allow_http": bucket.endpoint.startswith("http:"),
        "timeout": patience,
        "connect_timeout": patience,
    }
    retries: RetryConfig = {
        "max_retries": 6,
        "retry_timeout": patience,
        "backoff": {"init_backoff": timedelta(milliseconds=50), "max_backoff": patience / 4},
    }
    return S3Store(
        bucket.name,
        prefix=bucket.prefix or None,
        config=config,
        client_options=client,
        retry_config=retries,
    )


def _code(said: str) -> str:
    found = _CODE.search(said)
    return found[1] if found else ""
