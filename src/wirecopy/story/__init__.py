"""What a story is: identity, versions, the agency's text made ready, topics, related stories."""
