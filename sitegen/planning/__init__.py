"""What must be made anew, and why: the cells that changed since the last build, and what was made from them."""
