"""What somebody typed into a page whose place is gone: shown again on the page that says so, to be copied."""

import re

from django.http import HttpRequest

from nexus.ui.text import plain

# What forms send besides what people type.
PRESS_KEY = "press_key"  # one for each form shown: see nexus/presses/guard.py
SENT_BY_FORMS = frozenset({"csrfmiddlewaretoken", PRESS_KEY, "shown_to", "page_showed", "page_compared"})
# The value of a choice, a number or a part of a date.
CODE = re.compile(r"[a-z0-9_.:/-]*")


def typed_texts(request: HttpRequest) -> list[str]:
    """The texts of a POST, without the codes of choices. Pass phrases are typed again, so they are not shown."""
    if request.method != "POST":
        return []
    return [
        text
        for name, values in request.POST.lists()
        if name not in SENT_BY_FORMS and "password" not in name
        for each in values
        if (text := plain(each)) and not CODE.fullmatch(text)
    ]
