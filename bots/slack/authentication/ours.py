"""Which app and which workspace requests are taken from: ours, as far as it is known."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from http.client import HTTPException
from time import monotonic
from typing import Any

from slack_bolt import BoltContext, BoltRequest, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bots.slack.background import BackgroundTasks
from bots.slack.settings import Settings

AGAIN = 60  # seconds until Slack is asked again who we are
NOT_TOLD = (SlackApiError, OSError, HTTPException, ValueError, LookupError)
logger = logging.getLogger("ehsg.slack")


class Ours:
    """Our app and our workspace: the app from the settings, the rest from Slack.

    What is not known is not compared: Slack tells the app's id only to a token that may read users,
    which ours need not, so it is not asked. What is signed with our secret is our app's anyway.

    Args:
        client: asks Slack; without one, only what the settings say is known.
        told: hears the workspace's name once Slack says it.
    """

    def __init__(
        self,
        settings: Settings,
        client: WebClient | None = None,
        told: Callable[[str], object] = lambda _: None,
    ) -> None:
        self._told = told
        self._app, self._team = settings.app_id, ""
        self._client, self._asked, self._is_known = client, -float(AGAIN), False
        self._background = BackgroundTasks()

    def learn(self) -> None:
        """Ask Slack who we are, once; when it does not say, requests go on unlooked at."""
        if self._client is None:
            return
        self._asked = monotonic()
        try:
            told = self._client.auth_test()
            if not told.get("is_enterprise_install"):  # of many workspaces
                self._team = told["team_id"]
            self._is_known = True
            self._told(str(told.get("team", "")))
        except NOT_TOLD:
            logger.info("Slack does not say yet which workspace is ours; none is refused")

    def only(
        self, request: BoltRequest, context: BoltContext, next: Callable[[], BoltResponse]
    ) -> BoltResponse:
        """Pass a request on if it is meant for us, its characters made such as can be kept."""
        self._learn_soon()
        request.body = readable(request.body)
        if self._is_for_another(request.body.get("api_app_id"), context.team_id):
            logger.warning("a request for another app or workspace was refused (see SLACK_APP_ID)")
            return BoltResponse(status=403)
        return next()

    def _learn_soon(self) -> None:
        if self._client and not self._is_known and monotonic() - self._asked > AGAIN:
            self._asked = monotonic()
            self._background.do("Slack was not asked who we are", self.learn)

    def _is_for_another(self, app: object, team: str | None) -> bool:
        """By the app, and by the workspace for which a token would be looked up: not the person's."""
        is_other_app = bool(self._app and app) and app != self._app
        return is_other_app or (bool(self._team and team) and team != self._team)


def readable(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A payload whose halves of characters, which nothing can keep, are replaced."""
    return {_whole(name): _readable(value) for name, value in payload.items()}


def _readable(value: Any) -> Any:
    match value:
        case str():
            return _whole(value)
        case dict():
            return readable(value)
        case list():
            return [_readable(one) for one in value]
    return value


def _whole(text: str) -> str:
    return text if text.isascii() else text.encode(errors="replace").decode()
