"""A person with a link, who reads the page's forms and sends what they would fill in."""

from __future__ import annotations

import httpx

from bots.interview import typed_words
from support.browser import Field, Form, Page
from support.web import plain_http

ONWARD = "Save and continue"


def _fits(radio: Field, label: str) -> bool:
    return radio.label.strip().startswith(label)


def is_command(text: str) -> bool:
    """Whether a chat may understand a line as something else than an answer in words."""
    plain = text.lower().rstrip(".!")
    known = {*typed_words.ANYWHERE, *typed_words.NONE_OF_THE_LEVELS, *typed_words.ONWARD}
    return plain in known or typed_words.CHANGE.fullmatch(plain) is not None


def _is_value(radio: Field, text: str) -> bool:
    return radio.value.startswith("answer:") and radio.value.endswith(f":{text}")


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

    def open(self) -> Page:
        """Load the page."""
        return self._seen(self._client.get(self.url))

    def _seen(self, answer: httpx.Response) -> Page:
        self.answer, self.page = answer, Page(answer.text)
        return self.page

    # -- what a person does ------------------------------------------------------------------------
    def choose(self, label: str) -> Page:
        """Pick the radio whose label begins so, and continue."""
        form = self.page.form("answer")
        radio = next(one for one in form.radios if _fits(one, label))
        return self.send(form, form.button("Continue"), choice=radio.value)

    def type(self, text: str, button: str = "Save and add another", **more: str) -> Page:
        """Type into the page's box, and press a button under it."""
        form = self.page.form("answer")
        return self.send(form, form.button(button), words=text, **more)

    def attach(self, text: str, name: str, content: bytes, **more: str) -> Page:
        """Type words, choose a file, and save both."""
        form = self.page.form("answer")
        sent = {**form.values, "do": "add", "words": text, **more}
        parts = [(key, (None, value.encode())) for key, value in sent.items()]
        return self._seen(self._client.post(self.url, files=[*parts, ("file", (name, content))]))

    def correct(self, text: str, button: str) -> Page:
        """Change or remove the words that stand first on the page."""
        form = next(one for one in self.page.forms if "source" in one.values)
        return self.send(form, form.button(button), words=text)

    def press(self, label: str) -> Page:
        """Press the button with this label, wherever it stands."""
        for form in self.page.forms:
            for button in form.buttons:
                if button.label == label:
                    return self.send(form, button)
        raise AssertionError(f"no button {label} on the page {self.page.title!r}")

    def talk(self, text: str) -> Page:
        """Say something in words, as in a chat."""
        form = next((one for one in self.page.forms if one.has("say")), self._older)
        self._older = form
        return self.send(form, form.buttons[0], say=text)

    def say(self, line: str) -> Page:
        """What a line of a chat comes to here: a radio, a button, the page's box, or words."""
        text, form = line.strip(), self.page.form("answer")
        number = text.removeprefix("#")
        if text.startswith("#") and number.isdigit():
            return self._nth(form, int(number))
        radio = next((one for one in form.radios if _is_value(one, text)), None)
        if radio:
            return self.send(form, form.button("Continue"), choice=radio.value)
        if form.has("number"):
            return self.send(form, form.buttons[0], number=text)
        if form.has("words"):
            if text == "next":
                return self.send(form, form.button(ONWARD))
            if not is_command(text):
                return self.send(form, self._keep(form), words=line)
        return self.talk(line)

    def _keep(self, form: Form) -> Field:
        """The button that keeps words and asks for nothing more."""
        keeps = ("Save and add another", "Send to the coordinator")
        return next(one for one in form.buttons if one.label in keeps)

    def _nth(self, form: Form, number: int) -> Page:
        """The choice of a number: the page's radios or buttons, in their order."""
        if form.radios:
            return self.send(form, form.button("Continue"), choice=form.radios[number - 1].value)
        onward = [one for one in form.buttons if one.label == ONWARD]
        ways = [*onward, *(one for one in form.buttons if one.name == "choice")]
        return self.send(form, ways[number - 1])

    def send(self, form: Form, button: Field | None = None, **filled: str) -> Page:
        """Send a form as it stands, with what was filled in and the button that was pressed."""
        sent = {**form.values, **filled}
        if button is not None:
            sent[button.name] = button.value
        if form.multipart:
            parts = {name: (None, value.encode()) for name, value in sent.items()}
            return self._seen(self._client.post(self.url, files=parts))
        return self._seen(self._client.post(self.url, data=sent))
