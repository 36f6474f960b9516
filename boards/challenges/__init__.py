"""The challenge log: a member's question, its answer and its conclusion."""

from boards.challenges.questions import answer, ask, assign, conclude, posts_of, require_post_of
