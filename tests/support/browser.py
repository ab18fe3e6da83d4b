"""A page as a browser would see it: its elements, its words, its forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str | None]


@dataclass
class Field:
    """A radio or a button: what it sends, and what it is called."""

    name: str
    value: str
    label: str = ""
    id: str = ""


@dataclass
class Form:
    """A form with what it would send as it stands, and to which address."""

    id: str = ""
    multipart: bool = False
    action: str = ""
    values: dict[str, str] = field(default_factory=dict)
    radios: list[Field] = field(default_factory=list)
    buttons: list[Field] = field(default_factory=list)
    boxes: set[str] = field(default_factory=set)
    selects: dict[str, list[str]] = field(default_factory=dict)

    def has(self, box: str) -> bool:
        """Whether something can be typed there."""
        return box in self.boxes

    def button(self, label: str) -> Field:
        """The button with this label."""
        return next(one for one in self.buttons if one.label == label)


class Page(HTMLParser):
    """What a browser would see of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Attributes]] = []
        self.text = ""
        self.forms: list[Form] = []
        self._title = ""
        self._in_title = False
        self._form: Form | None = None
        self._button: Field | None = None
        self._box = ""
        self._label = ""
        self.links: dict[str, str] = {}
        self._link: str | None = None
        self._seen = ""
        self._choosing = ""
        self._elsewhere: list[tuple[str, Field]] = []
        self.feed(text)
        for owner, button in self._elsewhere:
            self.form(owner).buttons.append(button)

    def handle_starttag(  # noqa: C901 - one case for each element
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        """Keep a tag."""
        found = dict(attrs)
        self.tags.append((tag, found))
        name, value = found.get("name") or "", found.get("value") or ""
        match tag:
            case "title":
                self._in_title = True
            case "form":
                multipart = found.get("enctype") == "multipart/form-data"
                self._form = Form(found.get("id") or "", multipart)
                self.forms.append(self._form)
            case "input" if self._form:
                self._input(self._form, name, value, found)
            case "textarea" if self._form and name:
                self._box = name
                self._form.boxes.add(name)
                self._form.values[name] = ""
            case "button":
                self._button = Field(name, value)
                self._belong(found.get("form"), self._button)
            case "label":
                self._label = found.get("for") or ""
            case "a":
                self._link, self._seen = found.get("href") or "", ""
            case "select" | "option" if self._form:
                self._select(self._form, tag, found)

    def _select(self, form: Form, tag: str, found: Attributes) -> None:
        if tag == "select":
            self._choosing = found.get("name") or ""
            form.selects[self._choosing], form.values[self._choosing] = [], ""
            return
        value = found.get("value") or ""
        form.selects[self._choosing].append(value)
        if "selected" in found:
            form.values[self._choosing] = value

    def _belong(self, owner: str | None, button: Field) -> None:
        """A button belongs to the form around it, or to the one it names, which may follow."""
        if owner:
            self._elsewhere.append((owner, button))
        elif self._form:
            self._form.buttons.append(button)

    def _input(self, form: Form, name: str, value: str, found: Attributes) -> None:
        match found.get("type"):
            case "radio":
                form.radios.append(Field(name, value, id=found.get("id") or ""))
                if "checked" in found:
                    form.values[name] = value
            case "file":
                pass
            case "hidden":
                form.values[name] = value
            case _:
                form.boxes.add(name)
                form.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        match tag:
            case "title":
                self._in_title = False
            case "form":
                self._form = None
            case "button":
                self._button = None
            case "textarea":
                if self._form and self._box:
                    typed = self._form.values[self._box]
                    self._form.values[self._box] = typed.removeprefix("\n")
                self._box = ""
            case "label":
                self._label = ""
            case "a":
                self.links.setdefault(self._seen.strip(), self._link or "")
                self._link = None

    def handle_data(self, data: str) -> None:
        """Keep words."""
        self.text += data
        self._seen += data
        if self._in_title:
            self._title += data
        if self._button is not None:
            self._button.label += data
        if self._form and self._box:
            self._form.values[self._box] += data
        for radio in self._form.radios if self._form else []:
            if self._label and radio.id == self._label:
                radio.label += data

    def all(self, tag: str) -> list[Attributes]:
        """The attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]

    @property
    def title(self) -> str:
        """The page's title."""
        return self._title

    def form(self, name: str) -> Form:
        """The form of a name; an empty one where there is none."""
        return next((one for one in self.forms if one.id == name), Form(name))
