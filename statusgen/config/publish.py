"""The keys of `publish`: the targets, each of a type with keys of its own."""

from __future__ import annotations

from enum import StrEnum

from statusgen.config.places import place_of
from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target
from statusgen.reading.fields import Field, Values, defaulted, required
from statusgen.reading.scalars import LINE, TITLE, Choice, Int
from statusgen.reading.variants import NamedList, Variants
from statusgen.reading.words import BRANCH, BUCKET, BUCKET_FOLDER, REMOTE_FOLDER, URL, VARIABLE


class TargetType(StrEnum):
    """The kinds of targets."""

    DIRECTORY = "directory"
    GIT = "git"
    S3 = "s3"
    RSYNC = "rsync"


class History(StrEnum):
    """What a branch keeps: only the newest release, or all of them."""

    ONE = "one"
    ALL = "all"


TARGET: Variants[TargetType, Target] = Variants("a target", TargetType)
TARGETS = NamedList(TARGET, place_of)

_URL = defaulted("url", URL, "Where this copy is read, if not at the page's own address.", "")


_FOLDER = required("path", TITLE, "The folder, from that of config.yml; servers show `current`.")


def _directory(values: Values, name: str) -> Target | None:
    path = values[_FOLDER]
    return DirectoryTarget(name, path, _address(values)) if path else None


_REMOTE = required("remote", TITLE, "The Git remote: an address or a path.")
_BRANCH_KEY = defaulted("branch", BRANCH, "The branch that the host serves.", "gh-pages")
_HISTORY: Field[History] = defaulted(
    "history",
    Choice(*History),
    "`one`: one commit, which is replaced; `all`: a commit for each release.",
    History.ONE,
)
_TOKEN = defaulted("token_env", VARIABLE, "The variable with a token for HTTPS.", "")


def _git(values: Values, name: str) -> Target | None:
    remote = values[_REMOTE]
    if not remote:
        return None
    history = values[_HISTORY].value
    return GitTarget(name, remote, values[_BRANCH_KEY], history, values[_TOKEN], _address(values))


_BUCKET_KEY = required("bucket", BUCKET, "The bucket.")
_PREFIX_KEY = defaulted("prefix", BUCKET_FOLDER, "The folder in it, if not its root.", "")
_REGION = defaulted("region", LINE, "The region.", "us-east-1")
_ENDPOINT = defaulted("endpoint", URL, "The service's address, if it is not Amazon's.", "")
_KEY_ID = defaulted(
    "key_id_env", VARIABLE, "The variable with the access key's id.", "AWS_ACCESS_KEY_ID"
)
_SECRET = defaulted(
    "secret_env", VARIABLE, "The variable with the secret key.", "AWS_SECRET_ACCESS_KEY"
)


def _s3(values: Values, name: str) -> Target | None:
    bucket = values[_BUCKET_KEY]
    if not bucket:
        return None
    return S3Target(
        name,
        bucket,
        prefix=values[_PREFIX_KEY],
        region=values[_REGION],
        endpoint=values[_ENDPOINT].rstrip("/"),
        key_id_env=values[_KEY_ID],
        secret_env=values[_SECRET],
        url=_address(values),
    )


_TO = required("to", REMOTE_FOLDER, "The machine and its folder; servers show `current` in it.")
_PORT = defaulted("port", Int(1, 65_535), "The port of SSH.", 22)
_KEY = defaulted("key_env", VARIABLE, "The variable with the private key.", "")
_HOST_KEY = defaulted(
    "host_key", LINE, "The machine's line of known_hosts, which is no secret.", ""
)


def _rsync(values: Values, name: str) -> Target | None:
    to = values[_TO]
    if not to:
        return None
    keys = (values[_PORT], values[_KEY], values[_HOST_KEY])
    return RsyncTarget(name, to, *keys, url=_address(values))


def _address(values: Values) -> str:
    return values[_URL].rstrip("/")


TARGET.add(TargetType.DIRECTORY, (_URL, _FOLDER), _directory)
TARGET.add(TargetType.GIT, (_URL, _REMOTE, _BRANCH_KEY, _HISTORY, _TOKEN), _git)
TARGET.add(
    TargetType.S3, (_URL, _BUCKET_KEY, _PREFIX_KEY, _REGION, _ENDPOINT, _KEY_ID, _SECRET), _s3
)
TARGET.add(TargetType.RSYNC, (_URL, _TO, _PORT, _KEY, _HOST_KEY), _rsync)
