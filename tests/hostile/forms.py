"""The forms of a page as a browser has them: its controls with what stands in them, and what somebody would type."""

from html.parser import HTMLParser

# A control that something can be typed into, however it looks: a forged request knows no menus.
_LEFT_OUT = {"csrfmiddlewaretoken"}
_TYPED = {"text", "search", "password", "email", "url", "number", "tel", "date", "time", None}
# What is typed into an empty control, by the end of its name; a text into all others.
_TYPES_IN = {
    "_0": "1",
    "_1": "9",
    "_2": "2011",
    "_at": "14:30",
    "_time": "14:30",
    "email": "ada.officer@thornbury.example",
    "login": "ada.officer@thornbury.example",
    "password": "three random words",
    "deputy": "",
    "successors": "",
    "url": "https://figures.example/",
}
FILE = ("rates.csv", b"month,rate\n")


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self.controls, self.text, self.select = [], None, None, None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.controls = {} if given.get("method") == "post" else None
            if self.controls is not None:
                self.forms.append((given.get("action") or "", self.controls))
        elif self.controls is None or given.get("name") in _LEFT_OUT or "disabled" in given:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.text = given["name"]
            self.controls[self.text] = ("text", "")
        elif tag == "select":
            self.select = given["name"]
            self.controls[self.select] = ("choice", "")
        elif tag == "option" and self.select:
            self._option(given)
        elif tag == "button" and given.get("name"):
            self.controls.setdefault(given["name"], ("button", given.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self.controls = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None

    def handle_data(self, data):
        if self.text and self.controls is not None:
            kind, before = self.controls[self.text]
            self.controls[self.text] = (kind, (before + data).removeprefix("\n"))

    def _input(self, given):
        name, kind, value = given.get("name"), given.get("type"), given.get("value") or ""
        if not name:
            return
        if kind in {"radio", "checkbox"}:
            if "checked" in given or name not in self.controls:
                self.controls[name] = ("choice", value or "on")
        elif kind in {"submit", "button"}:
            self.controls.setdefault(name, ("button", value))
        else:
            self.controls[name] = ("file" if kind == "file" else "text" if kind in _TYPED else "hidden", value)

    def _option(self, given):
        _, chosen = self.controls[self.select]
        if "selected" in given or not chosen:
            self.controls[self.select] = ("choice", given.get("value") or chosen)


def forms(html):
    """Return (address, {name: (kind, value)}) of each form of the page that is posted."""
    page = _Forms()
    page.feed(html)
    page.close()
    return page.forms


def filled(controls):
    """Return {name: value} as somebody fills the form in: what stands there, and something wherever nothing does."""
    return {name: value or _something(kind, name) for name, (kind, value) in controls.items() if kind != "file"}


def _something(kind, name):
    # Of a form of several rows the number of the row stands last.
    plain = name.rpartition("_")[0] if name.startswith(("deputy_", "presence_")) else name
    return next((text for end, text in _TYPES_IN.items() if plain.endswith(end)), "Said.") if kind == "text" else ""
