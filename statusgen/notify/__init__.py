"""Telling people what happened: each event once, by every channel, to those whom it concerns.

pipeline.py       the whole way, from the page repository to a report
audience_page.py  what has happened, as an audience sees it (timeline/events.py), and its messages
corrections.py    which of it the ledger knows already under another id
listener.py       what is known of a channel and of a run before that
selection.py      which of it each channel has still to be told
scope.py          which components an event is about, and how bad it is
recipients.py     who gets an event by mail
composing.py      an event as a Message (message.py): texts, facts and links in one language
html_to_text.py   the HTML of a message as plain text
adapters.py       from a channel in config.yml to its sender, recipients and secrets
delivery.py       all channels at once, none in the way of another
outcome.py        what became of each channel
redaction.py      reasons of failures without secrets and addresses
sender.py         what every sender can do, and what it says when it could not
forms/            a Message as mail, chat, a social post, a text message, a webhook's payload
senders/          what brings it there
ledger/           who was told what
subscribers/      the encrypted file of addresses
"""
