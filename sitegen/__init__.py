"""Kayoi: client notes in Markdown become a site of due lists and relationship histories."""

__version__ = "0.1.0"
