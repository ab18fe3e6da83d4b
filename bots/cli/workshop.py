"""`ehsg workshop`: a live vote, for a facilitator who shares the screen and reads it aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from bots import phrases
from bots.cli import standing
from bots.cli.desk import AsJson, Desk, Which, desk_of, tell, warn
from bots.cli.rounds import Deadline, read_until
from bots.phrases.workshop import AS_THEY_STAND, votes_shown
from ehsg_events.commands import rounds, workshop
from ehsg_events.dates import calendar
from ehsg_events.kernel import Refused
from ehsg_events.states.round import Round
from ehsg_events.states.situation import Situation
from ehsg_events.workshop import attendance, votes

workshops = typer.Typer(help="Vote live on what is unsettled.", no_args_is_help=True)
Item = Annotated[str, typer.Argument(help="Such as 6.4.")]


def register(app: typer.Typer) -> None:
    """Add these commands."""
    app.add_typer(workshops, name="workshop")


@workshops.command("open")
def open_workshop(
    context: typer.Context,
    items: Annotated[str, typer.Option(help="Such as 6.4,9.5; everything unsettled if none.")] = "",
    present: Annotated[str, typer.Option(help="Who is there: police-1,health-1.")] = "",
    deadline: Deadline = None,
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Open a workshop on what is unsettled."""
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg workshop open")
    until = read_until(desk, name, deadline) if deadline else None
    warn(workshop.open_workshop(desk.log, stamp, name, _listed(items), until))
    if present:
        again = desk.stamp("ehsg workshop open")
        workshop.attend(desk.log, again, name, _listed(present))
    _say_status(desk, which, as_json=as_json)


@workshops.command("present")
def present(
    context: typer.Context,
    people: Annotated[list[str], typer.Argument(help="Everybody in the room: police-1 health-1.")],
    which: Which = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Record who is in the room now; again as people come and go."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg workshop present")
    workshop.attend(desk.log, stamp, desk.assessment(which), _listed(",".join(people)))
    _say_status(desk, which, as_json=as_json)


@workshops.command("vote")
def vote(
    context: typer.Context, item: Item, which: Which = None, *, as_json: AsJson = False
) -> None:
    """Put a descriptor to everybody in the room, or to the vote again."""
    desk = desk_of(context)
    stamp = desk.stamp("ehsg workshop vote")
    workshop.put_to_the_vote(desk.log, stamp, desk.assessment(which), item)
    _say_status(desk, which, as_json=as_json)


@workshops.command("status")
def status(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """Say who is in the room, and how many have voted."""
    _say_status(desk_of(context), which, as_json=as_json)


@workshops.command("show")
def show(
    context: typer.Context,
    item: Annotated[
        str | None, typer.Argument(help="Such as 6.4; what was put last if none.")
    ] = None,
    which: Which = None,
    *,
    without_the_rest: Annotated[
        bool, typer.Option("--without-the-rest", help="Though not all in the room have voted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show the votes once all are in: how many chose each level, without names."""
    desk = desk_of(context)
    name, stamp = desk.assessment(which), desk.stamp("ehsg workshop show")
    asked = item or _put_last(_situation(desk, which))
    workshop.show_votes(desk.log, stamp, name, asked, without_the_rest=without_the_rest)
    now = _situation(desk, which)
    shown = _workshop(now).room.over[asked]
    said = f"{votes_shown(now.guide, shown)}\n{AS_THEY_STAND}"
    tell(said, shown.model_dump(mode="json"), as_json=as_json)


@workshops.command("close")
def close(context: typer.Context, which: Which = None, *, as_json: AsJson = False) -> None:
    """End the workshop: what is agreed is adopted, the rest goes on to moderation."""
    desk = desk_of(context)
    _workshop(_situation(desk, which))
    rounds.close_round(desk.log, desk.stamp("ehsg workshop close"), desk.assessment(which))
    now = _situation(desk, which)
    measured = _workshop(now).measured
    assert measured is not None, "it was just closed"
    document = {"settled": list(measured.settled), "unsettled": list(measured.unsettled)}
    tell("\n".join(_closed(document)), {**document, "then": measured.then}, as_json=as_json)


def _closed(document: dict[str, list[str]]) -> Iterator[str]:
    yield "The workshop is closed."
    yield f"Agreed: {', '.join(document['settled']) or 'none'}."
    left = ", ".join(document["unsettled"])
    yield (
        f"Not agreed: {left}. `ehsg results` says how each stands." if left else "All are settled."
    )


def _listed(text: str) -> list[str]:
    """What was typed with commas between."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _put_last(now: Situation) -> str:
    one = _workshop(now)
    if not one.room.voted_on:
        raise Refused("Nothing was put to the vote yet. `ehsg workshop vote ITEM` does.")
    return one.room.voted_on[-1]


def _workshop(now: Situation) -> Round:
    """The newest round, open or closed, if it is a workshop."""
    if now.newest is None or now.newest.kind != "workshop":
        raise Refused("No workshop is open. `ehsg workshop open` opens one.")
    return now.newest


def _situation(desk: Desk, which: str | None) -> Situation:
    return standing.situation(desk, desk.assessment(which))


def _say_status(desk: Desk, which: str | None, *, as_json: bool) -> None:
    now = _situation(desk, which)
    one = _workshop(now)
    tell("\n".join(_lines(now, one)), _document(now, one), as_json=as_json)


def _document(now: Situation, one: Round) -> dict[str, Any]:
    """Where a workshop stands, for programs; never who has voted."""
    vote = votes.vote_on(now, one, one.room.open_vote) if one.room.open_vote else None
    return {
        "round": one.number,
        "open": not one.closed,
        "present": list(attendance.in_the_room(now, one)),
        "open_vote": one.room.open_vote,
        "voted": len(vote.voted) if vote else None,
        "missing": len(vote.missing) if vote else None,
        "shown": list(one.room.over),
        "not_voted_on": [item for item in one.items if item not in one.room.voted_on],
    }


def _lines(now: Situation, one: Round) -> Iterator[str]:
    """Where a workshop stands, to be read aloud."""
    state = f"open until {calendar.say(one.deadline, one.policy.zone)}"
    yield f"Round {one.number} is a workshop, {'closed' if one.closed else state}."
    here = attendance.in_the_room(now, one)
    yield f"In the room ({len(here)}): {', '.join(here) or 'nobody yet'}."
    if one.room.open_vote:
        yield f"Put to the vote: {phrases.title(now.guide.items[one.room.open_vote])}."
        yield votes.say_vote(votes.vote_on(now, one, one.room.open_vote))
    if one.room.over:
        yield f"Votes shown: {', '.join(one.room.over)}."
    left = [item for item in one.items if item not in one.room.voted_on]
    if left:
        yield f"Not voted on yet: {', '.join(left)}."
