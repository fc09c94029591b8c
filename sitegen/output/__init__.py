"""The disk: what is written, what is pruned, and what is never touched."""
