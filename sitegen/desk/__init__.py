"""What helps at the editor: a new book, and later notes, entries and imports."""
