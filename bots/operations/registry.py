"""Every operation by its name; a module is loaded when its operation is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bots.operations.operation import Operation

MODULES = {
    "assessment open": "opening.assessment_open",
    "assessment abandon": "opening.assessment_abandon",
    "panel upload": "opening.panel_upload",
    "terms choose": "opening.terms_choose",
    "policy choose": "opening.policy_choose",
    "local term": "opening.local_term",
    "local table": "opening.local_table",
    "local attach": "opening.local_attach",
    "local detach": "opening.local_detach",
    "submission import": "opening.submission_import",
    "panel add": "panel.panel_add",
    "panel correct": "panel.panel_correct",
    "panel rename": "panel.panel_rename",
    "panel release": "panel.panel_release",
    "hand-on agree": "panel.hand_on_agree",
    "hand-on decline": "panel.hand_on_decline",
    "hand-over": "panel.hand_over",
    "answer": "panel.answer",
    "link": "panel.link_issue",
    "link revoke": "panel.link_revoke",
    "round plan": "rounds.round_plan",
    "round plan cancel": "rounds.round_plan_cancel",
    "round open": "rounds.round_open",
    "round extend": "rounds.round_extend",
    "round pause": "rounds.round_pause",
    "round resume": "rounds.round_resume",
    "round close": "rounds.round_close",
    "round reopen": "rounds.round_reopen",
    "nudge": "rounds.nudge",
    "told": "panel.told",
    "letters wording": "letters.letters_wording",
    "letters sent": "letters.letters_sent",
    "peers open": "rounds.peers_open",
    "workshop open": "workshop.workshop_open",
    "workshop present": "workshop.workshop_present",
    "workshop vote": "workshop.workshop_vote",
    "workshop show": "workshop.workshop_show",
    "workshop close": "workshop.workshop_close",
    "moderate": "agreeing.moderate",
    "dissent": "agreeing.dissent",
    "priorities": "agreeing.priorities",
    "permission": "agreeing.permission",
    "action agree": "agreeing.action_agree",
    "action change": "agreeing.action_change",
    "action end": "agreeing.action_end",
    "sign-off": "agreeing.sign_off",
    "sign-off withdraw": "agreeing.sign_off_withdraw",
    "coordinator add": "people.coordinator_add",
    "coordinator remove": "people.coordinator_remove",
    "reader name": "people.reader_name",
    "reader remove": "people.reader_remove",
    "contact": "people.contact",
    "sign-in": "people.sign_in",
    "forget": "people.forget",
    "retention apply": "people.retention_apply",
    "retention hold": "people.retention_hold",
    "retention resume": "people.retention_resume",
}


class Operations(Mapping[str, "Operation[Any]"]):
    """The operations, in the order of an assessment's life."""

    def __getitem__(self, name: str) -> Operation[Any]:
        return _loaded(MODULES[name])

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)


OPERATIONS = Operations()


@cache
def _loaded(module: str) -> Operation[Any]:
    operation: Operation[Any] = import_module(f"bots.operations.{module}").OPERATION
    return operation
