"""R8, promises: what a rep has promised is a reason to call.

Article A (the perseverance test), point 1: the client wants to know that you are made of the real stuff and
worth supporting; whoever lets a promise slip has answered that question.
"""

from __future__ import annotations

from sitegen.doctrine.facts import Reason
from sitegen.doctrine.workdays import Workdays
from sitegen.model import Client


def promises(client: Client, workdays: Workdays) -> list[Reason]:
    """One reason for each open promise with a date, inside entries and outside.

    On a closed day it is due the working day before: a promise is kept early, not late.
    """
    reasons = []
    for promise in client.all_promises():
        if promise.state == "open" and promise.due:
            date, moved = workdays.moved_back(promise.due)
            reasons.append(Reason("promise", date, base=promise.due, moved=moved, text=promise.text))
    return reasons
