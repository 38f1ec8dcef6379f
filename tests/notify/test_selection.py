from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notifiers import SOME, Notebook, listener, told
from sample_histories import IDENTIFIED, OPENED, POSTMORTEM, RESOLVED, at

from statusgen.model import ChannelOptions, EventKind, Form, Impact
from statusgen.notify.ledger.lines import Line, What
from statusgen.notify.ledger.state import PostStatus, state_of
from statusgen.notify.sender import Guarantee
from statusgen.timeline.days import seconds_of

MINOR = OPENED.replace("major_outage", "degraded_performance")
OPEN = ("opened", "21 10:05")
IDENT = ("update", "21 10:20")
OVER = ("resolved", "21 11:02")


@pytest.fixture
def book() -> Notebook:
    """Return a ledger whose channel began before anything happened."""
    book = Notebook()
    book.choose({}, "20 00:00", listener(), listener("mail", Form.MAIL), listener("sms", Form.SMS))
    return book


# ── beginning, age ────────────────────────────────────────────────────────────────────────────


def test_a_channel_begins_with_what_happens_after_its_first_run() -> None:
    book = Notebook()
    first = book.choose({"a": OPENED}, "21 10:10")
    assert first.selections[0].begins == 2  # the text, and the component
    assert first.selections[0].deliveries == []
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 10:21") == [IDENT]


def test_what_was_written_late_is_told_to_a_channel_that_had_begun_meanwhile() -> None:
    book = Notebook()
    book.choose({}, "21 10:15")
    assert book.tell({"a": OPENED}, "21 10:16") == [OPEN]


def test_a_channel_that_is_added_later_begins_by_itself(book: Notebook) -> None:
    assert book.tell({"a": OPENED}, "21 10:06") == [OPEN]
    both = book.choose({"a": OPENED}, "21 10:07", listener(), listener("new"))
    assert [one.begins for one in both.selections] == [None, 2]


def test_each_event_is_told_once(book: Notebook) -> None:
    files = {"a": OPENED}
    assert book.tell(files, "21 10:06") == [OPEN]
    assert book.tell(files, "21 10:07") == []
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 10:21") == [IDENT]


def test_what_is_older_than_a_day_when_it_is_found_is_not_told_and_that_is_said_once(
    book: Notebook,
) -> None:
    late = book.choose({"a": OPENED}, "22 10:06")
    assert told(late.selections[0]) == []
    assert [one.kind for one in late.selections[0].old] == [EventKind.OPENED]
    assert book.choose({"a": OPENED}, "22 10:07").selections[0].old == []


def test_a_postmortem_is_told_for_two_weeks(book: Notebook) -> None:
    files = {"a": OPENED + RESOLVED}
    book.tell(files, "21 12:00")
    assert book.tell({"a": OPENED + RESOLVED + POSTMORTEM}, "30 09:00") == [
        ("postmortem", "23 09:00")
    ]


def test_an_import_of_old_incidents_tells_nothing(book: Notebook) -> None:
    old = {f"i{day}": (OPENED + RESOLVED).replace("11-21", f"11-{day}") for day in range(10, 20)}
    assert book.tell(old, "21 12:00") == []


# ── notify ────────────────────────────────────────────────────────────────────────────────────


def test_an_update_that_says_no_is_not_told_until_it_no_longer_says_so(book: Notebook) -> None:
    quiet = IDENTIFIED.replace("UTC\n", "UTC\nnotify: no\n")
    book.tell({"a": OPENED}, "21 10:06")
    assert book.tell({"a": OPENED + quiet}, "21 10:21") == []
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 10:30") == [IDENT]


def test_a_corrected_text_is_told_to_nobody_unless_that_is_asked_for(book: Notebook) -> None:
    corrected = IDENTIFIED.replace("A provider", "Our provider")
    book.tell({"a": OPENED}, "21 10:06")
    book.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    assert book.tell({"a": OPENED + corrected}, "21 10:25") == []
    again = corrected.replace("UTC\n", "UTC\nnotify: again\n")
    assert book.tell({"a": OPENED + again}, "21 10:26") == [IDENT]
    assert book.tell({"a": OPENED + again}, "21 10:27") == []
    assert book.tell({"a": OPENED + corrected}, "21 10:28") == []


def test_again_is_told_though_the_update_is_old_and_the_incident_is_over(book: Notebook) -> None:
    whole = OPENED + IDENTIFIED + RESOLVED
    book.tell({"a": whole}, "21 11:03")
    again = whole.replace("10:20 UTC\n", "10:20 UTC\nnotify: again\n")
    assert book.tell({"a": again}, "23 12:00") == [IDENT]


# ── who hears what ────────────────────────────────────────────────────────────────────────────


def hears(book: Notebook, text: str, **options: object) -> bool:
    own = listener(options=ChannelOptions(**options))  # type: ignore[arg-type]
    return told(book.choose({"a": text}, "21 10:06", own).selections[0]) == [OPEN]


def test_a_channel_hears_of_its_components_and_groups_only(book: Notebook) -> None:
    assert not hears(book, OPENED, components=("api",))
    assert not hears(book, OPENED, components=("cards",))
    assert hears(book, OPENED, components=("api", "checkout"))


def test_a_group_is_all_of_its_components(book: Notebook) -> None:
    assert hears(book, OPENED, components=("payments",))


def test_a_channel_hears_of_its_impact_and_worse(book: Notebook) -> None:
    assert not hears(book, MINOR, impact=Impact.MAJOR)
    assert hears(book, OPENED, impact=Impact.MAJOR)


def test_who_was_told_that_it_began_is_told_that_it_is_over(book: Notebook) -> None:
    major = listener(options=ChannelOptions(impact=Impact.MAJOR))
    assert book.tell({"a": OPENED}, "21 10:06", major) == [OPEN]
    assert book.tell({"a": MINOR + RESOLVED}, "21 11:03", major) == [OVER]


def test_an_incident_that_gets_worse_is_told_from_there_on(book: Notebook) -> None:
    major = listener(options=ChannelOptions(impact=Impact.MAJOR))
    assert book.tell({"a": MINOR}, "21 10:06", major) == []
    worse = IDENTIFIED.replace("UTC\n", "UTC\ncomponents: checkout=major_outage\n")
    assert book.tell({"a": MINOR + worse}, "21 10:21", major) == [IDENT]


def test_a_text_message_tells_the_beginning_and_the_end_only(book: Notebook) -> None:
    sms = listener("sms", Form.SMS)
    assert book.tell({"a": OPENED}, "21 10:06", sms) == [OPEN]
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 10:21", sms) == []
    assert book.tell({"a": OPENED + IDENTIFIED + RESOLVED}, "21 11:03", sms) == [OVER]


def test_a_webhook_hears_of_components_as_well() -> None:
    hook = listener("hook", Form.WEBHOOK)
    book = Notebook()
    book.choose({}, "20 00:00", hook)
    assert book.tell({"a": OPENED}, "21 10:06", hook) == [OPEN, ("component", "21 10:05")]


def test_a_channel_of_an_audience_hears_of_what_is_for_it_and_the_public_channel_does_not() -> None:
    files = {"a": OPENED.replace("---\n\n", "audience: internal\n---\n\n"), "b": OPENED}
    inside = listener("inside", options=ChannelOptions(audience="internal"))
    book = Notebook()
    book.choose({}, "20 00:00", listener(), inside)
    selections = book.choose(files, "21 10:06", listener(), inside).selections
    assert [[one.event.record.id for one in selection.deliveries] for selection in selections] == [
        ["b"],
        ["a", "b"],
    ]


LETTERS = st.text("abcdefgh ", min_size=1, max_size=20).map(lambda text: f"public {text.strip()}")
HIDDEN = "canary-5f2a"


@given(
    st.lists(st.tuples(st.booleans(), st.booleans(), LETTERS), min_size=1, max_size=4),
    st.booleans(),
)
def test_what_is_internal_never_reaches_a_public_channel(
    incidents: list[tuple[bool, bool, str]],
    named_again: bool,  # noqa: FBT001 (hypothesis draws it)
) -> None:
    files = {}
    for number, (is_internal, has_block, text) in enumerate(incidents):
        head = OPENED.replace("Card payments fail", HIDDEN if is_internal else "Cards")
        if is_internal:
            head = head.replace("---\n\n", "audience: internal\n---\n\n")
        block = f"<!-- internal -->\n{HIDDEN}\n<!-- /internal -->\n" if has_block else ""
        said = HIDDEN if is_internal else text
        again = "notify: again\n" if named_again else ""
        files[f"i{number}"] = head.replace("UTC\n\nSome", f"UTC\n{again}\n{block}{said}\n\nSome")
    inside = listener("inside", Form.WEBHOOK, ChannelOptions(audience="internal"))
    book = Notebook()
    book.choose({}, "20 00:00", inside, listener("hook", Form.WEBHOOK))
    within, without = book.choose(
        files, "21 10:06", inside, listener("hook", Form.WEBHOOK)
    ).selections
    assert HIDDEN not in repr(without.deliveries)
    assert all(one.event.record.incident.audience == "public" for one in without.deliveries)
    hidden = any(is_internal or has_block for is_internal, has_block, _ in incidents)
    assert (HIDDEN in repr(within.deliveries)) == hidden


# ── collapse, cap, breaker ────────────────────────────────────────────────────────────────────


def test_of_what_waits_of_one_incident_only_the_newest_is_told(book: Notebook) -> None:
    whole = {"a": OPENED + IDENTIFIED + RESOLVED, "b": OPENED}
    selection = book.choose_and_send(whole, "21 11:03")
    assert told(selection) == [("opened", "21 10:05"), OVER]
    assert [one.kind.value for one in selection.superseded] == ["opened", "update"]
    assert book.tell(whole, "21 11:04") == []


def test_thirty_updates_that_waited_are_one_message(book: Notebook) -> None:
    many = "".join(
        f"\n## Update · 2026-11-21 10:{minute} UTC\n\nStill so, {minute}.\n"
        for minute in range(10, 40)
    )
    selection = book.choose({"a": OPENED + many}, "21 10:45").selections[0]
    assert told(selection) == [("update", "21 10:39")]
    assert len(selection.superseded) == 30


def test_an_older_update_that_comes_late_is_told_while_it_goes_on_but_not_after_the_end(
    book: Notebook,
) -> None:
    newer = IDENTIFIED.replace("10:20", "10:30")
    book.tell({"a": OPENED}, "21 10:06")
    book.tell({"a": OPENED + newer}, "21 10:31")
    late = IDENTIFIED.replace("Identified", "Update")
    assert book.tell({"a": OPENED + late + newer}, "21 10:32") == [IDENT]
    book.tell({"a": OPENED + late + newer + RESOLVED}, "21 11:03")
    later = late.replace("10:20", "10:50")
    assert book.tell({"a": OPENED + late + newer + later + RESOLVED}, "21 11:04") == []


def test_what_waited_while_another_notifier_told_of_something_newer_is_told_no_more(
    book: Notebook,
) -> None:
    book.choose({"a": OPENED}, "21 10:06", listener(trouble="no key"))
    other = Notebook()
    other.choose({}, "20 00:00")
    other.tell({"a": OPENED + IDENTIFIED}, "21 10:21")
    book.lines += [one for one in other.lines if one.what is not What.SKIPPED]
    late = book.choose({"a": OPENED}, "21 10:22").selections[0]
    assert (told(late), len(late.superseded)) == ([], 1)


def test_who_has_not_been_told_of_the_older_update_is_told_of_the_newer_one_only(
    book: Notebook,
) -> None:
    mail = listener("mail", Form.MAIL, recipients=SOME)
    first = book.choose({"a": OPENED}, "21 10:06", mail)
    book.lines += [
        line._replace(what=What.DONE, until=0, to=("a",))
        for line in first.lines
        if line.what is What.INTENT
    ]
    second = book.choose_and_send({"a": OPENED + IDENTIFIED}, "21 10:21", mail)
    assert told(second) == [IDENT]
    assert [one.mark for one in second.deliveries[0].recipients] == ["a", "b", "c"]
    assert [one.kind for one in second.superseded] == [EventKind.OPENED]
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 10:22", mail) == []


def test_no_more_events_are_told_in_an_hour_than_a_channel_allows_and_none_is_lost(
    book: Notebook,
) -> None:
    two = listener(options=ChannelOptions(hourly=2))
    files = {f"i{number}": OPENED for number in range(5)}
    first = book.choose_and_send(files, "21 10:06", two)
    assert (len(first.deliveries), len(first.waiting)) == (2, 3)
    assert len(book.tell(files, "21 10:30", two)) == 0
    assert len(book.tell(files, "21 11:07", two)) == 2
    assert len(book.tell(files, "21 12:08", two)) == 1


def test_a_channel_with_another_name_tells_nothing_of_what_waited(book: Notebook) -> None:
    files = dict.fromkeys("abc", OPENED)
    assert len(book.tell(files, "21 10:06", listener(options=ChannelOptions(hourly=1)))) == 1
    assert book.tell(files, "21 11:30", listener("other")) == []
    assert book.tell({**files, "d": OPENED}, "21 11:31", listener("other")) == [OPEN]


def test_a_channel_that_failed_three_times_is_asked_once_in_an_hour(book: Notebook) -> None:
    book.lines += [
        Line(What.DOWN, seconds_of(at(f"21 10:{minute:02}")), "chat") for minute in (1, 2, 3)
    ]
    rests_until = book.choose({"a": OPENED}, "21 10:06").selections[0]
    assert rests_until.rests_until
    assert [one.kind for one in rests_until.waiting] == [EventKind.OPENED]
    assert book.tell({"a": OPENED}, "21 11:04") == [OPEN]


def test_what_a_notifier_whose_clock_was_wrong_wrote_keeps_nobody_from_being_told(
    book: Notebook,
) -> None:
    ahead = seconds_of(at("29 10:00"))
    book.lines += [Line(What.DOWN, ahead + minute, "chat") for minute in (1, 2, 3)]
    book.lines.append(Line(What.INTENT, ahead, "chat", "e1", ("",), "lost", ahead + 240))
    once = listener(options=ChannelOptions(hourly=1))
    assert told(book.choose({"a": OPENED}, "21 10:06", once).selections[0]) == [OPEN]
    held = state_of(book.lines).tellings["e1", "chat"].posts[""]
    assert held.status(seconds_of(at("21 10:06")), exclusive=False) is PostStatus.LOST


def test_what_waits_for_a_channel_is_told_for_three_days(book: Notebook) -> None:
    shut = listener(trouble="no key")
    assert told(book.choose({"a": OPENED}, "21 10:06", shut).selections[0]) == []
    assert book.tell({"a": OPENED}, "24 10:00") == [OPEN]
    book.choose({"b": OPENED.replace("11-21", "11-24")}, "24 10:06", shut)
    assert book.tell({"b": OPENED.replace("11-21", "11-24")}, "27 10:06") == []


# ── recipients, other notifiers ───────────────────────────────────────────────────────────────


def test_who_is_told_is_fixed_when_the_first_post_is_claimed(book: Notebook) -> None:
    mail = listener("mail", Form.MAIL, recipients=SOME[:2])
    first = book.choose({"a": OPENED}, "21 10:06", mail)
    assert [one.mark for one in first.selections[0].deliveries[0].recipients] == ["a", "b"]
    book.lines += [
        line._replace(what=What.DONE, until=0, to=("a",))
        for line in first.lines
        if line.what is What.INTENT
    ]
    more = book.choose({"a": OPENED}, "21 10:07", listener("mail", Form.MAIL, recipients=SOME))
    assert [one.mark for one in more.selections[0].deliveries[0].recipients] == ["b"]


def test_who_has_left_meanwhile_is_told_no_more(book: Notebook) -> None:
    book.choose({"a": OPENED}, "21 10:06", listener("mail", Form.MAIL, recipients=SOME))
    left = listener("mail", Form.MAIL, recipients=SOME[:1])
    again = book.choose({"a": OPENED}, "21 10:07", left).selections[0]
    assert [one.mark for one in again.deliveries[0].recipients] == ["a"]
    assert (
        book.choose({"a": OPENED}, "21 10:08", listener("mail", recipients=SOME))
        .selections[0]
        .deliveries
    )


def test_an_event_that_concerns_nobody_is_not_asked_about_again(book: Notebook) -> None:
    book.choose({"a": OPENED}, "21 10:06", listener("mail", Form.MAIL, recipients=()))
    assert book.tell({"a": OPENED}, "21 10:07", listener("mail", Form.MAIL, recipients=SOME)) == []


def test_what_another_notifier_holds_is_left_to_it_until_its_time_is_over(book: Notebook) -> None:
    files = {"a": OPENED}
    book.choose(files, "21 10:06", exclusive=False)
    second = book.choose(files, "21 10:07", exclusive=False).selections[0]
    assert told(second) == []
    assert [one.kind for one in second.held] == [EventKind.OPENED]
    assert told(book.choose(files, "21 10:11", exclusive=False).selections[0]) == [OPEN]


def test_of_what_a_dead_notifier_held_nothing_is_sent_again_where_nobody_can_tell(
    book: Notebook,
) -> None:
    once = listener(guarantee=Guarantee.AT_MOST_ONCE)
    book.choose({"a": OPENED}, "21 10:06", once, exclusive=False)
    after = book.choose({"a": OPENED}, "21 10:12", once, exclusive=False).selections[0]
    assert told(after) == []
    assert [one.kind for one in after.unknown] == [EventKind.OPENED]
    again = book.choose({"a": OPENED}, "21 10:13", once, exclusive=False).selections[0]
    assert again.unknown == []


def test_what_a_dead_notifier_had_not_yet_announced_is_sent_where_turns_are_taken(
    book: Notebook,
) -> None:
    once = listener(guarantee=Guarantee.AT_MOST_ONCE)
    book.choose({"a": OPENED}, "21 10:06", once)
    again = book.choose({"a": OPENED}, "21 10:07", once)
    assert told(again.selections[0]) == [OPEN]
    (intent,) = (one for one in again.lines if one.what is What.INTENT)
    book.lines.append(intent._replace(what=What.AWAY, until=0))
    after = book.choose({"a": OPENED}, "21 10:08", once).selections[0]
    assert (told(after), len(after.unknown)) == ([], 1)


def test_a_notifier_of_an_older_commit_takes_nothing_back(book: Notebook) -> None:
    whole = {"a": OPENED + IDENTIFIED + RESOLVED}
    book.tell(whole, "21 11:03")
    assert book.tell({"a": OPENED + IDENTIFIED}, "21 11:03") == []
    assert book.tell(whole, "21 11:04") == []


def test_nobody_is_told_twice_however_often_all_is_looked_at(book: Notebook) -> None:
    text = ""
    seen: list[tuple[str, str]] = []
    for part, moment in ((OPENED, "21 10:06"), (IDENTIFIED, "21 10:21"), (RESOLVED, "21 11:03")):
        text += part
        for later in range(5):
            seen += book.tell({"a": text}, at(moment) + timedelta(minutes=later))
    assert seen == [OPEN, IDENT, OVER]
