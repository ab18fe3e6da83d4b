"""Where an area stands, for whoever reads one page: in five sentences, and in what stands out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from projections.access.agencies import Party
from projections.figures.agreement import count
from projections.report.model import Act, Entry, Means, Named, Overview, Part, Todo, Trend
from projections.results.settled import Against

MOST = 4  # how many are named of each, before the rest is a number
NOTHING_AGREED, EVERY = "no action is agreed yet", "All sections"
Where = dict[str, Against | None]


def overview(
    parts: Sequence[Part],
    parties: Sequence[Party],
    trend: Trend | None,
    chosen: Sequence[str],
    where: Where,
) -> Overview:
    """The first page, from what the rest of the report says.

    Args:
        chosen: the items to be worked on next, in their order.
        where: how each outcome that was settled by hand stands against the panel, by item.
    """
    entries = [entry for part in parts for entry in part.entries if _counts(entry)]
    scored = [entry for entry in entries if entry.outcome is not None]
    before = {row.item: row.outcome for row in trend.rows} if trend else {}
    strongest, more_strong = _outstanding(scored, strong=True)
    weakest, more_weak = _outstanding(scored, strong=False)
    means = tuple(_means(parts, before))
    return Overview(
        sentences=(
            _who(parties),
            _how_far(entries, scored, where),
            _where(scored, means),
            _since(trend),
            _next(parts, chosen),
        ),
        means=means,
        strongest=strongest,
        strongest_more=more_strong,
        weakest=weakest,
        weakest_more=more_weak,
        apart=tuple(_apart(entries)),
        apart_of=_among(entries),
        todo=tuple(_todo(parts, chosen)),
    )


# -- the sentences -----------------------------------------------------------------------------
def _who(parties: Sequence[Party]) -> str:
    agencies = count(sum(party.agencies for party in parties), "agency")
    told = [n for party in parties for n in (party.invited, party.answered)]
    if not parties:
        return "Nobody has been asked yet."
    if not all(number.isdecimal() for number in told):
        return f"People of {agencies} were asked."
    invited, answered = (sum(map(int, numbers)) for numbers in (told[::2], told[1::2]))
    return f"{count(invited, 'person')} of {agencies} were asked, and {answered} of them answered."


def _how_far(entries: Sequence[Entry], scored: Sequence[Entry], where: Where) -> str:
    every = count(len(entries), "descriptor")
    if not scored:
        return f"None of {every} has a score yet."
    by_hand = [where[entry.item] for entry in scored if where.get(entry.item)]
    agreed = f"{len(scored) - len(by_hand)} as the panel agreed"
    apart = Counter(by_hand)
    sides = [f"{apart[side]} of these {side} than the panel stood" for side in _sides(apart)]
    hand = ", ".join([f"{len(by_hand)} settled in moderation", *sides])
    have = "have" if len(scored) != 1 else "has"
    return f"{len(scored)} of {every} {have} a score: {agreed}, and {hand}."


def _sides(apart: Counter[Against | None]) -> Iterator[Against]:
    sides: tuple[Against, ...] = ("higher", "lower")
    yield from (side for side in sides if apart[side])


def _where(scored: Sequence[Entry], means: Sequence[Means]) -> str:
    if not scored:
        return "So it is too early to say where the area is strong or weak."
    if len({entry.marks for entry in scored}) > 1:
        return "They are scored on more than one scale, and each scale is drawn on its own."
    low, high = min(scored, key=_place).score, max(scored, key=_place).score
    runs = f"All of them stand at {low}" if low == high else f"They run from {low} to {high}"
    *sections, whole = means
    if whole.section != EVERY or whole.mean is None:
        return f"{runs}."
    runs += f", with a mean of {whole.mean}"
    ranked = sorted({row.mean for row in sections if row.mean is not None}, key=float)
    if len(ranked) < 2:
        return f"{runs}."
    best, worst = (
        f"{mean} ({_row([row.section for row in sections if row.mean == mean])})"
        for mean in (ranked[-1], ranked[0])
    )
    return f"{runs}; the highest mean of a section is {best}, the lowest {worst}."


def _since(trend: Trend | None) -> str:
    if trend is None:
        return "There is no earlier year here to compare with."
    if not trend.comparable:
        return (
            f"{trend.year} was scored under another guide, so its scores are not set against these."
        )
    changes = Counter(row.change.partition(" ")[0] for row in trend.rows)
    up, same, down = (changes[change] for change in ("up", "as", "down"))
    return (
        f"Since {trend.year}, {count(up, 'score')} went up, {same} stayed as before and {down} went "
        f"down."
    )


def _next(parts: Sequence[Part], chosen: Sequence[str]) -> str:
    acts = [act for part in parts for entry in part.entries for act in _standing(entry)]
    titles = {entry.item: entry.title for part in parts for entry in part.entries}
    named = _row([titles[item] for item in chosen]) if chosen else ""
    first = f"To be worked on next: {named}" if chosen else "No priorities are chosen yet"
    if not acts:
        return f"{first}; no actions are agreed yet."
    bare = sum(not act.whole for act in acts)
    late = sum(act.stands == "overdue" for act in acts)
    stand = f"{count(len(acts), 'action')} {'stands' if len(acts) == 1 else 'stand'}"
    lacks = f"{bare} without an owner or a date" if bare else "each with an owner and a date"
    return f"{first}; {stand}, {lacks}{f', {late} overdue' if late else ''}."


def _row(items: Sequence[str]) -> str:
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


# -- what stands out ---------------------------------------------------------------------------
def _means(parts: Sequence[Part], before: dict[str, int | None]) -> Iterator[Means]:
    """A line for each section with descriptors, and one for all of them."""
    every = [entry for part in parts for entry in part.entries if _counts(entry)]
    for part in parts:
        entries = [entry for entry in part.entries if _counts(entry)]
        if entries:
            yield _mean(part.title, entries, before)
    if len({entry.marks for entry in every}) == 1:
        yield _mean(EVERY, every, before)


def _mean(section: str, entries: Sequence[Entry], before: dict[str, int | None]) -> Means:
    scored = [entry for entry in entries if entry.outcome is not None]
    earlier = [score for entry in entries if (score := before.get(entry.item)) is not None]
    of_one_scale = len({entry.marks for entry in entries}) == 1
    has_mean = of_one_scale and all(mark.isdecimal() for mark in entries[0].marks)
    return Means(
        section=section,
        scored=f"{len(scored)} of {len(entries)}",
        mean=mean_of([entry.outcome or 0 for entry in scored]) if has_mean else None,
        before=mean_of(earlier) if has_mean else None,
        low=(min(scored, key=_place).mark or "") if scored else "none yet",
        high=(max(scored, key=_place).mark or "") if scored else "none yet",
    )


def _counts(entry: Entry) -> bool:
    """Whether an item says how strong or weak the area is."""
    return entry.score is not None and not entry.covered


def mean_of(scores: Sequence[int]) -> str | None:
    """A mean to two decimals, halves up, reckoned in whole numbers."""
    if not scores:
        return None
    hundredths = (200 * sum(scores) + len(scores)) // (2 * len(scores))
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _place(entry: Entry) -> float:
    """Where a score stands between the ends of its scale."""
    assert entry.outcome is not None, "it has a score"
    assert entry.ends is not None, "it has a score"
    low, high = entry.ends
    return (entry.outcome - low) / (high - low)


def _outstanding(scored: Sequence[Entry], *, strong: bool) -> tuple[tuple[Named, ...], str | None]:
    """The descriptors at one end, level by level while they are few; and how many come next."""
    if not strong and len({_place(entry) for entry in scored}) < 2:
        return (), None
    ranked = sorted(scored, key=_place, reverse=strong)
    named: list[Named] = []
    for _, level in groupby(ranked, key=_place):
        entries = list(level)
        if len(named) + len(entries) > MOST:
            more = " more" if named else ""
            return tuple(named), f"{len(entries)}{more} at {entries[0].score}"
        named += [_named(entry, entry.score or "") for entry in entries]
        if len(named) >= MOST - 1:
            break
    return tuple(named), None


def _apart(entries: Sequence[Entry]) -> Iterator[Named]:
    """The descriptors on which answers lay widest apart, of those whose figures are shown."""
    wide = [(entry, entry.spread) for entry in entries if entry.spread and entry.spread.apart]
    wide.sort(key=lambda pair: -pair[1].apart)
    yield from (_named(entry, spread.ran) for entry, spread in wide[: MOST - 1])


def _among(entries: Sequence[Entry]) -> str | None:
    """Among how many they lie widest apart, unless it is all of them or nobody stood apart."""
    shown = [entry.spread for entry in entries if entry.spread]
    if len(shown) == len(entries) or not any(spread.apart for spread in shown):
        return None
    return f"of the {len(shown)} whose answers are shown"


def _named(entry: Entry, told: str) -> Named:
    return Named(title=entry.title, told=told)


def _todo(parts: Sequence[Part], chosen: Sequence[str]) -> Iterator[Todo]:
    """What was chosen first, with or without an action; then every other action that stands."""
    entries = {entry.item: entry for part in parts for entry in part.entries}
    rest = [item for item in entries if item not in chosen]
    for item in (*chosen, *rest):
        entry = entries[item]
        acts = list(_standing(entry))
        yield from (_act(entry, act) for act in acts)
        if item in chosen and not acts:
            yield Todo(
                item=item,
                title=entry.title,
                words=NOTHING_AGREED,
                owner="nobody yet",
                due="no date yet",
                agreed=False,
            )


def _standing(entry: Entry) -> Iterator[Act]:
    yield from (act for act in entry.actions if not act.ended)


def _act(entry: Entry, act: Act) -> Todo:
    due = f"{act.due}, overdue" if act.stands == "overdue" else act.due
    return Todo(item=entry.item, title=entry.title, words=act.words, owner=act.owner, due=due)
