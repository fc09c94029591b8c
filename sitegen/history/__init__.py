"""What git remembers of the notes: commits → who moved which relationship when."""
