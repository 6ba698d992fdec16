"""The newsroom: the built-in site server, search, the doors for programs."""
