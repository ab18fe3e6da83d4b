"""The end of an assessment: signed off in a named role, or that withdrawn with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from ehsg_events.events import AssessmentSignedOff, SignOffWithdrawn
from ehsg_events.kernel import Refused, Way, Words
from ehsg_events.states.assessment import WITHDRAW, Assessment, AssessmentFact


def sign_off(
    state: Assessment,
    unsettled: Sequence[str],
    signed_as: str,
    name: Words,
    blanks: Sequence[str] = (),
    *,
    ask: bool = False,
) -> tuple[AssessmentFact, ...]:
    """Sign the assessment off in a named role, once every descriptor asked has an outcome.

    Args:
        unsettled: the descriptors that were asked and have no outcome.
        blanks: what is still blank, in words; the fact keeps it.
        ask: refuse, if anything is blank.
    """
    if state.signed_off is not None:
        raise Refused(
            f"This assessment was already signed off by the {state.signed_off.signed_as}.",
            WITHDRAW,
        )
    if not signed_as.strip():
        raise Refused(
            "Say in which role you sign, such as Senior Responsible Officer.", field="role"
        )
    if unsettled:
        raise Refused(
            f"No outcome stands yet for {', '.join(unsettled)}. Settle each, then sign off.",
            Way("moderate", "settle one", {"item": unsettled[0]}),
        )
    if ask and blanks:
        raise Refused(
            f"Still blank: {'; '.join(blanks)}. Once signed, nothing of it can be filled in unless "
            f"the sign-off is withdrawn. Fill it in, or sign it with these blanks.",
            Way("waiting", "see what waits"),
            field="with_blanks",
        )
    signed = AssessmentSignedOff(signed_as=signed_as.strip(), name=name, blanks=tuple(blanks))
    return (signed,)


def withdraw_sign_off(state: Assessment, because: Words) -> tuple[AssessmentFact, ...]:
    """Withdraw a sign-off, with the reason; the sign-off itself stays on the log."""
    if state.signed_off is None:
        raise Refused("This assessment is not signed off, so there is nothing to withdraw.")
    return (SignOffWithdrawn(because=because),)
