"""Texts that are cut where there is no room for all of them: between two words, never inside one."""


def cut(text: str, longest: int) -> str:
    """Return `text` in at most `longest` letters; what is left out is shown by “…”, after a whole word if there is one.

    For example, cut("the quality of referrals that", 20) is "the quality of…".
    """
    if len(text) <= longest:
        return text
    return f"{text[:longest].rpartition(' ')[0].rstrip(' ,;:.–-') or text[: longest - 1]}…"
