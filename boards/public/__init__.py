"""The page of a Board that everyone can read without an account; off until the programme office switches it on."""

from boards.public.switching import switch
