"""Whether readers get what was published: every file, from every address, byte for byte.

name         → its addresses, looked up now
certificate  → valid for the name, and for two more weeks
manifest     → the build that was published
every file   → its bytes and its type; what programs read, for every origin
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from statusgen.publish.asking import ORIGIN, Answer, AskError, Server, addresses_of
from statusgen.publish.release import Build, UnreadableError, digest_of, parse_build
from statusgen.site.hosting.file_types import known_type
from statusgen.site.hosting.manifest import MANIFEST

CERTIFICATE_DAYS = 14
"""A certificate that ends sooner is told of."""

_AT_ONCE = 8
_MOST_FAULTS = 20  # of one address; after so many nobody needs the others
_OPEN_TO_ALL = (".json", ".atom", ".rss", ".svg", ".ics")
_AS_GOOD = {
    "text/javascript": ("application/javascript",),
    "application/feed+json": ("application/json",),
    "application/xml": ("text/xml",),
}
"""What hosts call the same, and programs read as well."""

_OK, _NOT_FOUND = 200, 404
_CONSUMED = ("_headers",)
"""What hosts read and do not serve."""


class Fault(NamedTuple):
    """One thing that is not as it should be: where it was asked, a code, a sentence."""

    target: str
    address: str
    code: str
    message: str
    path: str = ""


class Copy(NamedTuple):
    """A public copy of the site: the name of its target, and where it is read."""

    name: str
    url: str


class Verified(NamedTuple):
    """What verifying found: the faults, and how much was looked at."""

    faults: tuple[Fault, ...]
    files: int
    addresses: int


Paths = Callable[[Build], Sequence[str]]
"""Which files of a build are looked at."""


class _Look(NamedTuple):
    """What was seen at one address: its faults, how many files, and the digest of its build."""

    faults: list[Fault]
    files: int = 0
    digest: str = ""


def verify(
    copies: Iterable[Copy], build: Build | None, now: datetime, paths: Paths, seconds: float
) -> Verified:
    """Ask every address of every copy; without a build, they must only agree with each other.

    `seconds` is how long one answer may take.
    """
    faults: list[Fault] = []
    looks: dict[str, _Look] = {}
    for copy in copies:
        try:
            servers = [Server(copy.url, ip, seconds) for ip in addresses_of(copy.url)]
        except AskError as error:
            faults.append(Fault(copy.name, "", error.code, error.reason))
            continue
        for server in servers:
            look = _look_at(server, partial(Fault, copy.name, server.ip), build, now, paths)
            looks[f"{copy.name} at {server.ip}"] = look
            faults += look.faults
    if build is None:
        faults += _disagreement({name: look.digest for name, look in looks.items() if look.digest})
    return Verified(tuple(faults), sum(look.files for look in looks.values()), len(looks))


def _disagreement(digests: Mapping[str, str]) -> Iterator[Fault]:
    if len(set(digests.values())) > 1:
        said = ", ".join(f"{name} has {digest[:12]}" for name, digest in digests.items())
        yield Fault("", "", "copies-differ", said)


def _look_at(
    server: Server,
    fault: Callable[..., Fault],
    build: Build | None,
    now: datetime,
    paths: Paths,
) -> _Look:
    try:
        faults = [fault(*one) for one in _certificate_faults(server, now)]
        there = _build_at(server)
    except AskError as error:
        return _Look([fault(error.code, error.reason)])
    except UnreadableError as error:
        return _Look([fault("wrong-site", str(error))])
    if build is not None and there.digest != build.digest:
        said = f"it has build {there.digest[:12]} of commit {there.commit[:12] or 'none'}"
        faults.append(fault("old-build", f"{said}, not {build.digest[:12]}"))
    chosen = [path for path in paths(there) if path not in _CONSUMED and path != MANIFEST]
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        told = pool.map(partial(_file_faults, server, there), chosen)
        found = [fault(*one, path) for path, ones in zip(chosen, told, strict=True) for one in ones]
    more = len(found) - _MOST_FAULTS
    if more > 0:
        found = [*found[:_MOST_FAULTS], fault("more", f"{more:,} more files have faults")]
    return _Look([*faults, *found], len(chosen) + 1, there.digest)


_Told = tuple[str, str]
"""A fault's code and its sentence."""


def _certificate_faults(server: Server, now: datetime) -> Iterator[_Told]:
    end = server.certificate_end()
    if end is not None and end < now + timedelta(days=CERTIFICATE_DAYS):
        yield "certificate-ends", f"the certificate ends on {end:%Y-%m-%d}"


def _build_at(server: Server) -> Build:
    answer = server.get(MANIFEST)
    if answer.status != _OK:
        raise AskError("missing-file", f"{MANIFEST} answers {answer.status}")
    return parse_build(answer.body)


def _file_faults(server: Server, build: Build, path: str) -> list[_Told]:
    try:
        answer = server.get(public_path(path))
    except AskError as error:
        return [(error.code, f"{path}: {error.reason}")]
    return list(_answer_faults(answer, path, build.files[path]))


def public_path(path: str) -> str:
    """Return where readers find a file: a page named index.html is its folder."""
    is_index = path == "index.html" or path.endswith("/index.html")
    return path.removesuffix("index.html") if is_index else path


def _answer_faults(answer: Answer, path: str, sha256: str) -> Iterator[_Told]:
    if answer.status not in ((_OK, _NOT_FOUND) if path == "404.html" else (_OK,)):
        yield "missing-file", f"{path} answers {answer.status}"
        return
    if digest_of(answer.body) != sha256:
        yield "changed-file", f"{path} has other bytes than were published"
    kind, expected = _kind(answer.headers.get("content-type", "")), _kind(known_type(path))
    if expected and kind not in (expected, *_AS_GOOD.get(expected, ())):
        yield "wrong-type", f"{path} is served as {kind or 'nothing'}, not {expected}"
    if path.endswith(_OPEN_TO_ALL):
        yield from _sharing_faults(answer.headers.get("access-control-allow-origin", ""), path)


def _sharing_faults(allowed: str, path: str) -> Iterator[_Told]:
    """Yield why pages of other sites may not read a file, from the header that allows it."""
    if not allowed:
        yield "no-cors", f"{path} lacks the header Access-Control-Allow-Origin: *"
    elif allowed not in ("*", ORIGIN):
        said = f"{path} has Access-Control-Allow-Origin: {allowed}, which keeps other sites out"
        yield "no-cors", said


def _kind(content_type: str) -> str:
    """Return a Content-Type without what follows it."""
    return content_type.partition(";")[0].strip().lower()
