"""The form an operation takes: how each field is asked for, and what is wrong with a value."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from bots.forms.decoding import decoded
from bots.interview.evidence import concern_of_file
from bots.phrases import stopped_in_form
from ehsg_events.interview.safeguarding import concern_in
from ehsg_events.kernel import Refused
from ehsg_events.values.policy import SAFEGUARDING
from ehsg_events.values.repeated import without

IN_THE_CLEAR = {"agency", "area", "guide", "role", "to"}  # looked at before, and told anyway
NEEDED = "This is needed."  # of a field that was left empty, before what is meant by it
ALONE = "This does not go with the rest."
F = TypeVar("F", bound="Form")


class Form(BaseModel):
    """What was filled in, on whichever surface; every field is annotated with its `Asked`."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Nothing(Form):
    """The form of an operation that needs nothing filled in."""


@dataclass(frozen=True)
class Asked:
    """How a field is asked for.

    Args:
        says: what is meant, for whoever fills it in.
        example: something that could be filled in.
        stands_for: what is written in its place where a command is shown, such as TEXT.
        first: on a command line it is typed without its name, before the others.
        called: its name where it is typed, if that is not the field's own.
        kept: of a file, whether what it says is kept.
    """

    says: str
    example: str = ""
    stands_for: str = ""
    first: bool = False
    called: str = ""
    kept: bool = False


class Upload(NamedTuple):
    """A file that was handed in: its name as it was given, and its content."""

    name: str
    content: bytes

    def text(self) -> str:
        """The file's text, in whichever encoding an office saved it.

        Raises:
            Refused: it is no text.
        """
        return decoded(self.content, self.name).text


class Mistakes(Refused):
    """Everything that is wrong with a form, each mistake at its field."""

    def __init__(self, *wrong: Refused) -> None:
        super().__init__("\n".join(str(refusal) for refusal in wrong))
        self.wrong = wrong


def filled(
    form: type[F], given: Mapping[str, Any], route: Callable[[], str] = lambda: SAFEGUARDING
) -> F:
    """A form as it was filled in, once its words were looked at.

    Args:
        route: the area's own route for a worry about somebody, where there is an area.

    Raises:
        Mistakes: a field is missing, or holds what it cannot or what must not be kept.
    """
    stopped = list(_stopped(given, asked(form), route))
    if stopped:
        raise Mistakes(*stopped)
    try:
        return form.model_validate(given)
    except ValidationError as invalid:
        raise Mistakes(*(_plain(error, asked(form)) for error in invalid.errors())) from None


def _stopped(
    given: Mapping[str, Any], fields: Mapping[str, Asked], route: Callable[[], str]
) -> Iterator[Refused]:
    """The fields whose words must not be kept: a worry about somebody, or who it is."""
    for field, value in given.items():
        typed = value if isinstance(value, list | tuple) else [value]
        concern = concern_in("\n".join(text for text in typed if isinstance(text, str)))
        if isinstance(value, Upload) and fields[field].kept:
            concern = concern_of_file(value.name, value.content)
        if concern is not None:
            yield Refused(stopped_in_form(concern, route()), field=field)


def unrepeated(refusal: Refused, form: Form) -> Refused:
    """The same refusal without the words that were typed, but for what stands in the clear anyway."""
    typed = [
        text
        for name, value in form
        if name not in IN_THE_CLEAR
        for text in (value if isinstance(value, list | tuple) else [value])
        if isinstance(text, str)
    ]
    if isinstance(refusal, Mistakes):
        return Mistakes(*(unrepeated(wrong, form) for wrong in refusal.wrong))
    ways = (way._replace(does=without(way.does, typed)) for way in refusal.ways)
    return Refused(without(str(refusal), typed), *ways, field=refusal.field)


def _plain(error: Any, fields: Mapping[str, Asked]) -> Refused:
    field = str(error["loc"][0])
    match error["type"]:
        case "missing":
            return Refused(f"{NEEDED} {fields[field].says}", field=field)
        case "extra_forbidden":
            return Refused(f"{field}: {ALONE}", field=field)
    return Refused(f"{error['msg']}.", field=field)


def asked(form: type[Form]) -> dict[str, Asked]:
    """How each field of a form is asked for, in its order."""
    return {
        name: next(how for how in field.metadata if isinstance(how, Asked))
        for name, field in form.model_fields.items()
    }


Because = Annotated[
    str, Asked("The reason, in your own words.", example="half term", stands_for="TEXT")
]
Deadline = Annotated[
    str | None,
    Asked(
        "Such as 11 December 2026, or '2026-12-11 16:30' with a time; by policy if none.",
        example="2026-12-11",
    ),
]
NewDeadline = Annotated[
    str,
    Asked(
        "The new deadline, such as 18 December 2026, or '2026-12-18 16:30' with a time.",
        example="2026-12-18",
    ),
]
By = Annotated[
    str | None, Asked("Which coordinator does it, by id or by name.", example="coordinator-1")
]
Slack = Annotated[str | None, Asked("Team and person in Slack, such as T012AB/U034CD.")]
Email = Annotated[str | None, Asked("Their e-mail address; kept sealed.")]
