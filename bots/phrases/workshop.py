"""What is said in a workshop: to those who vote, and by the facilitator, who reads it aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bots.phrases.labels import counted, level_name
from bots.phrases.notices import headed, in_short
from bots.phrases.questions import title
from ehsg_events.events import VoteShown
from ehsg_events.language.catalogue import gettext as _
from ehsg_events.language.catalogue import marked
from guides.model import Guide, Level, Scale
from guides.terms import About

LOOK_AGAIN = marked("Look again")
WAITING = marked("Waiting for the next vote")
NOT_YET = marked("The facilitator has not put the next descriptor to the vote yet.")
AWAY = marked(
    "The facilitator has noted that you are not in the room, so nothing is put to you now. What you "
    "have voted stands. If you are there, tell them."
)
STILL_OPEN = marked("You can change your vote until the votes are shown.")
FEW = marked("Fewer than three people gave a score, so the votes are not shown as figures.")
AS_THEY_STAND = marked("These votes stand now, unless the facilitator puts it to the vote again.")


def workshop_notice(about: About, area: str, deadline: str) -> str:
    """What those in the room are told before their first vote."""
    return _(
        "{headed}\n"
        "You are in a workshop on the {subject} of {area}. The facilitator puts one descriptor "
        "after the other to the vote, and each of you answers here. Nobody sees any vote, the "
        "facilitator neither, before the votes are shown: once everybody in the room has voted, "
        "or without those who have not. Then all see how many chose each level, without names, "
        "and your vote stands. The workshop ends by {deadline}.\n"
        "{in_short}",
        headed=headed(about, area),
        subject=about.subject,
        area=area,
        deadline=deadline,
        in_short=in_short(),
    )


def peer_notice(guide: Guide, area: str, items: Sequence[str], deadline: str) -> str:
    """What somebody of another area is told before the first question."""
    return _(
        "{headed}\n"
        "You are asked as a peer of another area: {questions} on "
        "{subject} in {area}, to be answered by {deadline}. What peers say stands "
        "beside what {area} says of itself, and is never counted with it.\n"
        "{in_short}",
        headed=headed(guide.topic, area),
        questions=counted(len(items), "question"),
        subject=guide.topic.subject,
        area=area,
        deadline=deadline,
        in_short=in_short(),
    )


def votes_shown(guide: Guide, shown: VoteShown) -> str:
    """How the votes on a descriptor are spread, to be read aloud."""
    return "\n".join(_spread(guide, shown))


def votes_before(scale: Scale, counts: Sequence[int]) -> str:
    """How the votes were spread when the same item was put to the vote before."""
    lines = _levels(zip(scale.levels, counts, strict=True))
    return "\n".join((_("When this was put to the vote before:"), *lines))


def _spread(guide: Guide, shown: VoteShown) -> Iterator[str]:
    voted = counted(shown.voted, "person")
    yield _("{title}: {voted} voted.", title=title(guide.items[shown.item]), voted=voted)
    if shown.counts:
        levels = guide.scale_of(shown.item).levels
        yield from _levels(zip(levels, shown.counts, strict=True))
        yield from _unscored(shown.voted - sum(shown.counts))
    else:
        yield _(FEW)
    if shown.missing:
        yield _("Shown without {people} in the room.", people=counted(shown.missing, "person"))


def _levels(votes: Iterable[tuple[Level, int]]) -> Iterator[str]:
    for level, count in votes:
        if count:
            yield f"  {level_name(level.value, level.label)}: {counted(count, 'person')}"


def _unscored(count: int) -> Iterator[str]:
    if count:
        yield _(
            "  No score (don't know, not my area or skipped): {people}",
            people=counted(count, "person"),
        )
