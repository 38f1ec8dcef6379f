"""Asks the API of a Git host what it knows. It only reads, and a token goes nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import urllib3

from statusgen import __version__

_LARGEST = 4 << 20
_SCP_LIKE = re.compile(r"(?:[^@/]+@)?([^:/@]+):(?!/)(.+)")
_OK, _UNAUTHORISED = 200, 401


class Kind(StrEnum):
    """Whose API a host has."""

    GITHUB = "GitHub"
    GITLAB = "GitLab"
    FORGEJO = "Forgejo"


class Answer(NamedTuple):
    """What an API said: status 0 if nothing; `content` is JSON, None if it is none.

    The names of headers are in lower case.
    """

    status: int
    headers: Mapping[str, str]
    content: Any

    @property
    def fields(self) -> Mapping[str, Any]:
        """The content if it is an object, else nothing."""
        return self.content if isinstance(self.content, dict) else {}


class Repository(NamedTuple):
    """A repository as the API of its host knows it: the API's address, the path of the repository.

    `seconds` is how long one answer may take.
    """

    kind: Kind
    api: str
    path: str
    seconds: float

    def ask(self, path: str, token: str = "") -> Answer:
        """Return the answer to a path below the API's address."""
        headers = {
            Kind.GITHUB: {"Authorization": f"Bearer {token}"},
            Kind.GITLAB: {"PRIVATE-TOKEN": token},
            Kind.FORGEJO: {"Authorization": f"token {token}"},
        }[self.kind]
        return _ask(f"{self.api}/{path}", headers if token else {}, self.seconds)


class _Api(NamedTuple):
    """Where a kind of host has its API, and what tells that it is one."""

    kind: Kind
    path: str
    probe: str
    field: str


_APIS = (
    _Api(Kind.FORGEJO, "/api/v1", "version", "version"),
    _Api(Kind.GITLAB, "/api/v4", "version", "message"),
    _Api(Kind.GITHUB, "/api/v3", "meta", "message"),
)
"""Those of GitLab and of GitHub on an own host answer this to strangers with a refusal."""


def repository_of(remote: str, seconds: float) -> Repository | None:
    """Return the repository of a remote; None if its host has none of the known APIs."""
    found = _place_of(remote)
    if found is None:
        return None
    base, path = found
    if base == "https://github.com":
        return Repository(Kind.GITHUB, "https://api.github.com", path, seconds)
    for one in _APIS:
        answer = _ask(f"{base}{one.path}/{one.probe}", {}, seconds)
        if answer.status in {_OK, _UNAUTHORISED} and one.field in answer.fields:
            return Repository(one.kind, f"{base}{one.path}", path, seconds)
    return None


def _place_of(remote: str) -> tuple[str, str] | None:
    """Return the address of a remote's host and the path of the repository there."""
    parts = urlsplit(remote)
    scp = _SCP_LIKE.fullmatch(remote)
    if parts.scheme in {"http", "https"}:
        base, path = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", parts.path
    elif parts.scheme == "ssh" and parts.hostname:
        base, path = f"https://{parts.hostname}", parts.path
    elif scp and "://" not in remote:
        base, path = f"https://{scp[1]}", scp[2]
    else:
        return None
    return base, path.strip("/").removesuffix(".git")


def _ask(url: str, headers: Mapping[str, str], seconds: float) -> Answer:
    try:
        reply = urllib3.request(
            "GET",
            url,
            headers={"User-Agent": f"statusgen/{__version__}", **headers},
            retries=False,
            redirect=False,
            timeout=seconds,
            preload_content=False,
        )
        body = reply.read(_LARGEST)
        reply.release_conn()
    except (urllib3.exceptions.HTTPError, ValueError):
        return Answer(0, {}, None)
    try:
        content = json.loads(body)
    except ValueError:
        content = None
    return Answer(reply.status, {key.lower(): one for key, one in reply.headers.items()}, content)
