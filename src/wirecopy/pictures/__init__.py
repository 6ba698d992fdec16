"""Pictures of our own: fetched once, verified, cut to size in a child process, kept by content."""
