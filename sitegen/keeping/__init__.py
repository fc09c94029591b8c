"""What was found out once and need not be found out again: records on disk, and what each page was made from."""
