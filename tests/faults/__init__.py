"""What the site does when something underneath it breaks: `make faults` (tests.faults.__main__)."""
