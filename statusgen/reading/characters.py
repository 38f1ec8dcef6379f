"""Bytes into text, so that nothing behind this door meets a character that breaks XML or mail."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace

from statusgen.problems import Location, Problem, Severity

REPLACEMENT = "\ufffd"

CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\ud800-\\udfff\\ufffe\\uffff"
"""For a regular expression's class: characters that may not stand in a text.

They are ill-formed in XML, or end a line in some parsers and not in others.
"""

_CONTROL = re.compile(f"[{CONTROLS}]")
_CONTROL_BYTES = bytes(one for one in (*range(32), 127) if one not in b"\t\n\r")
# Joiners hold emoji and many scripts together: they hide something only beside ASCII.
_INVISIBLE = re.compile(
    "[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
    "|(?<![^\\x00-\\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\\x00-\\x7f])",
)
# What holds none of these bytes holds no such character; each begins with bytes that are searched
# for at the speed of memchr, which takes a hundredth of the time of the classes above.
_SUSPICIOUS = (
    re.compile(rb"\xc2[\x80-\x9f]"),  # U+0080 to U+009F
    re.compile(rb"\xd8\x9c"),  # U+061C
    re.compile(rb"\xe2\x80[\x8b-\x8f\xa8-\xae]"),  # U+200B to U+202E
    re.compile(rb"\xe2\x81[\xa0-\xa9]"),  # U+2060 to U+2069
    re.compile(rb"\xef\xbb\xbf"),  # U+FEFF
    re.compile(rb"\xef\xbf[\xbe\xbf]"),  # U+FFFE, U+FFFF
)
_MOST = 20  # of one kind in one file are reported one by one
_PASSWORD = re.compile(r"//[^/\s]*@")
_LONGEST = 1000  # more than that is not even looked at for a message
_SHOWN = 60  # characters of a value are enough to know it again


def encoding_of(raw: bytes) -> str:
    """Return the encoding that a file begins with the mark of: Windows' shells save as UTF-16."""
    return "utf-16" if raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"


def decode(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    r"""Return the text of a file and what is wrong with its characters.

    A byte order mark is dropped and every line ends in \n, whatever ended it before. Text comes
    back always: bytes that are no UTF-8, and control characters, have become U+FFFD.
    """
    problems: list[Problem] = []
    raw = raw.removeprefix(BOM_UTF8)
    text = _decoded(raw, path, problems)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if problems or not _is_clean(raw):
        text = _without_controls(text, path, problems)
    return text, problems


def _is_clean(raw: bytes) -> bool:
    """Tell whether UTF-8 surely holds no control and no invisible character."""
    if len(raw.translate(None, _CONTROL_BYTES)) < len(raw):
        return False
    return raw.isascii() or not any(pattern.search(raw) for pattern in _SUSPICIOUS)


def _decoded(raw: bytes, path: str, problems: list[Problem]) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode()
    byte = raw[len(before.encode())]
    where = _location(path, before.replace("\r\n", "\n").replace("\r", "\n"))
    if encoding_of(raw) == "utf-16":
        hint = "it looks like UTF-16: save the file as UTF-8"
        text = raw.decode("utf-16", errors="replace")
    else:
        legacy = bytes([byte]).decode("cp1252", errors="replace")
        meant = "" if legacy == REPLACEMENT else f" ('{legacy}' in Windows-1252)"
        hint = f"save the file as UTF-8{meant}"
        text = raw.decode(errors="replace")
    problems.append(Problem("not-utf8", f"byte 0x{byte:02X} is not UTF-8", where, hint))
    return text


def _without_controls(text: str, path: str, problems: list[Problem]) -> str:
    if _CONTROL.search(text):
        problems += _each(
            text,
            path,
            _CONTROL,
            Problem("control-character", "control character", Location(path), "delete it"),
        )
        text = _CONTROL.sub(REPLACEMENT, text)
    problems += _each(
        text,
        path,
        _INVISIBLE,
        Problem(
            "invisible-character",
            "invisible character",
            Location(path),
            "delete it, unless the language needs it",
            Severity.WARNING,
        ),
    )
    return text


def _each(text: str, path: str, pattern: re.Pattern[str], kind: Problem) -> list[Problem]:
    """Return one problem like `kind` a match, and one for all that follow the first few."""
    problems = []
    for count, match in enumerate(pattern.finditer(text)):
        where = _location(path, text[: match.start()])
        if count == _MOST:
            problems.append(replace(kind, message=f"{kind.message}, and more behind", where=where))
            break
        problems.append(replace(kind, message=f"{kind.message} {_named(match[0])}", where=where))
    return problems


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


def _location(path: str, before: str) -> Location:
    """Return the place right behind the text `before`."""
    return Location(path, before.count("\n") + 1, len(before) - before.rfind("\n"))


def shown(text: str) -> str:
    """Return `text` in quotes as messages show it: a short line, no password in an address."""
    return f"'{in_short(text)}'"


def in_short(text: str) -> str:
    """Return `text` as messages show it.

    Characters that nobody sees are shown as U+FFFD: some turn the rest of a terminal's line around.
    """
    text = _CONTROL.sub(REPLACEMENT, without_password(text[:_LONGEST]))
    text = " ".join(_INVISIBLE.sub(REPLACEMENT, text).split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def without_password(text: str) -> str:
    """Return `text` without the names and passwords of addresses in it."""
    return _PASSWORD.sub("//***@", text)
