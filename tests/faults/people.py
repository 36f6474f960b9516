"""People with a browser: each keeps cookies, reads a form before sending it, and remembers what was acknowledged."""

import html
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from time import monotonic

from urllib3 import encode_multipart_formdata

HOST = "improvement.example"
PASSWORD = "three random words"
MONTH = "/plans/thornbury/2011-05"
# The status of a request that got no answer.
NONE = 0
_AS_THE_PROXY_SENDS_IT = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1"}
_PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int = NONE
    location: str = ""
    text: str = ""

    @property
    def is_taken(self):
        """Whether what was sent was taken: the answer leads on, and not to signing in."""
        return self.status == 302 and bool(self.location) and "/sign-in/" not in self.location

    def hidden(self):
        """Return the hidden fields of the page's form."""
        found = re.findall(
            r'<input type="hidden" name="(csrfmiddlewaretoken|version|digest)" value="([^"]*)"', self.text
        )
        return {name: html.unescape(value) for name, value in found}

    def holds(self, text):
        """Whether the page gives `text` back, line for line."""
        return text in html.unescape(self.text).replace("\r\n", "\n")


class Person:
    """One browser. The status of each answer goes into `site.answers`, also that of a page that was only read."""

    def __init__(self, site, email):
        self.site, self.email, self.cookies = site, email, SimpleCookie()

    def sign_in(self, code=""):
        answer = self.post("/accounts/sign-in/", login=self.email, password=PASSWORD)
        if code:
            answer = self.post("/accounts/sign-in/code/", code=code)
        assert answer.is_taken, (self.email, answer)
        return self

    def post(self, path, file=None, **fields):
        """Read the page's form and send it filled in; return the answer. Where there is no form, nothing is taken."""
        page = self.ask(path)
        return self.ask(path, page.hidden() | fields, file) if page.status == 200 else replace(page, location="")

    def ask(self, path, fields=None, file=None, length=None):
        """Get a page, or post `fields`, with the `file` (name, content) where there is one."""
        try:
            answer = self._answered(self.send(path, fields, file, length=length))
        except (OSError, HTTPException):
            answer = Answer()
        self.site.answers.append(answer.status)
        if answer.status in (NONE, 503):
            self.site.refused_at.append(monotonic())
        return answer

    def send(self, path, fields=None, file=None, share=1, length=None):
        """Send a request, or that share of its body, which may claim another length; return the connection."""
        connection = HTTPConnection("127.0.0.1", self.site.port, timeout=_PATIENCE)
        connection.putrequest("GET" if fields is None else "POST", path, skip_host=True)
        headers = _AS_THE_PROXY_SENDS_IT | {"Cookie": "; ".join(f"{key}={c.value}" for key, c in self.cookies.items())}
        body = b""
        if fields is not None:
            body, kind = encode_multipart_formdata(fields | ({"file": file} if file else {}))
            headers |= {"Origin": f"https://{HOST}", "Content-Type": kind, "Content-Length": str(length or len(body))}
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body[: int(len(body) * share)] or None)
        return connection

    def _answered(self, connection):
        try:
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        for cookie in response.headers.get_all("Set-Cookie", ()):
            self.cookies.load(cookie)
        return Answer(response.status, response.getheader("Location", ""), text)


class Officer(Person):
    """Answers for one recommendation, and remembers what was acknowledged: drafts, and each file by its title."""

    def __init__(self, site, number):
        super().__init__(site, f"officer.{number:02}@thornbury.example")
        self.reference = f"R{number:02}"
        self.page = f"{MONTH}/{self.reference}/"
        self.notes = self.last_note = self.saves = self.submits = 0
        self.files, self.saved_at = [], []

    def save(self, padding=""):
        """Save a draft with the next note; return the answer."""
        self.notes += 1
        text = f"Two teams were trained: note {self.notes}.\nA third follows. {padding}".strip()
        page = self.ask(self.page)
        if page.status != 200:
            return page
        answer = self.ask(self.page, page.hidden() | {"rating": "amber", "progress": text, "next": "return"})
        if answer.is_taken:
            self.last_note, self.saves = self.notes, self.saves + 1
            self.saved_at.append(monotonic())
        elif answer.status not in (NONE, 302) and not answer.holds(text):
            self.site.forgotten.append(f"{self.reference}: note {self.notes}, answered {answer.status}")
        return answer

    def hand_in(self):
        """Submit the update, which is taken back first where it was submitted; return the answer."""
        page = self.ask(self.page)
        if "take-back/" in page.text:
            self.ask(f"{self.page}take-back/", page.hidden())
        answer = self.post(f"{self.page}check/")
        if answer.is_taken:
            self.submits += 1
            self.saved_at.append(monotonic())
        return answer

    @property
    def acknowledged(self):
        return self.saves + self.submits + len(self.files)

    def add(self, title, content=b"month,rate\n"):
        """Add a file as evidence; return the answer."""
        fields = {"title": title, "kind": "quantitative"}
        answer = self.post(f"{self.page}evidence/", ("file.csv", content), **fields)
        if answer.is_taken:
            self.files.append(title)
            self.saved_at.append(monotonic())
        return answer

    def send_part(self, content, share):
        """Begin to add a file, send that share of it, and return the connection."""
        page = self.ask(f"{self.page}evidence/")
        fields = page.hidden() | {"title": "A part", "kind": "quantitative"}
        return self.send(f"{self.page}evidence/", fields, ("file.csv", content), share)

    def download(self, title):
        page = self.ask(f"{self.page}evidence/")
        return self.ask(re.search(rf'href="([^"]+/evidence/\d+/)"[^>]*>\s*{title}', page.text)[1])

    def lost(self, found):
        """Yield what was acknowledged and does not stand in what was `found` in the database."""
        stands = found["updates"][self.reference]
        if self.note_in(found) < self.last_note:
            yield f"{self.reference}: note {self.last_note}, where {stands['text']!r} stands"
        for what, count in (("update.saved", self.saves), ("update.submitted", self.submits)):
            if stands.get(what, 0) < count:
                yield f"{self.reference}: {count} times {what}, of which {stands.get(what, 0)} stand"
        for title in self.files:
            if title not in stands["files"]:
                yield f"{self.reference}: the file {title}"
        if "A part" in stands["files"]:
            yield f"{self.reference}: the rest of a file that was kept by half"

    def note_in(self, found):
        """Return the number of the note that stands in what was `found` in the database."""
        said = re.search(r"note (\d+)", found["updates"][self.reference]["text"])
        return int(said[1]) if said else 0


class Load:
    """Officers who `write`, each in a thread, again and again until the block ends."""

    def __init__(self, officers, write, pause):
        self.officers, self.write, self.pause, self.enough = officers, write, pause, threading.Event()

    def run(self, officer):
        while not self.enough.is_set():
            is_taken = self.write(officer).is_taken
            # A person reads what is said before trying again.
            self.enough.wait(self.pause if is_taken else 0.2)

    def wait_until(self, is_so, within=60):
        """Wait until `is_so` returns something true, and return it; None where it did not in time."""
        end = monotonic() + within
        while not (found := is_so()) and monotonic() < end:
            self.enough.wait(0.02)
        return found or None

    def back_after(self, moment):
        """Wait until every officer has saved again; return how long it was until one had and nobody was refused."""
        saved = self.wait_until(lambda: self._first_saves(moment))
        assert saved, "somebody could save no more"
        return max(min(saved), *self.officers[0].site.refused_at, moment) - moment

    def _first_saves(self, moment):
        """Return when each officer first saved after `moment`; nothing while one has still to."""
        firsts = [next((at for at in tuple(officer.saved_at) if at > moment), None) for officer in self.officers]
        return None if None in firsts else firsts


@contextmanager
def load(officers, write=Officer.save, pause=0):
    made = Load(officers, write, pause)
    threads = [threading.Thread(target=made.run, args=(officer,)) for officer in officers]
    for thread in threads:
        thread.start()
    try:
        yield made
    finally:
        made.enough.set()
        for thread in threads:
            thread.join()
