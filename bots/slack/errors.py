"""What the error codes of Slack's Web API mean for a message."""

from __future__ import annotations

import re

# Our token is wrong, was revoked, or lacks a right: Slack refuses us, whoever we write to.
REFUSES_US = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive",
    "missing_scope", "no_permission", "not_allowed_token_type", "access_denied", "org_login_required",
    "ekm_access_denied", "team_access_not_granted",
})  # fmt: skip
OF_US_OR_THEM = "account_inactive"  # ours, unless Slack knows our token all the same
# Slack's own failures: a call may have been carried out all the same.
OF_SLACK = frozenset({
    "internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org",
    "accesslimited",
})  # fmt: skip
RATE_LIMITED = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
PASSING = OF_SLACK | RATE_LIMITED
# Whom Slack says no app can ever write to.
UNREACHABLE = frozenset({
    "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot",
    "invalid_user", "invalid_users", "bot_user_not_found",
})  # fmt: skip
# The id of a channel changes when it is shared; a channel opened anew has the one that holds.
STALE_CHANNEL = frozenset({"channel_not_found", "not_in_channel"})
REFUSED_CONTENT = frozenset({
    "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long",
    "metadata_too_large", "invalid_metadata_format", "markdown_text_conflict",
})  # fmt: skip
GONE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
# Of an answer that it cannot read, the library gives the whole as the error.
CODE = re.compile(r"[a-z0-9_]{1,80}")
