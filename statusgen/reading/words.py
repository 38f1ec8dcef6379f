"""The types of values with a form of their own: ids, codes, addresses, zones, colours, paths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from statusgen.reading.characters import in_short, shown
from statusgen.reading.fields import Report, Schema, found
from statusgen.reading.nodes import Node, Scalar
from statusgen.reading.scalars import CoreType, Number, core_type
from statusgen.reading.suggest import did_you_mean

_RESERVED = "(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])$)"  # no file may have these names on Windows
LONGEST_ID = 128
ID_PATTERN = f"{_RESERVED}[a-z0-9][a-z0-9-]{{0,{LONGEST_ID - 1}}}"
"""What an id looks like: it is a part of an address and the name of a file."""

_PORT = "(?::(?:[0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
_HOST = r"(?:\[[0-9a-fA-F:.]+\]|[^\s/?#@:\[\]\\<>\"'`{}|^%]+)"
_REST = r"[^\s\\<>\"^`{|}]*"
_ORIGIN = f"https?://{_HOST}{_PORT}"
_BARE = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[^\s\\@<>]*)?"  # an address without its scheme
_SEGMENT = "[A-Za-z0-9_][A-Za-z0-9_.-]*"
PLACEHOLDERS = ("component", "component_id", "incident", "title", "url", "answer")
"""What an address to be filled in may name in braces."""
_FILLED = rf"(?:[^\s\\<>\"^`{{|}}]|\{{(?:{'|'.join(PLACEHOLDERS)})\}})*"
_MAILBOX = r"[^\s@/?#<>\"{}]+"
_EXACT_DIGITS = 15  # of a number; other programs that read our YAML round longer ones
_UNSTABLE_ZONES = frozenset({"localtime", "posixrules", "Factory"})  # the machine's, or nobody's


class Duration:
    """A time span, in seconds: `5s`, `500ms`, `2m`, or a plain number of seconds."""

    words = "a duration such as `5s`"

    def read(self, node: Node, report: Report) -> float | None:
        kind = core_type(node) if isinstance(node, Scalar) else None
        if kind in {CoreType.INT, CoreType.FLOAT}:
            return _SECONDS.read(node, report)
        match = re.fullmatch(_DURATION, node.text) if isinstance(node, Scalar) else None
        if match is None or kind is not CoreType.TEXT:
            message = f"expected a duration, found {found(node)}"
            report.error("bad-value", message, node.where, "write it like 5s, 500ms or 2m")
            return None
        return float(match[1]) * _UNITS[match[2]]

    def schema(self) -> Schema:
        return {"anyOf": [{"type": "string", "pattern": f"^{_DURATION}$"}, _SECONDS.schema()]}


_DURATION = r"([1-9][0-9]{0,2}(?:\.[0-9]{1,3})?)(ms|s|m)"
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_SECONDS = Number(least=0.001, most=3600)
DURATION = Duration()


class Interval:
    """A time from one thing to the next, in whole minutes, hours or days; zero is `never`."""

    words = "a time such as `15m`, `72h` or `3d`, or `never`"

    def read(self, node: Node, report: Report) -> timedelta | None:
        text = node.text if isinstance(node, Scalar) else ""
        match = re.fullmatch(_INTERVAL, text)
        if match is None:
            message = f"expected a time, found {found(node)}"
            report.error("bad-value", message, node.where, "write it like 15m, 72h or 3d, or never")
            return None
        return timedelta(0) if text == NEVER else int(match[1]) * _LONG_UNITS[match[2]]

    def schema(self) -> Schema:
        return {"type": "string", "pattern": f"^(?:{_INTERVAL})$"}


NEVER = "never"
_INTERVAL = f"([1-9][0-9]{{0,3}})([mhd])|{NEVER}"
_LONG_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
INTERVAL = Interval()


def write_interval(interval: timedelta) -> str:
    """Return an interval, of whole minutes, as it is read: '15m', '72h', 'never'."""
    if not interval:
        return NEVER
    minutes = interval // timedelta(minutes=1)
    return f"{minutes}m" if minutes % 60 else f"{minutes // 60}h"


class Word(NamedTuple):
    """A text that must match a pattern; `digits`: one of digits alone is no number here.

    `code` and `hint` are the problem's, `example` is for the docs. `hint_for` may have a better
    hint for what was written, and `fault_of` say why a text that matches is wrong all the same.
    """

    words: str
    pattern: str
    code: str
    hint: str = ""
    digits: bool = False
    example: str = ""
    hint_for: Callable[[str], str] | None = None
    fault_of: Callable[[str], str] | None = None

    def read(self, node: Node, report: Report) -> str | None:
        kind = core_type(node) if isinstance(node, Scalar) else None
        fits_type = kind is CoreType.TEXT or (self.digits and kind is CoreType.INT)
        if not isinstance(node, Scalar) or not fits_type or self._loses_digits(node, kind):
            message = f"expected {self.words}, found {found(node)}"
            fits = isinstance(node, Scalar) and re.fullmatch(self.pattern, node.text)
            hint = f"that is {kind} in YAML: put it in quotes" if fits else self.hint
            report.error("wrong-type", message, node.where, hint)
            return None
        text = node.text
        matches = re.fullmatch(self.pattern, text)
        fault = self.fault_of(text) if self.fault_of and matches else ""
        if not matches or fault:
            hint = (self.hint_for and self.hint_for(text)) or self.hint
            message = fault or f"{shown(text)} is not {self.words}"
            report.error(self.code, message, node.where, hint)
            return None
        return text

    @staticmethod
    def _loses_digits(node: Scalar, kind: CoreType | None) -> bool:
        return kind is CoreType.INT and len(node.text) > _EXACT_DIGITS

    def schema(self) -> Schema:
        text = {"type": "string", "pattern": f"^(?:{self.pattern})$"}
        number = {"type": "integer", "minimum": 0, "maximum": 10**_EXACT_DIGITS - 1}
        return {"anyOf": [text, number]} if self.digits else text


def slug(name: str) -> str:
    """Return the id that a name suggests: "Zürich: API" gives "zurich-api"; "" if none does."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", ascii_name.lower())
    text = "-".join(words)[:LONGEST_ID].rstrip("-")
    return text if re.fullmatch(ID_PATTERN, text) else ""


def _id_meant(text: str) -> str:
    meant = slug(text)
    return f"did you mean '{meant}'?" if meant else ""


def _address_fault(text: str) -> str:
    try:
        urlsplit(text)
    except ValueError as error:  # a host that looks like another one, a broken IPv6 address
        return f"this is no address: {in_short(str(error))}"
    return ""


def _address_meant(text: str) -> str:
    return f"did you mean https://{in_short(text)}?" if re.fullmatch(_BARE, text) else ""


def _placeholder_meant(text: str) -> str:
    unknown = [one for one in re.findall(r"\{([^{}]*)\}", text) if one not in PLACEHOLDERS]
    if not unknown:
        return _address_meant(text)
    return did_you_mean(unknown[0], PLACEHOLDERS) or f"what can be filled in: {_BRACED}"


_BRACED = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


def _zone_fault(name: str) -> str:
    fault = f"there is no zone {shown(name)}"
    if name in _UNSTABLE_ZONES or name.startswith(("posix/", "right/")):
        return fault
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fault
    return ""


def _zone_meant(text: str) -> str:
    zones = sorted(available_timezones() - _UNSTABLE_ZONES)
    city = text.replace(" ", "_").casefold()
    ending = [zone for zone in zones if zone.rpartition("/")[2].casefold() == city]
    return f"did you mean '{ending[0]}'?" if len(ending) == 1 else did_you_mean(text, zones)


def _colour_meant(text: str) -> str:
    digits = _NAMED_COLOURS.get(text.casefold(), text)
    is_colour = re.fullmatch("[0-9a-fA-F]{3}|[0-9a-fA-F]{6}", digits)
    return f'write it like "#{digits}", in quotes' if is_colour else ""


_NAMED_COLOURS = dict(
    re.findall(
        r"(\w+)=(\w+)",
        "black=000000 silver=c0c0c0 gray=808080 grey=808080 white=ffffff maroon=800000 red=ff0000"
        " purple=800080 fuchsia=ff00ff green=008000 lime=00ff00 olive=808000 yellow=ffff00"
        " navy=000080 blue=0000ff teal=008080 aqua=00ffff orange=ffa500 tomato=ff6347",
    ),
)


ID = Word(
    words="an id",
    pattern=ID_PATTERN,
    code="bad-id",
    hint="write 1 to 128 of a-z, 0-9 and '-', the first no '-'",
    digits=True,
    example="card-payments",
    hint_for=_id_meant,
)
CODE = Word(
    words="a code",
    pattern="[0-9a-z]{1,64}",
    code="bad-id",
    hint="a code is made of a-z and 0-9",
    digits=True,
    example="4nq0xk2m9b1z",
)
URL = Word(
    words="an address",
    pattern=f"{_ORIGIN}(?:[/?#]{_REST})?",
    code="bad-url",
    hint="write it in full, like https://acme.example/path",
    example="https://acme.example/path",
    hint_for=_address_meant,
    fault_of=_address_fault,
)
PAGE_URL = Word(
    words="the address of a page",
    pattern=rf"{_ORIGIN}(?:/[^\s\\<>\"^`{{|}}?#]*)?",
    code="bad-url",
    hint="write it in full, like https://status.acme.example, without '?' and '#'",
    example="https://status.acme.example",
    hint_for=_address_meant,
    fault_of=_address_fault,
)
LINK = Word(
    words="an address",
    pattern=rf"{_ORIGIN}(?:[/?#]{_REST})?|mailto:[^\s@/?#<>\"]+@{_HOST}",
    code="bad-url",
    hint="write it in full, like https://acme.example/help or mailto:help@acme.example",
    example="https://acme.example/help",
    hint_for=_address_meant,
    fault_of=_address_fault,
)
FILLED_LINK = Word(
    words="an address to be filled in",
    pattern=rf"{_ORIGIN}(?:[/?#]{_FILLED})?|mailto:{_MAILBOX}@{_HOST}(?:\?{_FILLED})?",
    code="bad-url",
    hint=f"write mailto:help@acme.example or an address in full; what can be filled in: {_BRACED}",
    example="https://acme.example/report?about={component}",
    hint_for=_placeholder_meant,
    fault_of=_address_fault,
)
FORM_ACTION = Word(
    words="the address of a form",
    pattern=rf"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*{_PORT}(?:[/?]{_REST})?",
    code="bad-url",
    hint="write it in full, with https:// and a host of a-z, 0-9, '-' and '.'",
    example="https://lists.acme.example/subscribe",
)
ZONE = Word(
    words="a zone",
    pattern="[A-Za-z][A-Za-z0-9_+-]*(?:/[A-Za-z0-9_+-]+){0,2}",
    code="bad-zone",
    hint="write an IANA name, like Europe/Berlin or UTC",
    example="Europe/Berlin",
    hint_for=_zone_meant,
    fault_of=_zone_fault,
)
LANGUAGE = Word(
    words="a language",
    pattern="(?!api$)[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}",  # a folder of the site's is named api
    code="bad-value",
    hint="write a code like en, de or pt-BR",
    example="pt-BR",
)
COLOUR = Word(
    words="a colour",
    pattern="#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})",
    code="bad-value",
    hint='write it like "#0b5fff", in quotes',
    example='"#0b5fff"',
    hint_for=_colour_meant,
)
PATH = Word(
    words="a path",
    pattern=f"{_SEGMENT}(?:/{_SEGMENT})*",
    code="bad-value",
    hint="write it from the folder of config.yml, with '/', like brand/logo.svg",
    example="brand/logo.svg",
)
VARIABLE = Word(
    words="the name of an environment variable",
    pattern="[A-Za-z_][A-Za-z0-9_]{0,127}",
    code="bad-value",
    hint="write its name only, like PAGES_TOKEN; the secret itself belongs in the environment",
    example="PAGES_TOKEN",
)
REMOTE_FOLDER = Word(
    words="a folder of another machine",
    pattern=r"(?:[A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:[^\s:'\"\\$`;&|<>*?-][^\s'\"\\$`;&|<>*?]*",
    code="bad-value",
    hint="write user@host:folder",
    example="status@web.acme.example:/srv/status",
)
BUCKET = Word(
    words="the name of a bucket",
    pattern=r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
    code="bad-value",
    hint="3 to 63 of a-z, 0-9, '.' and '-'",
    example="acme-status",
)
BUCKET_FOLDER = Word(
    words="a folder in a bucket",
    pattern=r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*",
    code="bad-value",
    hint="write it without '/' at its ends, like status/public",
    example="status",
)
BRANCH = Word(
    words="a branch",
    pattern=r"(?!.*(?:\.\.|//|@\{|\.lock(?:/|$)))[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}(?<![./])",
    code="bad-value",
    hint="write its name, like gh-pages",
    example="gh-pages",
)
MAIL_ADDRESS = r"[^\s@<>\"(),:;\\[\]]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"
MAILBOX = Word(
    words="a mail address",
    pattern=MAIL_ADDRESS,
    code="bad-value",
    hint="write it like status@acme.example",
    example="status@acme.example",
)
