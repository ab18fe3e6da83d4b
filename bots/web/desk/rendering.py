"""Pages for those who sign in, as HTML: people's words stay words, whatever they contain."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment

from bots.phrases import board as board_phrases
from bots.phrases import desk as desk_phrases
from bots.phrases.pages import evidence as evidence_phrases
from bots.phrases.pages import guides as guide_phrases
from bots.phrases.pages import hubs as hub_phrases
from bots.phrases.pages import letters as letter_phrases
from bots.phrases.pages import looks as look_phrases
from bots.phrases.pages import operations as operation_phrases
from bots.phrases.pages import overview as overview_phrases
from bots.phrases.pages import person as person_phrases
from bots.phrases.pages import rehearsal as rehearsal_phrases
from bots.phrases.pages import years as year_phrases
from bots.phrases.pages.forms import at_stake as stake_phrases
from bots.phrases.pages.forms import messages as message_phrases
from bots.phrases.pages.forms import rules as rule_phrases
from bots.phrases.pages.forms import settling as settling_phrases
from bots.web.templating import nonce, pages

HERE = Path(__file__).parent


def printed(template: str, values: Mapping[str, object]) -> str:
    """A page filled in from a template."""
    return _templates().get_template(template).render(values)


@cache
def style() -> bytes:
    """What these pages look like beyond the style sheet that all pages share."""
    return (HERE / "desk.css").read_bytes()


@cache
def _templates() -> Environment:
    folder = HERE / "templates"
    return pages(
        folder,
        desk_phrases=desk_phrases,
        board_phrases=board_phrases,
        evidence_phrases=evidence_phrases,
        guide_phrases=guide_phrases,
        hub_phrases=hub_phrases,
        letter_phrases=letter_phrases,
        look_phrases=look_phrases,
        message_phrases=message_phrases,
        operation_phrases=operation_phrases,
        rule_phrases=rule_phrases,
        stake_phrases=stake_phrases,
        settling_phrases=settling_phrases,
        overview_phrases=overview_phrases,
        person_phrases=person_phrases,
        rehearsal_phrases=rehearsal_phrases,
        year_phrases=year_phrases,
        nonce=nonce,
    )
