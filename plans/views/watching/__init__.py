"""The pages of saved filters and of the watch list."""
