"""Which place a target names, however it is written: two targets of one place are one copy."""

from __future__ import annotations

import re
from posixpath import normpath
from typing import TypeAlias
from urllib.parse import urlsplit

from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target, Target

Place: TypeAlias = tuple[str, ...]

_BY_SSH = re.compile(r"(?:[^@/:]+@)?(?P<host>[^/:]{2,}):(?P<path>.*)")  # one letter is a drive
_AMAZON = ".amazonaws.com"


def place_of(target: Target) -> Place:
    """Return the same for two targets if what is published to one overwrites the other.

    It is told from the words alone: two names of one machine stay two places.
    """
    match target:
        case DirectoryTarget():
            return ("directory", _folder(target.path))
        case GitTarget():
            return ("git", *_repository(target.remote), target.branch)
        case S3Target():
            host = (urlsplit(target.endpoint).netloc or _AMAZON).lower()
            service = _AMAZON if host.endswith(_AMAZON) else host  # its names are the world's
            return ("s3", service, target.bucket, target.prefix)
        case RsyncTarget():
            login, _, path = target.to.partition(":")
            user, _, host = login.rpartition("@")
            folder = _folder(path)
            owner = "" if folder.startswith("/") else user
            return ("rsync", host.lower(), str(target.port), owner, folder)


def _folder(path: str) -> str:
    return normpath(path.removeprefix("~/")).replace("//", "/", 1)


def _repository(remote: str) -> tuple[str, str]:
    """Return the host and the path of a repository, which are the same over SSH and HTTPS."""
    split = urlsplit(remote)
    by_ssh = None if "://" in remote else _BY_SSH.fullmatch(remote)
    if by_ssh:
        host, path = by_ssh["host"], by_ssh["path"]
    elif "://" in remote:
        host, path = split.hostname or "", split.path
    else:
        return ("", _folder(remote).removesuffix("/.git"))
    path = path if not host else path.strip("/")
    return (host.lower(), _folder(path).removesuffix(".git").rstrip("/"))
