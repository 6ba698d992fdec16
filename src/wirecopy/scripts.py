"""Scripts: which are written without spaces, so that words are not to be told by them."""

from __future__ import annotations

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
"""The signs of Thai, Lao, Burmese, Khmer, Japanese and Chinese, for a class of a pattern."""
