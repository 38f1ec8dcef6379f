"""The channels of a drill: those of config.yml without any address or secret in them."""

from __future__ import annotations

from statusgen.model import (
    AppriseChannel,
    Channel,
    ListmonkChannel,
    MailChannel,
    WebhookChannel,
)

_NOBODY = "drill.invalid"  # no host has such a name, now or ever (RFC 2606)
_SERVICE = "STATUSGEN_DRILL"
_SECRET = "STATUSGEN_DRILL_SECRET"  # noqa: S105 (the variable's name)

SECRETS = {_SERVICE: f"json://{_NOBODY}", _SECRET: "none"}
"""What the variables of a drill's channels hold."""


def drill_channel(channel: Channel) -> Channel:
    """Return a channel that is told of the same events in the same form, and reaches nobody."""
    match channel:
        case MailChannel():
            return channel._replace(
                server=_NOBODY,
                user_env="",
                password_env="",
                to=(f"everybody@{_NOBODY}",),
                subscribers=False,
            )
        case WebhookChannel():
            return channel._replace(url=f"https://{_NOBODY}/", url_env="", secrets_env=())
        case AppriseChannel():
            return channel._replace(url_env=_SERVICE)
        case ListmonkChannel():
            return channel._replace(url=f"https://{_NOBODY}", user_env=_SECRET, token_env=_SECRET)
