"""Wire copy in, finished news pages out."""

__version__ = "0.1.0"
