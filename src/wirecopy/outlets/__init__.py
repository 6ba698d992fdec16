"""Ways out: where finished pages go."""
