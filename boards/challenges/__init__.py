"""The challenge log: a member's question, its answer and its conclusion."""

from boards.challenges.questions import CONCLUDED, answer, ask, assign, conclude, posts_of, require_post_of

__all__ = ["CONCLUDED", "answer", "ask", "assign", "conclude", "posts_of", "require_post_of"]
