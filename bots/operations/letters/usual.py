"""Every letter as it is usually worded, and as an area words it."""

from __future__ import annotations

from bots.phrases.letters.places import NAMING, OF_OTHERS, places
from bots.phrases.letters.wording import LETTERS
from ehsg_events.language.catalogue import ENGLISH, speaking
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.policy.letters_file import Said, Usual
from ehsg_events.states.letters import Letters

WELSH = "cy"


def usual() -> dict[str, Usual]:
    """Every letter by its name; whoever is not asked themselves reads English, as on their pages."""
    return {
        name: Usual(
            {
                language: _said(name, language)
                for language in ((ENGLISH,) if name in OF_OTHERS else (ENGLISH, WELSH))
            },
            places(name),
            wording.needs,
            NAMING,
        )
        for name, wording in LETTERS.items()
    }


def _said(name: str, language: str) -> Said:
    with speaking(language):
        return Said(_(LETTERS[name].subject), _(LETTERS[name].text))


def as_they_stand(own: Letters) -> dict[str, dict[str, Said]]:
    """What every letter says in an area now."""
    return {
        name: {language: _stands(own, name, language, said) for language, said in says.items()}
        for name, (says, *_others) in usual().items()
    }


def _stands(own: Letters, name: str, language: str, said: Said) -> Said:
    fact = own.get((name, language))
    return Said(fact.subject, fact.text) if fact and fact.subject and fact.text else said
