"""The desk: what its rules say of an item, and which state a story is in. Pure."""
