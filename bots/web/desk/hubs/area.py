"""What holds for this assessment: its rules, and what the guide leaves to the area."""

from __future__ import annotations

from collections.abc import Iterator

from bots.operations.policy_status import meaning_here, policy_stands
from bots.phrases.pages import hubs as phrases
from bots.phrases.pages.forms import rules as rule_phrases
from bots.phrases.pages.guides import called as guide_called
from bots.phrases.pages.operations import label_of
from bots.web.desk.hubs.hub import Link, Section, Table, does, hub
from bots.web.desk.page import Asked, Drawn, Visitor
from ehsg_events.policy.policy_sentences import say_policy, say_rule
from projections.facts.view import View


def draw_rules(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001
    """When people agree, and how rounds are timed."""
    stands = policy_stands(view.log, visitor.assessment, visitor.at)
    means = meaning_here(view.log, visitor.assessment, visitor.at)
    is_before = not view.log.rounds(visitor.assessment)
    return hub(
        phrases.RULES,
        Section(
            phrases.THE_GUIDE,
            (f"{guide_called(view.guide)}.",),
            links=(
                Link(f"guide?name={view.guide.id}", phrases.EACH_QUESTION),
                Link("guides", phrases.EVERY_GUIDE),
            ),
        ),
        Section(
            phrases.THE_RULE,
            (say_rule(view.state.rule), *(() if is_before else (phrases.CHOSEN_BEFORE,))),
            links=(does("terms choose"),) if is_before else (),
        ),
        Section(
            phrases.THE_TIMES,
            (*say_policy(view.state.policy), *stands.notes),
            links=() if is_before else (does("policy choose"),),
        ),
        Section(
            rule_phrases.WITH_THIS_PANEL,
            table=Table(
                rule_phrases.WITH_THIS_PANEL,
                (rule_phrases.ASKED, rule_phrases.MEANS),
                tuple((label_of("terms choose", field), says) for field, says in means.items()),
            ),
            links=(Link("coverage", phrases.COVERAGE),),
        ),
    )


def draw_local(view: View, visitor: Visitor, asked: Asked) -> Drawn:  # noqa: ARG001
    """The words, tables and evidence that the area fills in itself."""
    return hub(
        phrases.LOCAL,
        Section(
            phrases.TERMS_TITLE,
            table=Table(
                phrases.TERMS_TITLE,
                (phrases.WORD, phrases.MEANS, phrases.CHANGE),
                tuple(_terms(view)),
            ),
        ),
        Section(
            phrases.TABLES_TITLE,
            table=Table(
                phrases.TABLES_TITLE,
                (phrases.TABLE, phrases.STATE, phrases.CHANGE),
                tuple(_tables(view)),
            ),
        ),
        Section(
            phrases.EVIDENCE_TITLE,
            tuple(_asked_for(view)),
            Table(
                phrases.EVIDENCE_TITLE,
                (phrases.NUMBER, phrases.WHAT, phrases.CHANGE),
                tuple(_attached(view)),
            ),
            (does("local attach"),),
        ),
    )


def _terms(view: View) -> Iterator[tuple[str | Link, ...]]:
    for term in view.guide.local_terms:
        means = view.log.text(view.state.terms.get(term.id)) or ""
        given = {"term": term.id, "means": means}
        yield term.term, means or phrases.NOT_SAID, does("local term", given, term.term)


def _tables(view: View) -> Iterator[tuple[str | Link, ...]]:
    for table in view.guide.local_tables:
        rows = phrases.rows(len(view.state.tables.get(table.id, ())))
        yield table.title, rows, does("local table", {"table": table.id}, table.title)


def _asked_for(view: View) -> Iterator[str]:
    attached = {fact.asked_as for fact in view.state.attached.values()}
    for asked in view.guide.evidence_asked:
        if asked.id not in attached:
            yield f"{asked.title}: {phrases.NOTHING_ATTACHED}."


def _attached(view: View) -> Iterator[tuple[str | Link, ...]]:
    for number, fact in view.state.attached.items():
        words = view.log.shown(fact.words) or ""
        yield str(number), words, does("local detach", {"number": str(number)}, str(number))
