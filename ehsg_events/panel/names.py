"""What the coordinator calls people: by name, with the pseudonym that the log knows them by. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches

from ehsg_events.kernel import COORDINATOR, Refused, Way, Words
from ehsg_events.panel.agency_names import likely
from ehsg_events.states.assessment import Assessment

Reading = Callable[[Words | None], str | None]  # gives the text of sealed words, none if forgotten
LISTING = Way("panel", "see who is on the panel")


def called(state: Assessment, read: Reading, person: str) -> str:
    """Somebody on the panel by name and pseudonym; by pseudonym alone once they were forgotten."""
    member = state.panel.get(person)
    name = read(member.name) if member else None
    return f"{name} ({person})" if name else person


def person_of(state: Assessment, read: Reading, typed: str) -> str:
    """The pseudonym of the person that somebody typed, by pseudonym or by name.

    Raises:
        Refused: nobody, or more than one, is called that; it says who might have been meant.
    """
    if typed in state.panel:
        return typed
    names = {person: read(member.name) or "" for person, member in state.panel.items()}
    wanted = _plain(typed)
    matches = [person for person, name in names.items() if _plain(name) == wanted]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise Refused(f"{len(matches)} people are called {typed}: {_and(matches)}. Say which.")
    like = [f"{names[person]} ({person})" for person in _alike(wanted, names)]
    meant = f" Did you mean {_and(like)}?" if like else ""
    raise Refused(f"Nobody on the panel is called {typed}.{meant}", LISTING)


def coordinator_of(state: Assessment, read: Reading, typed: str | None) -> str:
    """The pseudonym of the coordinator who acts, by pseudonym or by name; any if none was typed.

    Raises:
        Refused: nobody is named as a coordinator by that.
    """
    if typed is None or typed in state.coordinators:
        return typed or COORDINATOR
    wanted = _plain(typed)
    named = state.coordinators.items()
    matches = [person for person, one in named if _plain(read(one.name)) == wanted]
    if len(matches) != 1:
        raise Refused(
            "Nobody, or more than one, is named as a coordinator by that. Say their id.",
            Way("coordinator list", "see who coordinates"),
        )
    return matches[0]


def _alike(wanted: str, names: Mapping[str, str]) -> Iterator[str]:
    """The people whose pseudonym, name or a part of it is nearly what was typed."""
    spelled = {_plain(name): person for person, name in names.items() if name}
    spelled |= {person: person for person in names}
    near = dict.fromkeys(spelled[word] for word in get_close_matches(wanted, spelled, n=3))
    parts = [p for p, name in names.items() if wanted and wanted in _plain(name).split()]
    yield from dict.fromkeys([*near, *parts])


def same_name(state: Assessment, read: Reading, name: str) -> list[str]:
    """The people on the panel with this name."""
    wanted = _plain(name)
    return [person for person, member in state.panel.items() if _plain(read(member.name)) == wanted]


def nearly(state: Assessment, agency: str) -> str | None:
    """The panel's agency of which one is probably a misspelling, none if it is there as it is."""
    return likely(agency, dict.fromkeys(member.agency for member in state.panel.values()))


def _plain(text: str | None) -> str:
    """A text as it is compared: without differences in case and spaces."""
    return " ".join((text or "").casefold().split())


def _and(parts: list[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
