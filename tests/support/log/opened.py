"""An assessment as it was opened and signed off, and somebody on its panel, as facts."""

from __future__ import annotations

from ehsg_events.events import AssessmentOpened, AssessmentSignedOff, StakeholderAdded
from ehsg_events.values.policy import Policy, Rule
from guides import library
from support.area import words

NEW, OLD = library.guide("ehsg-2022@1").guide, library.guide("ehsg-2020@1").guide
OPENED = AssessmentOpened(
    area="Sefton", guide=NEW.id, guide_digest="d", rule=Rule(), policy=Policy()
)


SIGNED = AssessmentSignedOff(signed_as="Chair", name=words("Pat"))


def member(name: str, agency: str, *items: str) -> StakeholderAdded:
    """A person on the panel, as a fact."""
    return StakeholderAdded(
        stakeholder=name,
        agency=agency,
        works_as="x",
        items=items,
        reached_by="terminal",
        name=words(name),
    )


POLICE = member("police-1", "Police", "5.1")
