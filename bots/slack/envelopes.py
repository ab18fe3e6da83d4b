"""The shapes of what Slack sends, as far as this product reads them; the rest is ignored."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field


class _Team(BaseModel):
    id: str


class _Presser(BaseModel):
    id: str
    team_id: str | None = None


class _FromAWindow(BaseModel):
    """Pressed or submitted by a person, in some workspace."""

    team: _Team | None = None
    user: _Presser
    trigger_id: str = ""

    @property
    def person(self) -> str | None:
        """Who, as `team/user`; none when no workspace is named."""
        team = self.user.team_id or (self.team.id if self.team else None)
        return team and f"{team}/{self.user.id}"


class _Container(BaseModel):
    channel_id: str | None = None
    message_ts: str | None = None
    view_id: str | None = None


class _Action(BaseModel):
    value: str
    action_ts: str


class Click(_FromAWindow):
    """A pressed button."""

    container: _Container
    actions: list[_Action] = Field(min_length=1)


class _Chosen(BaseModel):
    value: str


class _Typed(BaseModel):
    value: str | None = None
    selected_date: str | None = None
    selected_option: _Chosen | None = None

    @property
    def text(self) -> str:
        """What was typed or chosen, whatever the element."""
        chosen = self.selected_option.value if self.selected_option else None
        return self.value or self.selected_date or chosen or ""


class _State(BaseModel):
    values: dict[str, dict[str, _Typed]]


class _View(BaseModel):
    id: str
    hash: str = ""
    private_metadata: str
    state: _State


class Submission(_FromAWindow):
    """A submitted modal."""

    view: _View


class File(BaseModel):
    """A file that came with a message, as Slack describes it."""

    id: str
    name: str | None = None
    size: int | None = None
    url_private_download: str | None = None
    file_access: str | None = None


class _Edited(BaseModel):
    ts: str


class _Text(BaseModel):
    text: str = ""


class _Attachment(BaseModel):
    """A message of somebody else that was forwarded, or the preview of a link."""

    is_share: bool = False
    text: str = ""
    fallback: str = ""
    author_name: str = ""
    channel_name: str = ""


class _Part(BaseModel):
    """A piece of a block of text: it holds words, a link, or further pieces."""

    text: str | _Text = ""
    url: str = ""
    elements: list[_Part] = Field(default_factory=list)
    fields: list[_Text] = Field(default_factory=list)

    @property
    def words(self) -> str:
        """All words in it, in order."""
        own = self.text if isinstance(self.text, str) else self.text.text
        inner = "".join(part.words for part in self.elements)
        fields = "\n".join(field.text for field in self.fields)
        return (own or self.url) + inner + fields


class SaidInChat(BaseModel):
    """A message, by itself or inside the event of its edit or deletion."""

    user: str | None = None
    user_team: str | None = None
    team: str | None = None
    bot_id: str | None = None
    ts: str = ""
    text: str = ""
    files: list[File] = Field(default_factory=list)
    edited: _Edited | None = None
    attachments: list[_Attachment] = Field(default_factory=list)
    blocks: list[_Part] = Field(default_factory=list)

    @property
    def words(self) -> str:
        """What was typed; without any text, what stands in the blocks."""
        if self.text.strip():
            return self.text
        return "\n".join(words for part in self.blocks if (words := part.words.strip()))

    @property
    def forwarded(self) -> list[_Attachment]:
        """The messages that were forwarded with it."""
        return [shared for shared in self.attachments if shared.is_share]


class Message(SaidInChat):
    """A message event of a direct message channel."""

    subtype: str | None = None
    channel: str
    channel_type: Literal["im"]
    deleted_ts: str | None = None
    message: SaidInChat | None = None
    previous_message: SaidInChat | None = None


class MessageEnvelope(BaseModel):
    """The request such an event comes in."""

    team_id: str
    event: Message


class _Opened(BaseModel):
    user: str
    tab: Literal["home"]


class HomeEnvelope(BaseModel):
    """The request that says who opened the Home tab."""

    team_id: str
    event: _Opened


class _Tokens(BaseModel):
    bot: list[str] = Field(default_factory=list)


class _Revoked(BaseModel):
    tokens: _Tokens


class RevokedEnvelope(BaseModel):
    """The request that says whose tokens were revoked."""

    event: _Revoked


class Command(BaseModel):
    """A slash command."""

    team_id: str
    user_id: str
    text: str = ""
    trigger_id: str
