"""Search from disk: an index of names, full text by word, and a text file a client for the lines shown.

Python writes what `templates/assets/search.js` reads: both fold and cut text by the same rules
(`tests/site/search_cases.yml` holds both to them).
"""
