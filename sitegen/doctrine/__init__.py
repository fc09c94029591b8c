"""The rules of the two articles: one rule, one file. Knows no templates and no files."""
