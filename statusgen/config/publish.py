"""The keys of `publish`: the targets, each of a type with keys of its own."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target
from statusgen.problems import Location
from statusgen.reading.fields import (
    Field,
    ListOf,
    Report,
    Schema,
    Shape,
    Values,
    defaulted,
    found,
    required,
)
from statusgen.reading.nodes import Mapping, Node
from statusgen.reading.scalars import LINE, TITLE, Choice, Int
from statusgen.reading.words import BRANCH, BUCKET, BUCKET_FOLDER, ID, REMOTE_FOLDER, URL, VARIABLE


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


class PlacedTarget(NamedTuple):
    """A target and where its name stands."""

    target: Target
    where: Location


_CHOICE: Choice[TargetType] = Choice(*TargetType)
_TYPE = required("type", _CHOICE, "What kind of target it is.")
_NAME = defaulted("name", ID, "What it is called; without it, as its type.", "")
_URL = defaulted("url", URL, "Where this copy is read, if not at the page's own address.", "")
_COMMON = (_TYPE, _NAME, _URL)


def _shape(
    type_: TargetType,
    fields: tuple[Field[Any], ...],
    build: Callable[[Values, str, str], Target | None],
) -> Shape[PlacedTarget]:
    def placed(values: Values) -> PlacedTarget | None:
        target = build(values, values[_NAME] or type_.value, values[_URL].rstrip("/"))
        place = values.place(_NAME if values.has(_NAME) else _TYPE)
        return PlacedTarget(target, place) if target else None

    return Shape(
        f"a target of type '{type_}'",
        (*_COMMON, *fields),
        placed,
        extra={"properties": {_TYPE.name: {"const": type_.value}}},
    )


_FOLDER = required("path", TITLE, "The folder, from that of config.yml; servers show `current`.")


def _directory(values: Values, name: str, url: str) -> Target | None:
    path = values[_FOLDER]
    return DirectoryTarget(name, path, url) if path else None


_REMOTE = required("remote", TITLE, "The Git remote: an address or a path.")
_BRANCH_KEY = defaulted("branch", BRANCH, "The branch that the host serves.", "gh-pages")
_HISTORY: Field[History] = defaulted(
    "history",
    Choice(*History),
    "`one`: one commit, which is replaced; `all`: a commit for each release.",
    History.ONE,
)
_TOKEN = defaulted("token_env", VARIABLE, "The variable with a token for HTTPS.", "")


def _git(values: Values, name: str, url: str) -> Target | None:
    remote = values[_REMOTE]
    if not remote:
        return None
    history = values[_HISTORY].value
    return GitTarget(name, remote, values[_BRANCH_KEY], history, values[_TOKEN], url)


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


def _s3(values: Values, name: str, url: str) -> Target | None:
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
        url=url,
    )


_TO = required("to", REMOTE_FOLDER, "The machine and its folder; servers show `current` in it.")
_PORT = defaulted("port", Int(1, 65_535), "The port of SSH.", 22)
_KEY = defaulted("key_env", VARIABLE, "The variable with the private key.", "")
_HOST_KEY = defaulted(
    "host_key", LINE, "The machine's line of known_hosts, which is no secret.", ""
)


def _rsync(values: Values, name: str, url: str) -> Target | None:
    to = values[_TO]
    if not to:
        return None
    return RsyncTarget(name, to, values[_PORT], values[_KEY], values[_HOST_KEY], url)


SHAPES: dict[TargetType, Shape[PlacedTarget]] = {
    TargetType.DIRECTORY: _shape(TargetType.DIRECTORY, (_FOLDER,), _directory),
    TargetType.GIT: _shape(TargetType.GIT, (_REMOTE, _BRANCH_KEY, _HISTORY, _TOKEN), _git),
    TargetType.S3: _shape(
        TargetType.S3,
        (_BUCKET_KEY, _PREFIX_KEY, _REGION, _ENDPOINT, _KEY_ID, _SECRET),
        _s3,
    ),
    TargetType.RSYNC: _shape(TargetType.RSYNC, (_TO, _PORT, _KEY, _HOST_KEY), _rsync),
}


class OneTarget:
    """An item of the list `publish`; the key `type` tells which keys it has."""

    words = "a target"

    def read(self, node: Node, report: Report) -> PlacedTarget | None:
        if not isinstance(node, Mapping):
            report.error("wrong-type", f"expected {self.words}, found {found(node)}", node.where)
            return None
        named = next((value for key, value in node.entries if key.text == _TYPE.name), None)
        if named is None:
            report.error("missing-key", "a target without 'type'", node.where, _TYPE.doc)
            return None
        type_ = _CHOICE.read(named, report)  # what else is wrong cannot be told without it
        return SHAPES[type_].read(node, report) if type_ else None

    def schema(self) -> Schema:
        return {
            "required": [_TYPE.name],
            "allOf": [
                {
                    "if": {"properties": {_TYPE.name: {"const": type_.value}}},
                    "then": shape.schema(),
                }
                for type_, shape in SHAPES.items()
            ],
        }


class Targets:
    """The list `publish`, in which no name stands twice."""

    words = "a list, each item a target"

    def read(self, node: Node, report: Report) -> tuple[Target, ...] | None:
        placed = _LIST.read(node, report)
        if placed is None:
            return None
        named: dict[str, Target] = {}
        for target, where in placed:
            if target.name in named:
                message = f"there is a target '{target.name}' already"
                report.error("duplicate-id", message, where, "give each a 'name' of its own")
            else:
                named[target.name] = target
        return tuple(named.values())

    def schema(self) -> Schema:
        return _LIST.schema()


_LIST = ListOf(OneTarget())
