"""`kayoi import`: contacts as business-card services and address books export them → notes, never doubled.

`source` reads a file into contacts, `planning` sees what they come to in a book, `carrying` does it.
"""
