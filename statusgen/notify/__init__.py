"""Telling people what happened: each event once, by every channel, to those whom it concerns.

timeline/events.py    what has happened
notify/selection.py   which of it each channel has still to be told of, by the ledger
notify/composing.py   an event as a Message: texts, facts and links in one language
notify/forms/         a Message as mail, chat, a social post, a text message, a webhook's payload
notify/senders/       what brings it there
notify/ledger/        who was told what
notify/delivery.py     all channels at once, none in the way of another
"""
