"""Runs the shell steps of a GitHub workflow as the runner does, in a clone of a real remote.

Expressions are looked up where the workflow may have them, in `env`, and nowhere else: GitHub puts
their values into a script's text before a shell reads it, and so would this.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

_EXPRESSION = re.compile(r"\$\{\{\s*([a-z_.]+)\s*\}\}")
_INSTALLS = re.compile(r"^pip install ")


def load(workflow: Path) -> dict[str, Any]:
    """Return a workflow; YAML 1.1 takes its key `on` for a truth, which is put right."""
    content: dict[Any, Any] = yaml.safe_load(workflow.read_text("utf-8"))
    if True in content:
        content["on"] = content.pop(True)
    return content


def inputs_of(workflow: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Return all inputs of a form: what was given, else what the form has without that."""
    inputs = workflow["on"]["workflow_dispatch"]["inputs"]
    assert given.keys() <= inputs.keys()
    return {
        name: given.get(name, one["options"][0] if one["type"] == "choice" else "")
        for name, one in inputs.items()
    }


def run_job(
    job: Mapping[str, Any], folder: Path, values: Mapping[str, str], program: Path, at: str = ""
) -> Iterator[subprocess.CompletedProcess[str]]:
    """Run the shell steps of a job one after the other; `values` are those of expressions.

    Steps that install statusgen are left out: it is `program`. `at` are the seconds since 1970 that
    its clock shows.
    """
    for step in job["steps"]:
        script = step.get("run", "")
        if not script or _INSTALLS.match(script):
            continue
        environment = {
            "HOME": os.environ["HOME"],
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "GIT_CONFIG_NOSYSTEM": "1",
            "SOURCE_DATE_EPOCH": at,
            **{name: evaluated(text, values) for name, text in step.get("env", {}).items()},
        }
        path = folder.parent / "step.sh"
        path.write_text(evaluated(script, values), "utf-8")
        done = subprocess.run(
            ["bash", "-e", path],
            check=False,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        yield done
        if done.returncode:
            return


def evaluated(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the values of its expressions in their place, once."""
    return _EXPRESSION.sub(lambda match: values[match[1]], text)
