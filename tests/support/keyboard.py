"""A person at a browser who has no mouse: Tab, Enter, Space, arrows and letters, and nothing else."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

SKIP = "Skip to the page"
MOST = 150  # presses of Tab within which everything on a page is reached
FOCUSED = "document.activeElement === document.body ? null : document.activeElement"
VISIBLE = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"


class Keyboard:
    """One window without JavaScript, in which only keys are pressed.

    A file is chosen in a window of the browser's own, which no page can help with: that is set.
    """

    def __init__(self, browser: Browser) -> None:
        window = browser.new_context(java_script_enabled=False, accept_downloads=True)
        self.page: Page = window.new_page()
        self._devtools = window.new_cdp_session(self.page)

    # -- what stands on the page -------------------------------------------------------------------
    @property
    def title(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    @property
    def told(self) -> str:
        """Everything that the page says."""
        return self.page.locator("main").inner_text()

    def focused(self) -> str:
        """The name of what has the focus, as the browser tells a screen reader; nothing if none has."""
        found = self._devtools.send("Runtime.evaluate", {"expression": FOCUSED})["result"]
        if "objectId" not in found:
            return ""
        asked = {"objectId": found["objectId"], "fetchRelatives": False}
        (node,) = self._devtools.send("Accessibility.getPartialAXTree", asked)["nodes"]
        return str(node.get("name", {}).get("value", ""))

    def _pages(self) -> list[str]:
        """What the links from page to page are called, which stand above the page itself."""
        return self.page.locator("nav.pages a").all_inner_texts()

    # -- keys --------------------------------------------------------------------------------------
    def go(self, label: str) -> None:
        """Press Tab until something of this name has the focus, which must be seen.

        Raises:
            AssertionError: nothing of that name can be reached.
        """
        reached: list[str] = []
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            name = self.focused()
            reached.append(name)
            if name.replace(" :", ":") == label:
                assert self.page.evaluate(VISIBLE), f"nobody sees that {label} has the focus"
                return
            if name == SKIP and label not in self._pages():
                self.page.keyboard.press("Enter")
        raise AssertionError(f"{label} is not reached on {self.title}: {dict.fromkeys(reached)}")

    def enter(self) -> None:
        """Press Enter, and wait for the page that it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, *labels: str) -> None:
        """Go to each link or button in turn, and press Enter."""
        for label in labels:
            self.go(label)
            self.enter()

    def fill(self, label: str, text: str) -> None:
        """Type into a field, instead of what stands there."""
        self.go(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """Tick a box."""
        self.go(label)
        self.page.keyboard.press("Space")

    def pick(self, first: str, label: str) -> None:
        """Pick one of several, of which `first` has the focus first."""
        self.go(first)
        self.page.keyboard.press("Space")
        for _ in range(MOST):
            if self.focused() == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not among those of {first} on {self.title}")
