"""What doctor says of schedules, asked of hosts that answer as GitHub and GitLab do."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from statuspage_host import Host

from statusgen.problems import Severity
from statusgen.publish.schedules import told_findings

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
PATH = ".github/workflows/publish.yml"
WORKFLOW = "/api/v3/repos/acme/status/actions/workflows/publish.yml"
RUNS = f"{WORKFLOW}/runs?event=schedule&per_page=1"
CANARY = dict.fromkeys(("GH_TOKEN", "GITLAB_TOKEN"), "canary")
SCHEDULES = "/api/v4/projects/acme%2Fstatus/pipeline_schedules"


def told(host: Host, **environment: str) -> tuple[Severity | None, str]:
    remote = f"{host.url}/acme/status.git"
    (found,) = told_findings(remote, [PATH], environment, NOW, 5)
    return found.severity, found.message


def run(at: str, conclusion: str = "success") -> dict[str, object]:
    return {"workflow_runs": [{"run_started_at": at, "conclusion": conclusion}]}


def test_a_schedule_that_github_switched_off_is_found(github: Host) -> None:
    github.serve(WORKFLOW, {"state": "disabled_inactivity"})
    assert told(github) == (
        Severity.ERROR,
        f"{PATH}: it is switched off (disabled_inactivity): 'gh workflow enable publish.yml'",
    )


@pytest.mark.parametrize(
    ("runs", "severity", "said"),
    [
        (run("2026-11-21T11:52:00Z"), None, "ran by its schedule 8 min ago"),
        (
            run("2026-11-21T11:52:00Z", "failure"),
            Severity.WARNING,
            "ran by its schedule 8 min ago, and failed",
        ),
        (
            run("2026-11-20T11:00:00Z"),
            Severity.WARNING,
            "ran by its schedule 1 d 1 h ago, for the last time",
        ),
        ({"workflow_runs": []}, Severity.WARNING, "it has never run by its schedule"),
    ],
)
def test_when_a_schedule_last_ran_is_told(
    github: Host, runs: object, severity: Severity | None, said: str
) -> None:
    github.serve(WORKFLOW, {"state": "active"})
    github.serve(RUNS, runs)
    assert told(github) == (severity, f"{PATH}: {said}")


def test_what_is_private_needs_a_token_and_that_is_said(github: Host) -> None:
    github.serve(WORKFLOW, {"message": "Not Found"}, status=404)
    severity, said = told(github, **CANARY)
    assert severity is None
    assert said == (
        f"GitHub does not tell whether {PATH} is switched on; "
        "with a token in GH_TOKEN that may read it does"
    )
    assert github.headers[-1]["Authorization"] == "Bearer canary"


@pytest.mark.parametrize(
    ("active", "severity", "said"),
    [
        ([True, False], None, "1 of 2 pipeline schedules are active"),
        ([False], Severity.ERROR, "no pipeline schedule is active: Build, Pipeline schedules"),
        ([], Severity.ERROR, "no pipeline schedule is active: Build, Pipeline schedules"),
    ],
)
def test_of_gitlab_one_schedule_must_be_active(
    gitlab: Host, active: list[bool], severity: Severity | None, said: str
) -> None:
    gitlab.serve(SCHEDULES, [{"active": one} for one in active])
    assert told(gitlab, **CANARY) == (severity, said)


def test_a_remote_of_no_known_host_tells_nothing(host: Host) -> None:
    for remote in ("", "../remote.git", f"{host.url}/acme/status.git"):
        assert list(told_findings(remote, [PATH], {}, NOW, 5)) == []
