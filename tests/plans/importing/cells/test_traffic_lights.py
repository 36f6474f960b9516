import pytest

from plans.importing.cells import traffic_lights

COLOURS = {
    "FF0000": "red",
    "C00000": "red",
    "FFC7CE": "red",
    "FFC000": "amber",
    "FFFF00": "amber",
    "ED7D31": "amber",
    "00B050": "green",
    "00FACF": "green",
    "C6EFCE": "green",
    "0070C0": "blue",
    "7030A0": "purple",
    "D9D9D9": "grey",
    "ECECEC": "grey",
    "EEEEEE": "",
    "FFFFFF": "",
    "F2F2F2": "",
    "000000": "",
    "": "",
}


@pytest.mark.parametrize(("colour", "word"), COLOURS.items())
def test_a_colour_is_a_word(colour, word):
    assert traffic_lights.word(colour) == word


@pytest.mark.parametrize("text", ["R", "amber", "Green.", "A/G", "Amber / Green", "Complete", "B"])
def test_a_rating_is_known(text):
    assert traffic_lights.is_rating(text)


@pytest.mark.parametrize("text", ["", "In progress", "Red kites", "AG", "Rag"])
def test_other_words_are_no_rating(text):
    assert not traffic_lights.is_rating(text)
