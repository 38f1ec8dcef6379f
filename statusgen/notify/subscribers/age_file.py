"""The book of subscribers as a file encrypted with age (https://age-encryption.org/v1).

Its text is in memory only. The `age` program reads and writes the same files.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from statusgen.files.locks import locked
from statusgen.files.names import STATE_FOLDER
from statusgen.files.source_tree import read_file
from statusgen.files.writes import write_whole
from statusgen.model import Subscribers
from statusgen.notify.subscribers.book import Book, LineFault, NoBookError, parse_book, write_book

_LARGEST = 64 << 20
_PRIVATE = "AGE-SECRET-KEY-1"
_WRONG_KEY = "No matching keys found"  # pyrage's words; it has one error for everything


class UnreadableError(Exception):
    """The file cannot be read, or not by us: a sentence why; whether the file itself `is_damaged`.

    No address and no key is in it.
    """

    def __init__(self, reason: str, *, is_damaged: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_damaged = is_damaged


class Read(NamedTuple):
    """A book as its file has it, and the lines of the text that could not be read."""

    book: Book
    faults: tuple[LineFault, ...]


class KeyPair(NamedTuple):
    """A pair of keys of age: what is encrypted to the public one is read with the private one."""

    private: str
    public: str


def new_keys() -> KeyPair:
    """Make a pair of keys.

    Raises:
        UnreadableError: The extra is not installed.

    """
    made = _pyrage().x25519.Identity.generate()
    return KeyPair(str(made), str(made.to_public()))


def new_secret() -> str:
    """Make 26 random characters of a-z and 2-7."""
    return base64.b32encode(secrets.token_bytes(16)).decode().rstrip("=").lower()


class AgeFile:
    """The file that config.yml names, below the page repository at `root`.

    The private key is looked up in `environment`. It may be all that `age-keygen` wrote, and more
    than one while keys are changed.
    """

    def __init__(self, root: str, settings: Subscribers, environment: Mapping[str, str]) -> None:
        self._root = root
        self._settings = settings
        self._environment = environment

    @property
    def path(self) -> str:
        """Its path below the root."""
        return self._settings.path

    def read(self) -> Read:
        """Return what it holds; a file that is not there yet has no subscribers.

        Raises:
            UnreadableError: It holds something that cannot be read.

        """
        pyrage = _pyrage()
        try:
            raw = read_file(self._root, self.path, largest=_LARGEST)
        except FileNotFoundError:
            return Read(Book(new_secret(), {}), ())
        except OSError as error:
            raise UnreadableError(f"{self.path}: {error.strerror or error}") from None
        text = self._decrypted(pyrage, raw)
        try:
            return Read(*parse_book(text.decode()))
        except UnicodeDecodeError:
            raise UnreadableError(f"{self.path} holds no text", is_damaged=True) from None
        except NoBookError as error:
            raise UnreadableError(f"{self.path}: {error}", is_damaged=True) from None

    def write(self, book: Book) -> None:
        """Replace the file as a whole, encrypted for all recipients.

        Raises:
            UnreadableError: A recipient is no key, the extra is not installed, or it would be too
                large to be read again.
            OSError: The old file is as it was.

        """
        pyrage = _pyrage()
        try:
            to = [pyrage.x25519.Recipient.from_str(one) for one in self._settings.recipients]
        except pyrage.RecipientError:
            reason = "one of 'recipients' in config.yml is no public key of age"
            raise UnreadableError(reason) from None
        raw = pyrage.encrypt(write_book(book).encode(), to)
        if len(raw) > _LARGEST:
            reason = f"{self.path} would be larger than {_LARGEST >> 20} MB, and is as it was"
            raise UnreadableError(reason)
        write_whole(self._root, self.path, raw)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep others on this machine from changing it between our reading and writing."""
        folder = Path(self._root, STATE_FOLDER)
        folder.mkdir(parents=True, exist_ok=True)
        with locked(str(folder)):
            yield

    def _decrypted(self, pyrage: ModuleType, raw: bytes) -> bytes:
        identities = self._identities(pyrage)
        name = self._settings.identity_env
        try:
            text: bytes = pyrage.decrypt(raw, identities)
        except pyrage.DecryptError as error:
            if str(error) == _WRONG_KEY:
                reason = f"{self.path} is not encrypted for the key in {name}"
                raise UnreadableError(reason) from None
            reason = f"{self.path} is damaged, or no file of age"
            raise UnreadableError(reason, is_damaged=True) from None
        return text

    def _identities(self, pyrage: ModuleType) -> list[object]:
        name = self._settings.identity_env
        value = self._environment.get(name, "")
        if not value.strip():
            reason = f"the environment variable {name} is not set, which reads {self.path}"
            raise UnreadableError(reason)
        keys = [word for word in value.split() if word.startswith(_PRIVATE)]
        try:
            found = [pyrage.x25519.Identity.from_str(key) for key in keys]
        except pyrage.IdentityError:
            found = []
        if not found:
            raise UnreadableError(
                f"{name} holds no private key of age, which begins with {_PRIVATE}"
            )
        return found


def _pyrage() -> ModuleType:
    try:
        import pyrage  # noqa: PLC0415 - an extra
    except ImportError:
        reason = "subscribers need an extra: pip install 'statusgen[subscribers]'"
        raise UnreadableError(reason) from None
    module: ModuleType = pyrage
    return module
