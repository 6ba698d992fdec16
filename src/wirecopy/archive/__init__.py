"""The archive: stories, items, topics, history, search and marks; derived from the log."""
