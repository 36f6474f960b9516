"""The pack of a meeting: its cover sheet is written, and the pack kept as it is handed out."""

from boards.packs.chosen import choose
from boards.packs.making import (
    keep,
    news,
    remove,
    removing,
    write_cover,
)
from boards.packs.ordered import make, make_due, order, release
