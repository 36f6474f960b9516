"""Somebody's way through the site in a browser, in which pages, clicks and characters typed are counted."""

from urllib.parse import urlsplit

from tests import keyboard


class Walk:
    """One person's browser. By keyboard, what would be clicked is reached by Tab and pressed, and counts as much."""

    def __init__(self, page, *, by_keyboard=False):
        self.page, self.by_keyboard = page, by_keyboard
        self.pages = self.clicks = self.typed = 0
        page.on("domcontentloaded", lambda _: self._count_page())

    def follow(self, selector):
        """Press a link or a button that leads to another page."""
        self.clicks += 1
        if self.by_keyboard:
            keyboard.press_on(self.page, selector)
        else:
            self.page.click(selector)
        self.page.wait_for_load_state()

    def go_home(self):
        """Press the name of the service at the top of the page; by keyboard, load that page."""
        self.clicks += 1
        if self.by_keyboard:
            self.page.goto("/")
        else:
            self.page.click("header a[href='/']")
        self.page.wait_for_load_state()

    def tick(self, selector):
        """Tick a box, or choose one of several."""
        self.clicks += 1
        box = self.page.locator(selector).first
        if not self.by_keyboard:
            box.check()
        elif box.get_attribute("type") == "radio":
            self._choose(box)
        else:
            keyboard.tab_to(self.page, selector)
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def type(self, selector, text):
        """Type into a field, which costs no click: Tab leads there."""
        self.typed += len(text)
        if self.by_keyboard:
            keyboard.tab_to(self.page, selector)
            self.page.keyboard.type(text)
        else:
            self.page.locator(selector).first.fill(text)

    def date(self, name, *parts):
        for number, part in enumerate(parts):
            self.type(f"[name={name}_{number}]", str(part))

    def text(self):
        return self.page.inner_text("main")

    @property
    def path(self):
        return urlsplit(self.page.url).path

    @property
    def cost(self):
        return f"{self.pages} pages, {self.clicks} clicks and {self.typed} characters typed"

    def _choose(self, radio):
        """Tab leads to a group of radios as a whole, in which the arrows go from one to the next."""
        keyboard.tab_to(self.page, f"[name={radio.get_attribute('name')}]")
        self.page.keyboard.press("Space")
        for _ in range(10):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowDown")

    def _count_page(self):
        self.pages += 1
