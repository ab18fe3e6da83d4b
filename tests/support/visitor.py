"""A person with a link, who reads the page's forms and sends what they would fill in."""

from __future__ import annotations

from collections.abc import Mapping

import httpx

from bots.interview import typed_words
from support.browser import Field, Form, Page
from support.web import plain_http

ONWARD, STAY = "Save and continue", "Save and stay here"


def _fits(radio: Field, label: str) -> bool:
    return radio.label.strip().startswith(label)


def is_command(text: str) -> bool:
    """Whether a chat may understand a line as something else than an answer in words."""
    plain = text.lower().rstrip(".!")
    known = {*typed_words.ANYWHERE, *typed_words.NONE_OF_THE_LEVELS, *typed_words.ONWARD}
    return plain in known or typed_words.CHANGE.fullmatch(plain) is not None


def _is_value(radio: Field, text: str) -> bool:
    return radio.value.startswith("answer:") and radio.value.endswith(f":{text}")


def _boxes(form: Form) -> list[str]:
    """The boxes for new words, in their order."""
    return [name for name in form.values if name == "words" or name.startswith("words-")]


class Visitor:
    """A person with a link, who reads the page's forms and sends what they would fill in.

    Args:
        address: the server's.
        token: the end of their personal link.
    """

    def __init__(self, address: str, token: str) -> None:
        self.url = f"{address}/i/{token}"
        self._older = Form()  # as of a page that is open still in another window
        self._client = plain_http.client(follow_redirects=True, timeout=20)
        self.open()

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def open(self, step: str = "") -> Page:
        """Load the page of the link, or of one step below it."""
        return self._seen(self._client.get(f"{self.url}/{step}" if step else self.url))

    @property
    def step(self) -> str:
        """The step whose page is before them."""
        return str(self.answer.url).partition("?")[0].removeprefix(self.url).strip("/")

    def _seen(self, answer: httpx.Response) -> Page:
        self.answer, self.page = answer, Page(answer.text)
        for form in self.page.forms:
            form.action = str(answer.url).partition("?")[0]
        return self.page

    # -- what a person does ------------------------------------------------------------------------
    def choose(self, label: str) -> Page:
        """Pick the radio whose label begins so, and continue."""
        form = self.page.form("answer")
        radio = next(one for one in form.radios if _fits(one, label))
        return self.send(form, form.button("Continue"), choice=radio.value)

    def rank(self, *items: str) -> Page:
        """Choose what comes first, second and third, and continue."""
        form = self.page.form("answer")
        places = {f"place-{n}": item for n, item in enumerate(items, start=1)}
        return self.send(form, form.button("Continue"), **places)

    def type(self, text: str, button: str = STAY, field: str = "", **more: str) -> Page:
        """Type into a box of the page, and press a button under it."""
        form = self.page.form("answer")
        return self.send(form, form.button(button), **self._typed(form, text, field, more))

    def _typed(self, form: Form, text: str, field: str, more: Mapping[str, str]) -> dict[str, str]:
        """What is filled in for a box and beside it; by default the box that waits for words."""
        waits = form.values.get("at", "").partition(":")[2]
        box = next(b for b in _boxes(form) if b in ("words", f"words-{field or waits}"))
        end = box.removeprefix("words")
        beside = ("origin", "dated", "file")
        return {box: text, **{k + end if k in beside else k: v for k, v in more.items()}}

    def attach(self, text: str, name: str, content: bytes, **more: str) -> Page:
        """Type words, choose a file, and save both."""
        form = self.page.form("answer")
        typed = self._typed(form, text, "", more)
        sent = {**form.values, "do": "add", **typed}
        end = next(iter(typed)).removeprefix("words")
        parts = [(key, (None, value.encode())) for key, value in sent.items()]
        files = [*parts, (f"file{end}", (name, content))]
        return self._seen(self._client.post(form.action, files=files))

    def correct(self, text: str, button: str) -> Page:
        """Change or remove the words that stand first on the page."""
        form = self.page.form("answer")
        note = next(name for name in form.values if name.startswith("note-"))
        pressed = next(b for b in form.buttons if b.label == button and b.value in ("add", note))
        return self.send(form, pressed, **{note: text})

    def press(self, label: str) -> Page:
        """Press the button or follow the link with this label, wherever it stands."""
        for form in self.page.forms:
            for button in form.buttons:
                if button.label == label:
                    return self.send(form, button)
        if label in self.page.links:
            return self._seen(self._client.get(self.answer.url.join(self.page.links[label])))
        raise AssertionError(f"no button or link {label} on the page {self.page.title!r}")

    def talk(self, text: str) -> Page:
        """Say something in words, as in a chat."""
        form = next((one for one in self.page.forms if one.has("say")), self._older)
        self._older = form
        return self.send(form, form.buttons[0], say=text)

    def say(self, line: str) -> Page:
        """What a line of a chat comes to here: a radio, a button, the page's box, or words."""
        text, form = line.strip(), self.page.form("answer")
        radio = next((one for one in form.radios if _is_value(one, text)), None)
        if radio:
            return self.send(form, form.button("Continue"), choice=radio.value)
        if form.has("number"):
            return self.send(form, form.buttons[0], number=text)
        boxes = _boxes(form)
        if boxes and text == "next" and form.values["at"].endswith(boxes[-1][len("words-") :]):
            return self.send(form, form.button(ONWARD))
        if boxes and not is_command(text):
            return self.type(line, "Send to the coordinator" if boxes == ["words"] else STAY)
        return self.talk(line)

    def send(self, form: Form, button: Field | None = None, **filled: str) -> Page:
        """Send a form as it stands, with what was filled in and the button that was pressed."""
        sent = {**form.values, **filled}
        if button is not None:
            sent[button.name] = button.value
        if form.multipart:
            parts = {name: (None, value.encode()) for name, value in sent.items()}
            return self._seen(self._client.post(form.action or self.url, files=parts))
        return self._seen(self._client.post(form.action or self.url, data=sent))
