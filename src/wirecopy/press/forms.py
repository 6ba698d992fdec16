"""What kind of text a story is, where readers must be told: opinion, analysis, satire and so on.

Agencies say so in a field or with a word in front of the headline, which is taken off it there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from wirecopy import model

_NAMES = {
    "opinion": "opinion comment commentary editorial oped column kommentar leitartikel tribune "
    "éditorial opinión columna opinione editoriale commento opinião",
    "analysis": "analysis analyse análisis analisi análise",
    "review": "review rezension kritik critique reseña recensione crítica",
    "satire": "satire sátira satira",
    "fact_check": "factcheck faktencheck verificación vérification",
    "press_release": "pressrelease pressemitteilung communiqué comunicado",
    "sponsored": "advertisersupplied advertorial sponsored sponsoredcontent advertisement",
}
_LABELS = {name: label for label, names in _NAMES.items() for name in names.split()}


_LONGEST = 60
"""Characters of a genre that may be one of these; what is longer is not kept in mind."""
PAID_FOR = frozenset({"press_release", "sponsored"})
"""Forms of text that those it is about have written or paid for."""


def label_of(item: model.Item) -> str:
    """The label above a headline ("opinion", "fact_check"), as the words call it; "" for news."""
    return label_in((item.genre, *(marker.genre for marker in item.markers)))


def label_in(genres: Iterable[str]) -> str:
    """The label that the first telling one of an agency's genres asks for, "" for none."""
    short = (genre for genre in genres if 0 < len(genre) <= _LONGEST)
    return next((label for genre in short if (label := _form_of(genre))), "")


def is_paid_for(teaser: model.Teaser) -> bool:
    """Whether those it is about have written the text, or paid for it."""
    return label_in(teaser.genres) in PAID_FOR


@lru_cache(maxsize=1024)
def _form_of(genre: str) -> str:
    """The form that a genre names in one of several languages, "" for every other genre."""
    return _LABELS.get(genre.casefold().replace(" ", "").replace("-", ""), "")
