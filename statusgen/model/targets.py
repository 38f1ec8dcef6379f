"""Where config.yml says that the page is published; secrets by the names of variables."""

from __future__ import annotations

from typing import NamedTuple


class DirectoryTarget(NamedTuple):
    """A folder of this machine. `url` is where readers find this copy; empty: at the page's."""

    name: str
    path: str
    url: str = ""


class GitTarget(NamedTuple):
    """A branch of a Git remote, of one commit unless `history` is 'all'."""

    name: str
    remote: str
    branch: str = "gh-pages"
    history: str = "one"
    token_env: str = ""
    url: str = ""


class S3Target(NamedTuple):
    """A bucket of S3 or of what speaks like it; `prefix` is a folder in it."""

    name: str
    bucket: str
    prefix: str = ""
    region: str = "us-east-1"
    endpoint: str = ""
    key_id_env: str = "AWS_ACCESS_KEY_ID"
    secret_env: str = "AWS_SECRET_ACCESS_KEY"  # noqa: S105 (the variable's name)
    url: str = ""


class RsyncTarget(NamedTuple):
    """A folder of another machine, over SSH: `to` is 'user@host:folder'.

    `key_env` holds the private key; without it, the agent or a file of ~/.ssh has it. `host_key` is
    the line of known_hosts that the machine must show.
    """

    name: str
    to: str
    port: int = 22
    key_env: str = ""
    host_key: str = ""
    url: str = ""


Target = DirectoryTarget | GitTarget | S3Target | RsyncTarget
