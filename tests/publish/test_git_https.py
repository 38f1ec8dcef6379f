from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme
from faulty_proxy import Fault, before
from git_host import NEEDED, TOKEN, git_host
from releases import PLAIN, lay_out, order_of, seen_in
from servers import program

from statusgen.model import GitTarget
from statusgen.network.patience import Patience
from statusgen.publish.adapters import target_of
from statusgen.publish.decision import Insistence, Relation
from statusgen.publish.git_branch import Branch, GitBranch
from statusgen.publish.going_back import roll_back
from statusgen.publish.publishing import End, Outcome, Place, publish
from statusgen.publish.target import Target

pytestmark = pytest.mark.skipif(
    not all(map(program, NEEDED)), reason="needs nginx and fcgiwrap; .ci/setup test brings them"
)


@pytest.fixture
def ca(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """An authority that Git believes."""
    found = trustme.CA()
    found.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("GIT_SSL_CAINFO", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "https")
    return found


@pytest.fixture
def remote(tmp_path: Path, ca: trustme.CA) -> Iterator[str]:
    ca.issue_cert("localhost").private_key_and_cert_chain_pem.write_to_path(tmp_path / "host.pem")
    with git_host(tmp_path / "host", tmp_path / "host.pem") as address:
        yield address


def target_with(token: str, remote: str, tmp_path: Path) -> Target:
    settings = GitTarget("pages", remote, token_env="PAGES_TOKEN")  # noqa: S106 (a name)
    return target_of(settings, str(tmp_path / "page"), {**os.environ, "PAGES_TOKEN": token})


def send(folder: str, target: Target, insist: Insistence = PLAIN) -> Outcome:
    order = order_of(folder, insist=insist, patience=Patience(seconds=30, pause=0.1))
    return publish(Place("pages", lambda: target), order)


def read(site: Path) -> dict[str, bytes]:
    """Return what the host serves."""
    checkout = site.parent / "checkout"
    checkout.mkdir(exist_ok=True)
    here = ["git", "-C", str(site), f"--work-tree={checkout}"]
    subprocess.run([*here, "checkout", "-qf", "gh-pages", "--", "."], check=True)
    return seen_in(checkout)


def test_over_https_with_a_token_it_publishes_updates_and_rolls_back(
    one: str, two: str, remote: str, tmp_path: Path
) -> None:
    site = tmp_path / "host/site.git"
    target = target_with(TOKEN, remote, tmp_path)
    first = send(one, target)
    assert first.end is End.PUBLISHED, first.reason
    assert read(site).items() >= seen_in(Path(one)).items()
    assert send(one, target).end is End.UNCHANGED
    assert send(two, target).sent.files == 7
    assert read(site).items() >= seen_in(Path(two)).items()
    roll_back(target, 1, lambda live: live.build.commit, 0)
    assert read(site).items() >= seen_in(Path(one)).items()
    listed = subprocess.run(
        ["git", "-C", site, "for-each-ref", "refs/statusgen"], capture_output=True, check=True
    )
    assert len(listed.stdout.splitlines()) == 3


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        ("not-the-token", "the host refuses the token"),
        ("", "the host wants a token: 'token_env' names the variable that has it"),
    ],
)
def test_a_wrong_token_is_told_plainly_and_not_tried_again(
    token: str, reason: str, one: str, remote: str, tmp_path: Path
) -> None:
    branch = Branch(remote, "gh-pages", token=token)
    outcome = send(one, GitBranch("pages", branch, str(tmp_path / "work.git"), os.environ))
    assert (outcome.end, outcome.tries, outcome.reason) == (End.FAILED, 1, reason)


def test_a_host_with_a_certificate_of_somebody_else_gets_no_token(
    one: str, remote: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    monkeypatch.setenv("GIT_SSL_CAINFO", str(tmp_path / "other.pem"))
    outcome = send(one, target_with(TOKEN, remote, tmp_path))
    assert (outcome.end, outcome.tries) == (End.FAILED, 1)
    assert "certificate" in outcome.reason


@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.extreme)])
@pytest.mark.parametrize("fault", Fault)
def test_a_host_that_fails_from_one_request_on_keeps_a_whole_site_and_the_next_publish_heals(
    fault: Fault,
    every: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("GIT_ALLOW_PROTOCOL", "http")
    sites = [{"index.html": b"a" * 999, "a.html": b"a"}, {"index.html": b"b" * 999, "b.html": b"b"}]
    folders = [lay_out(tmp_path / str(number), files) for number, files in enumerate(sites)]
    site = tmp_path / "host/site.git"

    def sent(number: int, remote: str, seconds: float) -> Outcome:
        branch = Branch(remote, "gh-pages", token=TOKEN)
        target = GitBranch("pages", branch, str(tmp_path / "work.git"), os.environ, seconds=10)
        patience = Patience(seconds=seconds, pause=0.1)
        order = order_of(folders[number], relate=lambda *_: Relation.NEWER, patience=patience)
        return publish(Place("pages", lambda: target), order)

    with git_host(tmp_path / "host") as address, before(address, seconds=1) as (proxy, host):
        through = f"{host}/git/site.git"
        sent(0, address, 30)
        proxy.spoil(-1, 0, None)
        assert sent(1, through, 30).end is End.PUBLISHED
        faults = 0
        for count, at in enumerate(range(0, len(proxy.asked), every)):
            number = count % 2
            proxy.spoil(at, 1_000, fault)
            sent(number, through, 0.1)
            faults += len(proxy.asked) > at
            shown = read(site)
            assert any(shown.items() >= files.items() for files in sites)
            assert sent(number, address, 30).end.is_good
            assert read(site).items() >= sites[number].items()
    record_property("faults", faults)
