"""`statusgen playbook`: which texts there are for the day they are needed, and what they say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from statusgen.cli.exits import FINE
from statusgen.cli.formats import printable
from statusgen.cli.options import format_option, now_option, root_option

if TYPE_CHECKING:
    from statusgen.model import Config, PlaybookText


@click.command("playbook")
@root_option()
@format_option("text", "json")
@now_option()
@click.option("--language", default="", help="Show NAME in this language, not the page's own.")
@click.option("--add", metavar="LANGUAGE", help="Write the texts that come in this language.")
@click.argument("name", default="")
def command(  # noqa: PLR0913, PLR0917 (one parameter an option)
    root: str, format_: str, now: datetime, language: str, add: str | None, name: str
) -> int:
    """List the texts in playbook/, or show the one called NAME.

    They are used with --from: statusgen open --from vendor-down. Texts that should have been read
    again are marked with an exclamation mark. --add leaves what is there as it is.
    """
    from statusgen.content.choosing import NoSuchTextError, choose
    from statusgen.problems import in_order
    from statusgen.source.playbook_texts import read_playbook
    from statusgen.source.source import read_config

    config, _ = read_config(root)
    today = now.astimezone(ZoneInfo(config.page.timezone)).date()
    if add is not None:
        _add(root, config, add, today)
        return FINE
    texts, problems = read_playbook(root, config)
    for problem in in_order(problems):
        click.echo(printable(str(problem)), err=True)
    if name:
        try:
            chosen = choose(texts, name, language or config.page.languages[0])
        except NoSuchTextError as error:
            raise click.UsageError(str(error)) from None
        texts = (chosen,)
    if format_ == "json":
        listed = [_facts(text, today) for text in texts]
        click.echo(json.dumps(listed, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_shown(texts[0], today) if name else _listed(texts, today)))
    return FINE


def _add(root: str, config: Config, language: str, today: date) -> None:
    """Write the texts in a language that are not there yet."""
    from statusgen.content.shipped import languages_of, texts_for
    from statusgen.files.names import PLAYBOOK
    from statusgen.files.source_tree import read_default_playbook

    shipped = read_default_playbook()
    if language not in languages_of(shipped):
        there_are = ", ".join(languages_of(shipped))
        raise click.UsageError(f"No texts come in {language!r}. They come in: {there_are}.")
    main = config.page.languages[0]
    languages = (main,) if language == main else (main, language)
    folder = Path(root, PLAYBOOK)
    written = []
    for file, text in texts_for(shipped, languages, today):
        wanted = file.endswith(f".{language}.md") if language != main else file.count(".") == 1
        original = folder / f"{file.partition('.')[0]}.md"
        if not wanted or not (language == main or original.exists()):
            continue
        folder.mkdir(exist_ok=True)
        try:
            with (folder / file).open("x", encoding="utf-8", newline="\n") as target:
                target.write(text)
        except FileExistsError:
            continue
        written.append(file)
    click.echo(f"Wrote {len(written)} texts to {PLAYBOOK}/." if written else "Nothing to add.")


def _listed(texts: Sequence[PlaybookText], today: date) -> Iterator[str]:
    """Yield the lines of the table: one for each name, in the order in which one needs them."""
    if not texts:
        yield "The playbook is empty: 'statusgen playbook --add en' brings texts in English."
        return
    by_name: dict[str, list[PlaybookText]] = {}
    for text in sorted(texts, key=_in_course):
        by_name.setdefault(text.name, []).append(text)
    languages = {name: " ".join(one.language for one in own) for name, own in by_name.items()}
    width, broad = max(map(len, by_name)), max(map(len, languages.values()))
    kind = None
    for name, own in by_name.items():
        if own[0].kind is not kind:
            yield f"{'' if kind is None else chr(10)}{own[0].kind.capitalize()}"
            kind = own[0].kind
        due = min((one.review for one in own if one.review), default=None)
        mark = "!" if due and due < today else " "
        about = own[0].use or own[0].title
        yield f"  {name:{width}}  {languages[name]:{broad}}  {due or 'no date'!s:10}{mark} {about}"
    if any(text.review and text.review < today for text in texts):
        yield "\n! should have been read again by that day"


def _in_course(text: PlaybookText) -> tuple[int, bool, int]:
    """Return a text's place: by kind and status, one that fits any status before the end."""
    from statusgen.model import STATUSES, Kind, Status

    statuses = STATUSES[text.kind]
    status = text.status or (Status.MONITORING if text.kind is Kind.INCIDENT else statuses[0])
    place = statuses.index(status) if status in statuses else len(statuses)
    return list(Kind).index(text.kind), text.name.startswith("statuspage-"), place


def _shown(text: PlaybookText, today: date) -> Iterator[str]:
    """Yield the lines that show one text."""
    facts = [text.kind.value, *(str(one) for one in (text.status, text.impact) if one)]
    due = f"to be read again by {text.review}" if text.review else "no date of review"
    late = ", which is past" if text.review and text.review < today else ""
    yield f"{text.path} ({', '.join(facts)}; {due}{late})"
    yield from ([text.use] if text.use else [])
    yield f"\n{text.title}\n\n{text.text}"


def _facts(text: PlaybookText, today: date) -> dict[str, Any]:
    from statusgen.content.placeholders import placeholders_in

    names = [one.name for one in placeholders_in(f"{text.title}\n{text.text}")]
    return {
        "name": text.name,
        "language": text.language,
        "title": text.title,
        "use": text.use,
        "type": text.kind,
        "status": text.status,
        "impact": text.impact,
        "components": [one.component for one in text.components],
        "placeholders": list(dict.fromkeys(names)),
        "review": text.review.isoformat() if text.review else None,
        "is_overdue": bool(text.review and text.review < today),
        "path": text.path,
        "text": text.text,
    }
