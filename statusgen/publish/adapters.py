"""From a target in config.yml to what publishes there."""

from __future__ import annotations

import os
from collections.abc import Mapping

from statusgen.files.names import STATE_FOLDER
from statusgen.git.remote import address_of
from statusgen.model import DirectoryTarget, GitTarget, RsyncTarget, S3Target
from statusgen.model import Target as Settings
from statusgen.publish.directory import Directory
from statusgen.publish.git_branch import Branch, GitBranch
from statusgen.publish.remote_folder import Machine, RemoteFolder
from statusgen.publish.rsync import Rsync
from statusgen.publish.target import Target, TargetError

_KEY_ID = "AWS_ACCESS_KEY_ID"
_SESSION = "AWS_SESSION_TOKEN"
"""What keys of CI that last an hour come with."""


def target_of(settings: Settings, root: str, environment: Mapping[str, str]) -> Target:
    """Return what publishes to a target.

    `root` is the page repository; secrets are looked up in `environment`.

    Raises:
        TargetError: A secret is not there, or what the target needs is not installed.

    """
    match settings:
        case DirectoryTarget():
            return Directory(settings.name, os.path.join(root, settings.path))
        case GitTarget():
            branch = Branch(
                remote=address_of(settings.remote, root),
                branch=settings.branch,
                keeps_history=settings.history == "all",
                token=_secret(settings.token_env, environment) if settings.token_env else "",
            )
            work = os.path.join(root, STATE_FOLDER, "publish", f"{settings.name}.git")
            return GitBranch(settings.name, branch, os.path.abspath(work), environment)
        case S3Target():
            return _s3(settings, environment)
        case RsyncTarget():
            return Rsync(settings.name, RemoteFolder(*machine_of(settings, environment)))


def machine_of(
    settings: RsyncTarget, environment: Mapping[str, str]
) -> tuple[Machine, dict[str, str]]:
    """Return a target's machine, and what of the environment programs get to see.

    Raises:
        TargetError: The variable with its key is not set.

    """
    machine = Machine(
        settings.to,
        settings.port,
        key=_secret(settings.key_env, environment) if settings.key_env else "",
        host_key=settings.host_key,
    )
    return machine, {name: value for name, value in environment.items() if name != settings.key_env}


def _s3(settings: S3Target, environment: Mapping[str, str]) -> Target:
    try:
        from statusgen.publish.objects import Bucket  # noqa: PLC0415 - an extra brings what it needs
        from statusgen.publish.s3 import S3  # noqa: PLC0415 - as above
    except ImportError as error:
        raise TargetError("it needs an extra: pip install 'statusgen[s3]'") from error
    bucket = Bucket(
        settings.bucket,
        key_id=_secret(settings.key_id_env, environment),
        secret=_secret(settings.secret_env, environment),
        prefix=settings.prefix,
        region=settings.region,
        endpoint=settings.endpoint,
        session=environment.get(_SESSION, "") if settings.key_id_env == _KEY_ID else "",
    )
    return S3(settings.name, bucket)


def _secret(name: str, environment: Mapping[str, str]) -> str:
    value = environment.get(name, "")
    if not value:
        raise TargetError(f"the environment variable {name} is not set")
    return value
