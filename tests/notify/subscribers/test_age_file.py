from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest

from statusgen.model import Subscribers
from statusgen.notify.subscribers.age_file import (
    AgeFile,
    KeyPair,
    UnreadableError,
    new_keys,
    new_secret,
)
from statusgen.notify.subscribers.book import Book, Subscriber, write_book

SINCE = datetime(2026, 11, 26, 7, 0, tzinfo=UTC)
BOOK = Book("key", {"ada@acme.example": Subscriber("ada@acme.example", SINCE, ("api",))})


@pytest.fixture(scope="module")
def keys() -> KeyPair:
    return new_keys()


def file_for(root: Path, *pairs: KeyPair, identity: str | None = None) -> AgeFile:
    settings = Subscribers(recipients=tuple(pair.public for pair in pairs))
    private = pairs[0].private if identity is None else identity
    return AgeFile(str(root), settings, {"STATUSGEN_IDENTITY": private})


def refusal(file: AgeFile) -> UnreadableError:
    with pytest.raises(UnreadableError) as refused:
        file.read()
    assert "AGE-SECRET-KEY-1Q" not in str(refused.value)
    assert "ada@" not in str(refused.value)
    return refused.value


def test_what_is_written_is_read_and_no_address_lies_open(tmp_path: Path, keys: KeyPair) -> None:
    file = file_for(tmp_path, keys)
    file.write(BOOK)
    read = file.read()
    assert (read.book.key, dict(read.book.subscribers)) == (BOOK.key, dict(BOOK.subscribers))
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or b"acme" not in path.read_bytes()


def test_before_anybody_subscribes_there_is_no_file(tmp_path: Path, keys: KeyPair) -> None:
    assert not file_for(tmp_path, keys).read().book.subscribers


def test_every_recipient_can_read_it(tmp_path: Path, keys: KeyPair) -> None:
    other = new_keys()
    file_for(tmp_path, keys, other).write(BOOK)
    for one in (keys, other):
        assert file_for(tmp_path, one).read().book.subscribers


def test_what_age_keygen_wrote_is_an_identity(tmp_path: Path, keys: KeyPair) -> None:
    file_for(tmp_path, keys).write(BOOK)
    text = f"# created: 2026-11-26T07:00:00Z\n# public key: {keys.public}\n{keys.private}\n"
    assert file_for(tmp_path, keys, identity=text).read().book.subscribers


def test_while_keys_change_two_identities_stand_in_one_variable(
    tmp_path: Path, keys: KeyPair
) -> None:
    new = new_keys()
    both = f"{new.private}\n{keys.private}"
    file_for(tmp_path, keys).write(BOOK)
    assert file_for(tmp_path, new, identity=both).read().book.subscribers
    file_for(tmp_path, new).write(BOOK)
    assert file_for(tmp_path, new, identity=both).read().book.subscribers


def test_another_key_is_told_from_a_damaged_file(tmp_path: Path, keys: KeyPair) -> None:
    file_for(tmp_path, keys).write(BOOK)
    error = refusal(file_for(tmp_path, new_keys()))
    assert error.reason == "subscribers.age is not encrypted for the key in STATUSGEN_IDENTITY"
    assert not error.is_damaged


def test_a_file_that_was_cut_or_changed_anywhere_is_damaged(tmp_path: Path, keys: KeyPair) -> None:
    file = file_for(tmp_path, keys)
    file.write(BOOK)
    path = tmp_path / "subscribers.age"
    whole = path.read_bytes()
    changed = bytearray(whole)
    changed[-1] ^= 1
    cut = [whole[:size] for size in range(0, len(whole), 7)]
    for content in (*cut, bytes(changed), whole + b"x", b"ada@acme.example\n"):
        path.write_bytes(content)
        error = refusal(file)
        assert error.reason == "subscribers.age is damaged, or no file of age"
        assert error.is_damaged


def test_an_encrypted_file_of_something_else_is_no_book(tmp_path: Path, keys: KeyPair) -> None:
    pyrage = pytest.importorskip("pyrage")
    recipient = pyrage.x25519.Recipient.from_str(keys.public)
    for content in (b"a shopping list", b"\xff\xfe"):
        (tmp_path / "subscribers.age").write_bytes(pyrage.encrypt(content, [recipient]))
        assert refusal(file_for(tmp_path, keys)).is_damaged


@pytest.mark.parametrize("identity", ["", " \n", "age1public", "AGE-SECRET-KEY-1QQ"])
def test_without_a_private_key_it_says_which_variable_to_set(
    tmp_path: Path, keys: KeyPair, identity: str
) -> None:
    file_for(tmp_path, keys).write(BOOK)
    assert "STATUSGEN_IDENTITY" in refusal(file_for(tmp_path, keys, identity=identity)).reason


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path: Path, keys: KeyPair) -> None:
    file_for(tmp_path, keys).write(BOOK)
    (tmp_path / "subscribers.age").rename(tmp_path / "elsewhere")
    (tmp_path / "subscribers.age").symlink_to("elsewhere")
    refusal(file_for(tmp_path, keys))


def test_a_wrong_recipient_leaves_the_old_file(tmp_path: Path, keys: KeyPair) -> None:
    file_for(tmp_path, keys).write(BOOK)
    before = (tmp_path / "subscribers.age").read_bytes()
    with pytest.raises(UnreadableError, match="recipients"):
        file_for(tmp_path, KeyPair("", "age1" + "q" * 58)).write(BOOK)
    assert (tmp_path / "subscribers.age").read_bytes() == before


def test_without_the_extra_it_says_how_to_install_it(
    tmp_path: Path, keys: KeyPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyrage", None)
    assert "pip install 'statusgen[subscribers]'" in refusal(file_for(tmp_path, keys)).reason


def test_changes_at_the_same_time_wait_for_each_other(tmp_path: Path, keys: KeyPair) -> None:
    def add(number: int) -> None:
        file = file_for(tmp_path, keys)
        with file.held():
            one = Subscriber(f"person-{number}@acme.example", SINCE)
            file.write(file.read().book.with_all([one]))

    threads = [Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(file_for(tmp_path, keys).read().book.subscribers) == 12


def test_secrets_are_long_and_never_the_same() -> None:
    made = {new_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 26 for one in made)


@pytest.mark.skipif(not shutil.which("age"), reason="age is not installed")
def test_the_age_program_reads_and_writes_the_same_file(tmp_path: Path) -> None:
    made = subprocess.run(["age-keygen"], capture_output=True, text=True, check=True).stdout
    public = made.partition("public key: ")[2].split()[0]
    settings = Subscribers(recipients=(public,))
    file = AgeFile(str(tmp_path), settings, {"STATUSGEN_IDENTITY": made})
    file.write(BOOK)
    (tmp_path / "key").write_text(made)
    path = tmp_path / "subscribers.age"
    command = ["age", "--decrypt", "--identity", f"{tmp_path}/key", str(path)]
    plain = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert plain == write_book(BOOK)
    more = plain + "bo@acme.example since=2026-11-26T07:00:00Z\n"
    for armour in ([], ["--armor"]):
        command = ["age", "--encrypt", *armour, "--recipient", public, "--output", str(path)]
        subprocess.run(command, input=more, text=True, check=True)
        assert len(file.read().book.subscribers) == 2


def test_a_book_that_could_not_be_read_again_is_not_written(
    tmp_path: Path, keys: KeyPair, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_for(tmp_path, keys)
    file.write(BOOK)
    size = (tmp_path / "subscribers.age").stat().st_size
    # age adds some random bytes to each file, so that the same book is not always as large.
    monkeypatch.setattr("statusgen.notify.subscribers.age_file._LARGEST", size + 1000)
    more = [Subscriber(f"bo{number}@acme.example", SINCE) for number in range(100)]
    with pytest.raises(UnreadableError, match="would be larger"):
        file.write(BOOK.with_all(more))
    assert list(file.read().book.subscribers) == ["ada@acme.example"]
