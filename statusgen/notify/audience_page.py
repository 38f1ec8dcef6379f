"""The page as an audience sees it: what has happened, and how that is told in each language."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from statusgen.build import memory_of
from statusgen.making import site_in
from statusgen.memory.texts import Texts
from statusgen.model import Config, Incident, Kind, Status, Update, derive_code
from statusgen.notify.composing import compose
from statusgen.notify.corrections import EventFeed
from statusgen.notify.message import Message
from statusgen.notify.selection import LOOK_BACK
from statusgen.site.context import Site
from statusgen.site.words.language import Language
from statusgen.source.source import read_source
from statusgen.timeline import derive
from statusgen.timeline.events import Event, events_of

_TEST = "test"


class AudiencePage:
    """What is read for an audience as of `now`; several threads may compose messages.

    `watermark` stands in every message.
    """

    def __init__(
        self, root: str, now: datetime, audience: str, *, processes: int = 1, watermark: str = ""
    ) -> None:
        memory = memory_of(root, audience)
        self._source = read_source(root, now, processes=processes, memory=memory, audience=audience)
        self._now = now
        self._audience = audience
        self._watermark = watermark
        self._texts = Texts(memory)
        self._turn = threading.Lock()
        self._sites: dict[str, Site] = {}
        self._composed: dict[tuple[str, str], Message] = {}

    @property
    def config(self) -> Config:
        return self._source.config

    @cached_property
    def feed(self) -> EventFeed:
        """What has happened lately, in the page's main language."""
        history = self._site(self.config.page.languages[0]).history
        return EventFeed(self._audience, history, events_of(history, self._now - LOOK_BACK))

    def compose(self, event: Event, language: str) -> Message:
        """Return what is told of an event in a language; the page's main one if it has no name."""
        return self._message(event, language, self._site)

    def test_event(self, channel: str) -> tuple[Event, Callable[[str], Message]]:
        """Return an event that has not happened, and what makes a message of it in a language."""
        code = derive_code(_TEST, self._now.isoformat())

        def site(language: str) -> Site:
            own = self._site(language)
            incident = _test_incident(channel, code, self._now, own.language)
            history = derive(own.config, [incident], self._now, audience=self._audience)
            return replace(own, history=history)

        main = site(self.config.page.languages[0])
        (event,) = events_of(main.history, self._now - LOOK_BACK)
        return event, lambda language: self._message(event, language, site)

    def _message(self, event: Event, language: str, site: Callable[[str], Site]) -> Message:
        code = language or self.config.page.languages[0]
        with self._turn:
            key = (event.id, code)
            if key not in self._composed:
                self._composed[key] = compose(site(code), event, self._watermark)
            return self._composed[key]

    def _site(self, language: str) -> Site:
        if language not in self._sites:
            self._sites[language] = site_in(self._source, self._now, language, self._texts)
        return self._sites[language]


def _test_incident(channel: str, code: str, now: datetime, language: Language) -> Incident:
    _, names = language.gettext, {"channel": channel}
    text = _("This is a test of the channel '%(channel)s'. Nothing has happened.") % names
    update = Update(code, Status.NOTICE, now, text)
    return Incident(_TEST, _("Test of '%(channel)s'") % names, Kind.NOTICE, updates=(update,))
