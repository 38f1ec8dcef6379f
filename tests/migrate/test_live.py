"""A live page is read as a whole: what its API lists, and by its history what it does not."""

from __future__ import annotations

from typing import Any

import pytest
from statuspage_host import Host
from statuspage_source import PAGE, code, component, incident, maintenance, summary, update

from statusgen.migrate.statuspage.fields import Remarks
from statusgen.migrate.statuspage.guard import Fetcher, FetchError
from statusgen.migrate.statuspage.live import read_live
from statusgen.migrate.statuspage.merge import merge

Json = dict[str, Any]
API = component(1, "API", created_at="2026-01-01T00:00:00.000Z")


def unheard(_: object) -> None:
    """Stand in for who would wait, or watch."""


def resolved(number: int, at: str = "2026-11-01T10:00:00.000Z") -> Json:
    return incident(number, [update(number, "resolved", at, "Done.")], [API])


def month(name: str, year: int, *codes: str) -> Json:
    return {"name": name, "year": year, "incidents": [{"code": one, "name": one} for one in codes]}


def serve_api(host: Host, incidents: list[Json], planned: list[Json]) -> None:
    host.serve("/api/v2/summary.json", summary([API], [], []))
    host.serve("/api/v2/components.json", {"page": PAGE, "components": [API]})
    host.serve("/api/v2/incidents.json", {"page": PAGE, "incidents": incidents})
    host.serve(
        "/api/v2/scheduled-maintenances.json",
        {"page": PAGE, "scheduled_maintenances": planned},
    )


def read(host: Host) -> tuple[list[str], list[str]]:
    """Return the codes of the incidents and the problems."""
    remarks = Remarks()
    with Fetcher(host.url, allow_private=True, pause=unheard) as fetcher:
        responses = read_live(fetcher, remarks, unheard)
    capture = merge(responses, remarks)
    return sorted(one.code for one in capture.incidents), [str(one) for one in remarks.problems]


def test_what_only_the_history_names_is_fetched_by_its_code(host: Host) -> None:
    planned = maintenance(
        9,
        [update(9, "scheduled", "2026-11-01T10:00:00.000Z")],
        "2026-12-01T10:00:00.000Z",
        "2026-12-01T11:00:00.000Z",
    )
    serve_api(host, [resolved(1)], [planned])
    host.serve("/history?page=1", {"months": [month("November", 2026, code("i", 1), code("i", 2))]})
    host.serve("/history?page=2", {"months": [month("October", 2026, code("i", 3))]})
    host.serve("/history?page=3", {"months": []})
    host.serve(f"/api/v2/incidents/{code('i', 2)}.json", {"page": PAGE, "incident": resolved(2)})
    host.serve(f"/incidents/{code('i', 3)}.json", resolved(3))
    codes, problems = read(host)
    assert codes == [code("i", number) for number in (1, 2, 3, 9)]
    assert problems == []
    assert f"/api/v2/incidents/{code('i', 1)}.json" not in host.asked
    assert {headers["Accept"] for headers in host.headers} == {"application/json"}


def test_a_history_without_end_is_left_after_years_of_nothing(host: Host) -> None:
    serve_api(host, [], [])
    for page in range(60):
        year = 2026 - page // 4
        host.serve(f"/history?page={page + 1}", {"months": [month(f"{page % 4}", year)]})
    assert read(host) == ([], [])
    pages = [path for path in host.asked if path.startswith("/history")]
    assert len(pages) == 8


def test_a_history_is_read_back_to_the_first_component(host: Host) -> None:
    serve_api(host, [], [])
    host.answers["/api/v2/summary.json"].clear()
    old = component(1, "API", created_at="2020-01-01T00:00:00.000Z")
    host.serve("/api/v2/summary.json", summary([old], [], []))
    for page in range(60):
        year = 2026 - page // 4
        host.serve(f"/history?page={page + 1}", {"months": [month(f"{page % 4}", year)]})
    read(host)
    assert len([path for path in host.asked if path.startswith("/history")]) == 29


def test_a_host_that_ignores_the_page_does_not_loop(host: Host) -> None:
    serve_api(host, [], [])
    for page in range(1, 4):
        host.serve(f"/history?page={page}", {"months": [month("November", 2026)]})
    read(host)
    assert [path for path in host.asked if "history" in path] == [
        "/history?page=1",
        "/history?page=2",
    ]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("api/v2/components.json", "404"),
        (f"incidents/{code('i', 5)}.json", "404"),
    ],
)
def test_what_cannot_be_fetched_is_told_and_the_rest_imported(
    host: Host,
    path: str,
    message: str,
) -> None:
    serve_api(host, [resolved(1)], [])
    host.serve("/history?page=1", {"months": [month("November", 2026, code("i", 5))]})
    host.answers.pop(f"/{path}", None)
    if not path.startswith("incidents"):
        host.serve(f"/incidents/{code('i', 5)}.json", resolved(5))
    codes, problems = read(host)
    assert code("i", 1) in codes
    assert len(problems) == 1
    assert problems[0].startswith(f"{path}: error[import-not-fetched]")
    assert message in problems[0]


@pytest.mark.parametrize(
    "value",
    [
        [],
        5,
        {"months": 5},
        {"months": [5, {"name": "x"}]},
        {"months": [{"incidents": ["../x", {}]}]},
        {"months": [{"incidents": {}}]},
    ],
)
def test_a_strange_history_is_read_as_far_as_it_makes_sense(host: Host, value: object) -> None:
    serve_api(host, [resolved(1)], [])
    host.serve("/history?page=1", value)
    codes, problems = read(host)
    assert codes == [code("i", 1)]
    assert all(problem.startswith("history?page=1: ") for problem in problems)
    assert problems


def test_what_the_history_names_without_a_code_is_told(host: Host) -> None:
    serve_api(host, [], [])
    faulty = month("October", 2026)
    faulty["incidents"] = [{"code": "../x"}, {"code": code("i", 2)}, {"name": "Lost"}]
    host.serve("/history?page=1", {"months": [faulty]})
    host.serve(f"/api/v2/incidents/{code('i', 2)}.json", {"page": PAGE, "incident": resolved(2)})
    codes, problems = read(host)
    assert codes == [code("i", 2)]
    assert [one.partition(": ")[2] for one in problems] == [
        f"error[import-not-understood]: months[0].incidents[{index}]: "
        "it has no code by which it could be fetched"
        for index in (0, 2)
    ]


HTML = b"<!doctype html><title>Checking your browser</title>"
MANY = [resolved(number) for number in range(1, 61)]


@pytest.mark.parametrize(
    ("body", "status", "why"),
    [(HTML, 200, "not JSON"), (b"", 404, "404 Not Found"), (b"{}", 200, "names no months")],
)
def test_the_pages_of_the_lists_stand_in_for_a_history_that_cannot_be_read(
    body: bytes,
    status: int,
    why: str,
    host: Host,
) -> None:
    serve_api(host, MANY[:50], [])
    host.serve("/api/v2/incidents.json?page=2", {"page": PAGE, "incidents": MANY[50:]})
    host.serve("/api/v2/incidents.json?page=3", {"page": PAGE, "incidents": []})
    host.serve("/history?page=1", body=body, status=status)
    codes, problems = read(host)
    assert len(codes) == 60
    assert len(problems) == 1
    assert problems[0].startswith("history?page=1: warning[import-not-fetched]: ")
    assert why in problems[0]


@pytest.mark.parametrize("again", [{"page": PAGE, "incidents": MANY[:50]}, None])
def test_a_history_that_nothing_stands_in_for_is_told_as_missing(host: Host, again: object) -> None:
    serve_api(host, MANY[:50], [])
    host.serve("/history?page=1", {"months": [month("November", 2026, code("i", 1))]})
    host.serve("/history?page=2", body=HTML)
    if again:
        host.serve("/api/v2/incidents.json?page=2", again)
    codes, problems = read(host)
    assert len(codes) == 50
    assert [one.partition(": not JSON")[0] for one in problems] == [
        "history?page=2: error[import-not-fetched]"
    ]
    assert problems[0].endswith("what is older than the lists of the API may be missing")


def test_a_host_that_is_silent_is_left_in_peace(host: Host) -> None:
    serve_api(host, [], [])
    named = [code("i", number) for number in range(1, 101)]
    host.serve("/history?page=1", {"months": [month("November", 2026, *named)]})
    for one in named:
        host.serve(f"/api/v2/incidents/{one}.json", status=503)
    problems = read(host)[1]
    assert len(problems) == 4
    assert "97 more incidents were not asked for" in problems[-1]
    assert len([path for path in host.asked if "/incidents/" in path]) == 12


def test_what_is_no_summary_is_no_page(host: Host) -> None:
    host.serve("/api/v2/summary.json", body=HTML)
    with pytest.raises(FetchError, match="not the summary of a Statuspage") as raised:
        read(host)
    assert "the page's front" in raised.value.hint
    assert host.asked == ["/api/v2/summary.json"]


def test_codes_of_the_history_cannot_lead_elsewhere(host: Host) -> None:
    serve_api(host, [], [])
    evil = ["../../admin", "x/../y", "x?y", "//elsewhere.example", "A B", ""]
    host.serve("/history?page=1", {"months": [month("November", 2026, *evil)]})
    read(host)
    assert all(path.startswith(("/api/v2/", "/history")) for path in host.asked)
    assert len(host.asked) == 6


def test_a_page_without_a_summary_is_an_error(host: Host) -> None:
    with pytest.raises(FetchError, match=r"summary\.json"):
        read(host)


def test_a_page_below_a_path_is_read_there(host: Host) -> None:
    host.serve("/status/api/v2/summary.json", summary([API], [resolved(1)], []))
    remarks = Remarks()
    with Fetcher(f"{host.url}/status", allow_private=True, pause=unheard) as fetcher:
        responses = read_live(fetcher, remarks, unheard)
    assert len(merge(responses, remarks).incidents) == 1
