"""The newsroom: the built-in site server, search, the staff's pages."""
