"""Facts → views → pages: the list of every output and how it is rendered."""
