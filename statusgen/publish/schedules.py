"""Whether schedules that renew the page still run: what their host tells, and what it keeps quiet.

GitHub switches schedules off after 60 days without a commit, GitLab when their owner leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from statusgen.problems import Severity
from statusgen.publish.examining import Finding
from statusgen.publish.git_hosts import Kind, Repository, repository_of
from statusgen.site.words.formats import ENGLISH_FORMATS

IDLE = timedelta(days=50)
"""GitHub switches off schedules after 60 days without a commit; this leaves time to make one."""

LATE = timedelta(hours=6)
"""A schedule for every quarter of an hour that has not run for so long is not merely late."""

TOKENS = {Kind.GITHUB: ("GH_TOKEN", "GITHUB_TOKEN"), Kind.GITLAB: ("GITLAB_TOKEN",)}
"""The variables that programs of these hosts look into for a token."""

_OK = 200
_span = ENGLISH_FORMATS.duration_text


def schedule_findings(
    workflows: Iterable[tuple[str, str]], last_commit: datetime | None, now: datetime
) -> Iterator[Finding]:
    """Yield whether schedules of GitHub's, given by path and text, may have been switched off."""
    scheduled = scheduled_paths(workflows)
    if not scheduled or last_commit is None:
        return
    idle = now - last_commit
    if idle > IDLE:
        said = f"the last commit is {_span(idle)} old: GitHub switches off schedules after 60 d"
        yield Finding(Severity.WARNING, "schedule", f"{', '.join(scheduled)}: {said}")
    else:
        yield Finding(None, "schedule", f"{', '.join(scheduled)}: last commit {_span(idle)} ago")


def scheduled_paths(workflows: Iterable[tuple[str, str]]) -> list[str]:
    """Return the paths of those workflows that run by a schedule."""
    return [path for path, text in workflows if "schedule:" in text]


def told_findings(
    remote: str,
    scheduled: Iterable[str],
    environment: Mapping[str, str],
    now: datetime,
    seconds: float,
) -> Iterator[Finding]:
    """Yield what the host of the page repository tells of its schedules.

    `scheduled` are the paths of GitHub's workflows that have one; GitLab keeps its schedules apart.
    """
    repository = repository_of(remote, seconds)
    if repository is None or repository.kind is Kind.FORGEJO:
        return
    names = TOKENS[repository.kind]
    token = next((environment[name] for name in names if environment.get(name)), "")
    if repository.kind is Kind.GITLAB:
        yield from _of_gitlab(repository, token)
        return
    for path in scheduled:
        yield from _of_github(repository, path, token, now)


def _of_github(repository: Repository, path: str, token: str, now: datetime) -> Iterator[Finding]:
    workflow = f"repos/{repository.path}/actions/workflows/{path.rpartition('/')[2]}"
    answer = repository.ask(workflow, token)
    if answer.status != _OK:
        yield _silent(repository, f"whether {path} is switched on")
        return
    state = answer.fields.get("state", "")
    if state != "active":
        said = f"it is switched off ({state}): 'gh workflow enable {path.rpartition('/')[2]}'"
        yield Finding(Severity.ERROR, "schedule", f"{path}: {said}")
        return
    runs = repository.ask(f"{workflow}/runs?event=schedule&per_page=1", token).fields
    yield _of_run(path, next(iter(runs.get("workflow_runs") or ()), None), now)


def _of_run(path: str, run: Mapping[str, Any] | None, now: datetime) -> Finding:
    """Return what the newest run by a schedule means."""
    try:
        age = now - datetime.fromisoformat((run or {})["run_started_at"])
    except (KeyError, ValueError, TypeError):
        said = "it has never run by its schedule"
        return Finding(Severity.WARNING, "schedule", f"{path}: {said}")
    said = f"ran by its schedule {_span(age)} ago"
    if age > LATE:
        return Finding(Severity.WARNING, "schedule", f"{path}: {said}, for the last time")
    if run and run.get("conclusion") == "failure":
        return Finding(Severity.WARNING, "schedule", f"{path}: {said}, and failed")
    return Finding(None, "schedule", f"{path}: {said}")


def _of_gitlab(repository: Repository, token: str) -> Iterator[Finding]:
    project = repository.path.replace("/", "%2F")
    answer = repository.ask(f"projects/{project}/pipeline_schedules", token)
    if answer.status != _OK or not isinstance(answer.content, list):
        yield _silent(repository, "whether a pipeline schedule is active")
        return
    active = [one for one in answer.content if isinstance(one, dict) and one.get("active")]
    if active:
        said = f"{len(active)} of {len(answer.content)} pipeline schedules are active"
        yield Finding(None, "schedule", said)
    else:
        said = "no pipeline schedule is active: Build, Pipeline schedules"
        yield Finding(Severity.ERROR, "schedule", said)


def _silent(repository: Repository, what: str) -> Finding:
    name = TOKENS[repository.kind][0]
    said = f"{repository.kind} does not tell {what}; with a token in {name} that may read it does"
    return Finding(None, "schedule", said)
