"""What a guide is about when its file does not say it: the one place that decides this."""

from __future__ import annotations

from guides.terms import About

EARLY_HELP = About(subject="early help")
EDITIONS = ("ehsg", "isos", "nw")  # published before a guide could say what it is about


def topic_of(name: str, title: str) -> About:
    """What a guide without `about` is about: early help, or else what its title says.

    Args:
        name: the guide's name without its version, such as `ehsg-2022`.
    """
    if name.rpartition("-")[0] in EDITIONS:
        return EARLY_HELP
    return About(subject=title, asked_by="the partnership")
