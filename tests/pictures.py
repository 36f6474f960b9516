"""Takes the pictures of the README from the demonstration, while `make run` serves it: `make pictures`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from improvement.settings import DEMONSTRATION_PASSWORD

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")

FOLDER = Path("docs/pictures")
LARGEST = 150_000  # bytes
# Each with who looks at it, where they begin, the link that they follow from there, and what stands at its top.
PICTURES = {
    "dashboard": ("board-member@leeds.example", "/boards/leeds/2011-11/", None, "h1"),
    "update-form": ("lead-officer-safeguarding@leeds.example", "/my/updates/", "main a[href*='/2011-12/R']", "h1"),
}


def main(address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, (email, path, link, top) in PICTURES.items():
            page = browser.new_context(viewport={"width": 1280, "height": 680}).new_page()
            page.goto(f"http://{address}{path}")
            page.get_by_label("Your e-mail address").fill(email)
            page.get_by_label("Your password").fill(DEMONSTRATION_PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(f"**{path}")
            if link:
                page.locator(link).first.click()
            page.locator(top).first.evaluate("element => element.scrollIntoView()")
            size = len(page.screenshot(path=FOLDER / f"{name}.png"))
            if size > LARGEST:
                sys.exit(f"{name}.png has {size} bytes, and {LARGEST} are the most.")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
