"""A `Config` into config.yml: what an import and `init` write. Reading it gives the same again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from statusgen.model import (
    AppriseChannel,
    Brand,
    Cadence,
    Channel,
    ChannelOptions,
    Coaching,
    Component,
    Config,
    DirectoryTarget,
    EmailList,
    FormerName,
    GitTarget,
    Group,
    LedgerPlace,
    Link,
    ListmonkChannel,
    MailChannel,
    Objective,
    Override,
    Page,
    Probe,
    RsyncTarget,
    S3Target,
    Subscribe,
    Subscribers,
    Target,
    UptimeRule,
    WebhookChannel,
)
from statusgen.reading.times import write_time
from statusgen.reading.words import write_interval
from statusgen.reading.writing import Value, write_yaml

_PLACES = ("code", "position", "order", "created", "updated")


def write_config(config: Config) -> str:
    """Return config.yml: keys in the order of the docs, and none that says what is so without it.

    What `Config` does not hold (alerts) is not written.
    """
    main = config.page.languages[0]
    parts: dict[str, Value] = {
        "page": _noun(config.page, Page("", ""), main),
        "brand": _brand(config.brand, main),
        "components": list(_items(config, main)),
        "uptime": {} if config.uptime == UptimeRule() else _rule(config.uptime),
        "subscribe": _differing(config.subscribe, Subscribe()),
        "cadence": _differing(config.cadence, Cadence()),
        "coach": _coach(config.coach),
        "publish": [_target(one) for one in config.publish],
        "quorum": config.quorum or "",
        "notify": [_channel(one) for one in config.notify],
        "ledger": _differing(config.ledger, LedgerPlace()) if config.ledger else {},
        "subscribers": _differing(config.subscribers, Subscribers()) if config.subscribers else {},
    }
    return write_yaml({key: value for key, value in parts.items() if value})


def _brand(brand: Brand, main: str) -> dict[str, Value]:
    links: dict[str, Value] = {"links": [_link(one, main) for one in brand.links]}
    return _differing(brand._replace(links=()), Brand()) | (links if brand.links else {})


def _items(config: Config, main: str) -> Iterator[dict[str, Value]]:
    """Yield what stands at the top level of `components`, first what the layout names."""
    groups = {group.id: group for group in config.groups}
    single = {component.id: component for component in config.components if not component.group}
    ids = dict.fromkeys([*config.layout, *groups, *single])
    for an_id in ids:
        if an_id in groups:
            children = [one for one in config.components if one.group == an_id]
            yield _group(groups[an_id], children, main)
        elif an_id in single:
            yield _component(single[an_id], main)


def _group(group: Group, children: list[Component], main: str) -> dict[str, Value]:
    written = _noun(group, Group("", ""), main)
    item: dict[str, Value] = {"group": written.pop("name"), "id": written.pop("id")}
    item |= {key: written[key] for key in written if key not in _PLACES}
    if children:
        item["components"] = [_component(child, main) for child in children]
    return item | {key: written[key] for key in written if key in _PLACES}


def _component(component: Component, main: str) -> dict[str, Value]:
    return _noun(component, Component("", "", group=component.group), main)


def _link(link: Link, main: str) -> dict[str, Value]:
    written: dict[str, Value] = {"label": link.label, "url": link.url}
    return written | _by_language(link, main)


_Noun = Page | Component | Group


def _noun(value: _Noun, plain: _Noun, main: str) -> dict[str, Value]:
    """Return the differing fields; in place of a text with translations stand all of them."""
    written = _differing(value._replace(translations=()), plain) | _by_language(value, main)
    return {field: written[field] for field in value._fields if field in written}


def _by_language(value: _Noun | Link, main: str) -> dict[str, Value]:
    """Return the texts that have translations, each as a map by language."""
    texts: dict[str, dict[str, Value]] = {}
    for field, language, text in value.translations:
        texts.setdefault(field, {main: getattr(value, field)})[language] = text
    return {**texts}


def _rule(rule: UptimeRule) -> dict[str, Value]:
    if rule.name != "custom":
        return {"rule": rule.name}
    return {
        "rule": rule.name,
        "degraded": rule.degraded,
        "partial": rule.partial,
        "major": rule.major,
    }


def _coach(coach: Coaching) -> dict[str, Value]:
    since: dict[str, Value] = {} if coach.since is None else {"since": coach.since.isoformat()}
    return since | {rule.value: strictness.value for rule, strictness in coach.rules}


_TARGETS: dict[type[Target], tuple[str, Target]] = {
    DirectoryTarget: ("directory", DirectoryTarget("", "")),
    GitTarget: ("git", GitTarget("", "")),
    S3Target: ("s3", S3Target("", "")),
    RsyncTarget: ("rsync", RsyncTarget("", "")),
}


def _target(target: Target) -> dict[str, Value]:
    type_, plain = _TARGETS[type(target)]
    return {"type": type_, **_differing(target, plain)}


_CHANNELS: dict[type[Channel], tuple[str, Channel]] = {
    MailChannel: ("mail", MailChannel("", "", "", port=0)),
    WebhookChannel: ("webhook", WebhookChannel("")),
    AppriseChannel: ("apprise", AppriseChannel("", "")),
    ListmonkChannel: ("listmonk", ListmonkChannel("", "", "", "")),
}


def _channel(channel: Channel) -> dict[str, Value]:
    type_, plain = _CHANNELS[type(channel)]
    keys = _differing(channel._replace(options=ChannelOptions()), plain)
    options = _differing(channel.options, ChannelOptions())
    named: dict[str, Value] = {"type": type_}
    named |= {"from" if key == "sender" else key: value for key, value in keys.items()}
    return named | options


_Written = (
    _Noun
    | Brand
    | Objective
    | Probe
    | EmailList
    | Subscribe
    | Cadence
    | Target
    | Channel
    | ChannelOptions
    | LedgerPlace
    | Subscribers
)


def _differing(value: _Written, plain: _Written) -> dict[str, Value]:
    """Return the fields in which `value` differs from `plain`, as YAML has them."""
    return {
        field: _written(getattr(value, field))
        for field in value._fields
        if getattr(value, field) != getattr(plain, field)
    }


def _written(value: object) -> Value:
    if isinstance(value, Objective | EmailList):
        return _differing(value, type(value)())
    if isinstance(value, Probe):
        return _differing(value, Probe(""))
    if isinstance(value, FormerName | Override):
        return {name: _written(one) for name, one in value._asdict().items()}
    if isinstance(value, timedelta):
        value = write_interval(value)
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, datetime | date):
        return write_time(value) if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, str | bool | int | float):
        return value
    raise TypeError(f"nothing in config.yml is written like {value!r}")
