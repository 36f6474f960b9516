"""Every text that a page shows is made long for the tests that look at pages, whichever field was added last."""

from plans.models import Plan
from tests import long_words


def test_every_text_that_a_page_shows_is_a_long_word(thornbury):
    texts = {(model.__name__, name) for model in long_words.shown() for name in long_words.words_of(model)}
    long_words.settle(Plan.objects.get())
    left = texts - long_words.put_everywhere()
    # The state that nothing of its kind is in: withheld without a paper, or removed.
    assert {name for _, name in left} == {"removed_because", "restricted_because"}
