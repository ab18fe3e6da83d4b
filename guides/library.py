"""Published guides, and renderings, notes and crosswalks over them, by name; edited ones refused.

The guides that come with the product stand beside this file; an area's own stand in the folder
`guides` of its data folder.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from guides.crosswalk import Crosswalk, by_itself
from guides.language import Rendering, rendered
from guides.local import LocalNotes
from guides.model import Guide
from guides.shelf import AlteredGuide, NotPublished, Shelf, content_of

if TYPE_CHECKING:
    from guides.mistakes import Document

SHELF = Path(__file__).parent
FOLDERS: dict[type[Document], str] = {
    Guide: ".",
    Rendering: "languages",
    LocalNotes: "notes",
    Crosswalk: "crosswalks",
}
D = TypeVar("D", Guide, Rendering, LocalNotes, Crosswalk)


class UnknownGuide(LookupError):
    """No published guide has this name and version."""


class PublishedGuide(NamedTuple):
    """A guide with the SHA-256 of the bytes it was published as."""

    guide: Guide
    digest: str


@dataclass(frozen=True)
class Wording:
    """A guide as it is shown to one person.

    `languages` holds, by item, a language other than the guide's own; `local_notes` the area's
    notes.
    """

    guide: Guide
    languages: Mapping[str, str] = field(default_factory=dict)
    local_notes: Mapping[str, str] = field(default_factory=dict)


def shelves(kind: type[Document], folder: Path | None = None) -> list[Shelf]:
    """The shelves for a kind of published file: the product's, and a data folder's."""
    roots = [SHELF] if folder is None else [SHELF, folder / "guides"]
    return [Shelf(root / FOLDERS[kind]) for root in roots]


@cache
def published() -> dict[str, str]:
    """Every guide that comes with the product, by name with its digest, in publication order."""
    return Shelf(SHELF).published()


def names(folder: Path | None = None) -> list[str]:
    """Every published guide, an area's own last."""
    local = Shelf(folder / "guides").published() if folder else {}
    return [*published(), *local]


@cache
def guide(name: str, folder: Path | None = None) -> PublishedGuide:
    """Open a published guide.

    Args:
        name: the guide and its version, such as `ehsg-2022@1`.
        folder: the data folder that may hold guides of its own.

    Raises:
        UnknownGuide: nothing is published under this name.
        AlteredGuide: the file is not what was published.
    """
    if name in published():
        return _ours(name, published()[name])
    own = Shelf(folder / "guides") if folder else None
    digest = own.published().get(name) if own else None
    if own is None or digest is None:
        raise UnknownGuide(f"No guide is called {name}. Published are: {', '.join(names(folder))}.")
    return PublishedGuide(read(own.file(name), expected=digest), digest)


@cache
def _ours(name: str, digest: str) -> PublishedGuide:
    """A guide that comes with the product: the same for every data folder, so it is read once."""
    return PublishedGuide(read(SHELF / f"{name}.yaml", expected=digest), digest)


def read(path: Path, *, expected: str | None = None) -> Guide:
    """Read and check one guide file.

    Args:
        path: a YAML file.
        expected: the SHA-256 the file was published with, if it was.

    Raises:
        AlteredGuide: the bytes differ from `expected`, or the content is not a guide.
    """
    document = _read(path, Guide, expected, None)
    assert isinstance(document, Guide)
    return document


def _read(path: Path, kind: type[Document], expected: str | None, folder: Path | None) -> Document:
    from guides.mistakes import check  # reads YAML, which is slow to load
    from guides.yaml_text import Unreadable, decoded

    content = content_of(path, expected)
    try:
        document, mistakes = check(decoded(content), lambda name: guide(name, folder).guide)
    except Unreadable as trouble:
        raise AlteredGuide(f"{path.name} is not a guide: {trouble}.") from trouble
    if not isinstance(document, kind):
        reason = mistakes[0].said(path.name) if mistakes else "it is something else."
        raise AlteredGuide(f"{path.name} is not a guide: {reason}")
    return document


def newest(kind: type[D], name: str, folder: Path | None = None) -> D | None:
    """The newest published rendering, local notes or crosswalk of a name; none if there is none.

    Raises:
        AlteredGuide: the file is not what was published.
    """
    for shelf in reversed(shelves(kind, folder)):
        latest = shelf.newest(name)
        if latest is not None:
            opened = _opened(kind, shelf, latest, shelf.published()[latest], folder)
            assert isinstance(opened, kind)
            return opened
    return None


def crosswalk(earlier: Guide, later: Guide, folder: Path | None = None) -> Crosswalk | None:
    """How an earlier guide bears on a later one: as somebody published it, or as equal wording says.

    Raises:
        AlteredGuide: the file is not what was published.
    """
    published_walk = newest(Crosswalk, f"{earlier.id}--{later.id}", folder)
    return published_walk or by_itself(earlier, later)


@cache
def _opened(
    kind: type[Document], shelf: Shelf, name: str, digest: str, folder: Path | None
) -> Document:
    return _read(shelf.file(name), kind, digest, folder)


def publish(document: Document, content: bytes, folder: Path) -> str:
    """Freeze a checked file on a data folder's own shelf, and return its digest.

    Raises:
        NotPublished: the name is one of the product's, the version is published already, or a
            version is left out before it.
    """
    ours, own = shelves(type(document), folder)
    name = document.id.rpartition("@")[0]
    if ours.newest(name):
        raise NotPublished(
            f"{name} is the name of a file that comes with the product. Choose another name for "
            f"your own."
        )
    return own.put(document.id, content)


def languages(name: str, folder: Path | None = None) -> list[str]:
    """The languages a guide can be asked in: its own, and those of its renderings."""
    renderings = [
        rendering for shelf in shelves(Rendering, folder) for rendering in shelf.published()
    ]
    prefix = f"{name}--"
    others = (
        rendering.removeprefix(prefix).partition("@")[0]
        for rendering in renderings
        if rendering.startswith(prefix)
    )
    return list(dict.fromkeys((guide(name, folder).guide.language, *others)))


def wording(name: str, language: str = "en", folder: Path | None = None) -> Wording:
    """A published guide as it is shown in a language, with the area's own notes.

    Items without a rendering in the language are shown in the guide's own.
    """
    own = guide(name, folder).guide
    notes = newest(LocalNotes, f"{name}--local", folder)
    local = notes.notes if notes else {}
    rendering = newest(Rendering, f"{name}--{language}", folder)
    if rendering is None:
        return Wording(own, {}, local)
    shown, items = _rendered(own.id, language, rendering.version, folder)
    return Wording(shown, dict.fromkeys(items, language), local)


@cache
def _rendered(
    name: str, language: str, version: int, folder: Path | None
) -> tuple[Guide, frozenset[str]]:
    rendering = newest(Rendering, f"{name}--{language}", folder)
    assert rendering is not None, f"version {version} was found a moment ago"
    return rendered(guide(name, folder).guide, rendering)


__all__ = [
    "AlteredGuide",
    "NotPublished",
    "PublishedGuide",
    "UnknownGuide",
    "Wording",
    "crosswalk",
    "guide",
    "languages",
    "names",
    "newest",
    "publish",
    "published",
    "read",
    "shelves",
    "wording",
]
