"""An area's own guidance beside a guide's items: a small file, always marked as local."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from guides.base import Part, Prose, Published, Slug
from guides.contradictions import Mistake
from guides.model import Guide


class LocalNotes(Part):
    """What an area tells its own panel about some items of one published guide."""

    guide: Published
    version: Annotated[int, Field(ge=1)]
    area: Prose
    notes: dict[Slug, Prose]

    @property
    def id(self) -> str:
        """The guide and the version of the notes, such as `ehsg-2022@1--local@1`."""
        return f"{self.guide}--local@{self.version}"

    def against(self, find: Callable[[str], Guide]) -> list[Mistake]:
        """Notes on what the guide does not ask."""
        guide = find(self.guide)
        return [
            (("notes", item), f"{guide.id} asks no item called {item}")
            for item in self.notes
            if item not in guide.items
        ]
