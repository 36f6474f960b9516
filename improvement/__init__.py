# The version, as in pyproject.toml and CHANGELOG.md; a backup names it.
__version__ = "0.2.0"
