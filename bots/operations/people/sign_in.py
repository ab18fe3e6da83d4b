"""A link is made that signs somebody in to the pages."""

from __future__ import annotations

import os
from typing import Annotated

from bots.operations.form import Asked, Form
from bots.operations.operation import Doing, Done, Operation
from bots.web_settings import read_settings
from ehsg_events.commands import sign_in


class Offered(Form):
    """Who is to sign in."""

    person: Annotated[
        str, Asked("A coordinator or reader, such as reader-1.", example="reader-1", first=True)
    ]


def do(doing: Doing, form: Offered) -> Done:
    """Make it; it opens once, within a day."""
    settings = read_settings(os.environ)
    settings.refuse_unless_safe()
    token = sign_in.offer(doing.log, doing.stamp, doing.assessment, form.person)
    address = settings.sign_in(token)
    return Done(address, {"person": form.person, "link": address})


OPERATION = Operation(
    "sign-in",
    "Make a link that signs a coordinator or reader in to the pages: once, within a day.",
    Offered,
    do,
)
