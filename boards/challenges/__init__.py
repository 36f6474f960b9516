"""The challenge log: a member's question, the answer of the post responsible, and what came of it."""

from boards.challenges.questions import CONCLUDED, answer, ask, assign, conclude, posts_of, require_post_of

__all__ = ["CONCLUDED", "answer", "ask", "assign", "conclude", "posts_of", "require_post_of"]
