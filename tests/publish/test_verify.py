from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from releases import ONE, TWO, lay_out
from served import Host
from servers import nginx, program

from statusgen.cli.main import run
from statusgen.publish.folder import read_build
from statusgen.publish.release import Build
from statusgen.publish.verifying import Copy, Fault, verify

NOW = datetime.now(UTC)

pytestmark = pytest.mark.skipif(program("nginx") is None, reason="needs nginx")

Serve = Callable[..., str]


_ONLY_WHERE_ASKED = """\
set $allowed "";
if ($http_origin) {{ set $allowed "{value}"; }}
add_header Access-Control-Allow-Origin $allowed;
"""
_NO_HEADER = "# no Access-Control-Allow-Origin"


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serve a folder by nginx, with the lines given in its server block; give the address."""
    with ExitStack() as stack:
        count = 0

        def start(
            folder: str,
            lines: str = "",
            certificate: Path | None = None,
            ip: str = "127.0.0.1",
            port: int = 0,
        ) -> str:
            nonlocal count
            count += 1
            cors = "" if "Allow-Origin" in lines else 'add_header Access-Control-Allow-Origin "*";'
            server = nginx(
                tmp_path / f"nginx{count}",
                f"root {folder};\nerror_page 404 /404.html;\n{cors}\n{lines}",
                certificate=certificate,
                ip=ip,
                port=port,
            )
            chosen = stack.enter_context(server)
            return f"http{'s' if certificate else ''}://{ip}:{chosen}"

        yield start


@pytest.fixture
def site(tmp_path: Path) -> str:
    return lay_out(tmp_path / "site", {**ONE, "404.html": b"not there", "de/index.html": b"de"})


def faults(url: str, build: Build | None = None, now: datetime = NOW) -> tuple[Fault, ...]:
    return verify([Copy("web", url)], build, now, lambda there: list(there.files), 5).faults


def codes(url: str, build: Build | None = None, now: datetime = NOW) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in faults(url, build, now)]


def test_an_answer_that_leads_to_no_address_is_told(site: str, serve: Serve) -> None:
    url = serve(site, 'location / { return 302 "http://[::1/"; }')
    assert [one.message for one in faults(url)] == ["manifest.json answers 302"]


HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    "beginning", [HEAD, HEAD + b"Content-Length: 9999\r\n\r\n", HEAD + b"\r\n"]
)
def test_an_answer_that_trickles_has_its_time_as_a_whole(beginning: bytes) -> None:
    with trickling(beginning) as url:
        started = time.monotonic()
        found = verify([Copy("web", url)], None, NOW, lambda there: list(there.files), 0.5).faults
    assert [(one.code, one.message) for one in found] == [
        ("unreachable", "it has not answered in full after 0.5 seconds")
    ]
    assert time.monotonic() - started < 5


@contextmanager
def trickling(beginning: bytes) -> Iterator[str]:
    """Serve an answer that never ends: it comes at once up to some point, then byte by byte."""
    is_over = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(beginning)
            while not is_over.wait(0.1):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=answer, args=(server.accept()[0],), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            is_over.set()


def certificate(folder: Path, end: datetime) -> Path:
    authority = trustme.CA()
    made = authority.issue_cert("127.0.0.1", not_after=end.replace(tzinfo=None))
    made.private_key_and_cert_chain_pem.write_to_path(str(folder / "pair.pem"))
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    return folder / "pair.pem"


def test_a_whole_copy_has_no_faults(serve: Serve, site: str) -> None:
    found = verify(
        [Copy("web", serve(site))], read_build(site), NOW, lambda one: list(one.files), 5
    )
    assert found.faults == ()
    assert (found.files, found.addresses) == (len(ONE) + 3, 1)


def test_an_old_build_is_found(serve: Serve, site: str, tmp_path: Path) -> None:
    new = read_build(lay_out(tmp_path / "new", TWO))
    (fault,) = faults(serve(site), new)
    assert fault.code == "old-build"
    assert read_build(site).digest[:12] in fault.message
    assert new.digest[:12] in fault.message


def test_one_changed_byte_is_found(serve: Serve, site: str) -> None:
    url = serve(site)
    Path(site, "same.html").write_bytes(b"the samE")
    assert codes(url) == [("changed-file", "same.html")]


def test_a_missing_file_is_found(serve: Serve, site: str) -> None:
    url = serve(site)
    Path(site, "assets/style.1.css").unlink()
    assert codes(url) == [("missing-file", "assets/style.1.css")]


def test_a_wrong_type_is_found(serve: Serve, site: str) -> None:
    url = serve(site, "location /assets/ { types {} default_type text/plain; }")
    (fault,) = faults(url)
    assert fault.message == "assets/style.1.css is served as text/plain, not text/css"


def test_a_missing_header_for_other_origins_is_found(serve: Serve, site: str) -> None:
    url = serve(site, 'add_header Access-Control-Allow-Origin "https://acme.example";')
    assert codes(url) == [("no-cors", "api/v2/status.json")]
    assert codes(serve(site, _NO_HEADER)) == [("no-cors", "api/v2/status.json")]


def test_the_header_may_come_only_for_pages_of_other_origins_as_buckets_send_it(
    serve: Serve, site: str
) -> None:
    assert codes(serve(site, _ONLY_WHERE_ASKED.format(value="*"))) == []
    assert codes(serve(site, _ONLY_WHERE_ASKED.format(value="$http_origin"))) == []


def test_the_header_twice_is_found_as_browsers_refuse_that(serve: Serve, site: str) -> None:
    (fault,) = faults(serve(site, 2 * 'add_header Access-Control-Allow-Origin "*";\n'))
    assert fault.code == "no-cors"
    assert "Access-Control-Allow-Origin: *, *, which keeps" in fault.message


def test_a_name_without_an_address_is_found() -> None:
    (fault,) = faults("https://nowhere.invalid")
    assert (fault.code, fault.message) == (
        "no-address",
        "the name nowhere.invalid has no address",
    )


def test_a_server_that_is_down_is_found() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        (fault,) = faults(f"http://127.0.0.1:{unused.getsockname()[1]}")
    assert (fault.code, fault.message) == ("unreachable", "Connection refused")


def test_a_server_that_answers_for_another_site_is_found(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/404.html").write_text("parked")
    (tmp_path / "other/manifest.json").write_text('{"name": "a web app"}')
    (fault,) = faults(serve(str(tmp_path / "other")))
    assert (fault.code, fault.message) == (
        "wrong-site",
        "manifest.json is not one of statusgen's",
    )


def test_a_server_that_leads_elsewhere_is_found(serve: Serve, site: str) -> None:
    url = serve(site, "location / { return 302 https://parked.example$request_uri; }")
    assert [(one.code, one.message) for one in faults(url)] == [
        ("wrong-site", "it leads to parked.example")
    ]


def test_a_certificate_that_ends_soon_is_found(
    serve: Serve, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = NOW + timedelta(days=20)
    pair = certificate(tmp_path, end)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    url = serve(site, certificate=pair)
    assert codes(url) == []
    (fault,) = faults(url, now=end - timedelta(days=13))
    assert (fault.code, fault.message) == (
        "certificate-ends",
        f"the certificate ends on {end:%Y-%m-%d}",
    )


def test_a_certificate_that_has_ended_is_found(
    serve: Serve, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = certificate(tmp_path, NOW - timedelta(days=1))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    (fault,) = faults(serve(site, certificate=pair))
    assert (fault.code, fault.message) == ("certificate", "certificate has expired")


def test_a_certificate_that_nobody_vouches_for_is_found(
    serve: Serve, site: str, tmp_path: Path
) -> None:
    pair = certificate(tmp_path, NOW + timedelta(days=90))
    (fault,) = faults(serve(site, certificate=pair))
    assert fault.code == "certificate"
    assert "unable to get local issuer certificate" in fault.message


def test_of_several_addresses_the_one_with_an_old_copy_is_named(
    serve: Serve, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at a network of caches of which one was not reached."""
    port = serve(site).rpartition(":")[2]
    serve(lay_out(tmp_path / "old", TWO), ip="127.0.0.2", port=int(port))
    real = socket.getaddrinfo

    def both(host: str, *arguments: Any, **named: Any) -> list[Any]:  # noqa: ANN401 (passed on)
        ips = ["127.0.0.1", "127.0.0.2"] if host == "status.acme.example" else [host]
        return [one for ip in ips for one in real(ip, *arguments, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    found = faults(f"http://status.acme.example:{port}", read_build(site))
    assert [(one.code, one.address) for one in found] == [("old-build", "127.0.0.2")]


def test_copies_that_differ_are_told_without_a_build_to_compare_with(
    serve: Serve, site: str, tmp_path: Path
) -> None:
    other = lay_out(tmp_path / "other", TWO)
    copies = [Copy("a", serve(site)), Copy("b", serve(other))]
    (fault,) = verify(copies, None, NOW, lambda _: [], 5).faults
    assert fault.code == "copies-differ"
    assert "a at 127.0.0.1 has" in fault.message


# ── the command ───────────────────────────────────────────────────────────────────────────────


def page(tmp_path: Path, url: str) -> str:
    root = tmp_path / "page"
    root.mkdir()
    (root / "config.yml").write_text(f"page: {{name: Acme, url: '{url}'}}\n")
    return str(root)


def test_the_command_says_that_all_is_well_and_calls_the_heartbeat(
    serve: Serve,
    site: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heart = Host({"/ping-canary": b"ok"})
    monkeypatch.setenv("HEARTBEAT", f"{heart.url}/ping-canary")
    root = page(tmp_path, serve(site))
    arguments = ["verify", "--root", root, "--site", site, "--heartbeat-env", "HEARTBEAT"]
    assert run(arguments) == 0
    assert heart.asked == ["/ping-canary"]
    Path(site, "same.html").write_bytes(b"changed")
    assert run(arguments) == 4
    heart.close()
    assert heart.asked == ["/ping-canary"]
    said = capsys.readouterr()
    assert "files from 1 address: all is well." in said.out
    assert "page at 127.0.0.1: same.html has other bytes than were published" in said.out
    assert "canary" not in said.out + said.err


def test_a_heartbeat_that_does_not_answer_is_a_failure_and_stays_secret(
    serve: Serve,
    site: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heart = Host({})
    monkeypatch.setenv("HEARTBEAT", f"{heart.url}/ping-canary")
    arguments = ["verify", "--root", page(tmp_path, serve(site)), "--site", site]
    assert run([*arguments, "--heartbeat-env", "HEARTBEAT"]) == 4
    heart.close()
    said = capsys.readouterr()
    assert "The heartbeat in HEARTBEAT could not be sent" in said.err
    assert "canary" not in said.out + said.err


def test_the_page_is_looked_at_beside_copies_that_have_addresses_of_their_own(
    serve: Serve, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = page(tmp_path, serve(lay_out(tmp_path / "old", TWO)))
    target = f"publish: [{{type: directory, name: copy, path: a, url: '{serve(site)}'}}]\n"
    with Path(root, "config.yml").open("a") as config:
        config.write(target)
    assert run(["verify", "--root", root, "--site", site]) == 4
    assert re.search(r"^page at \S+: .* \[old-build\]$", capsys.readouterr().out, re.MULTILINE)
    assert run(["verify", "--root", root, "--site", site, "copy"]) == 0
    assert run(["verify", "--root", root, "--site", site, "page"]) == 4


def test_programs_get_json(
    serve: Serve, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(site, "same.html").unlink()
    assert run(["verify", "--root", page(tmp_path, serve(site)), "--format", "json"]) == 4
    said = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in said["faults"]] == ["missing-file"]


def test_it_waits_until_the_copy_is_there(serve: Serve, site: str, tmp_path: Path) -> None:
    """The first look comes too early: the file arrives while it waits."""
    import threading

    url = serve(site)
    path = Path(site, "same.html")
    content = path.read_bytes()
    path.unlink()
    threading.Timer(1, path.write_bytes, [content]).start()
    assert run(["verify", "--root", page(tmp_path, url), "--site", site, "--wait", "20"]) == 0


def test_a_sample_looks_at_the_front_page_and_a_few_files(
    serve: Serve, site: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "--root", page(tmp_path, serve(site)), "--sample", "1"]) == 0
    assert capsys.readouterr().out.partition(" ")[0] in {"2", "3"}
