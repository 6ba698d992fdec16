"""Headings: whether a short headline names a story, or heads a kind of copy that comes every day.

"Norland PM resigns" is one story's; "Sports briefs" is every day's, and "Weather" may stand above
two reports within the hour. A long headline that two items share names their story by its length; a
short one does so if it has words that tell. The lists are made by hand: a headline that they leave
out chains nothing that its agency has not marked, and one that they name wrongly is shown twice.
"""

from __future__ import annotations

import re

from wirecopy.story.pairs import spaceless_runs
from wirecopy.story.prose import word_set

_TELLING_WORDS = 3
"""Telling words that a headline needs: "Fatal crash" heads two reports in an afternoon."""
_TELLING_SIGNS = 8
"""Signs that stand for them in scripts without spaces, where names of columns have six or seven."""

_WORD = re.compile(r"[^\W\d_]+")
_FORM = word_set(
    """brief briefs summary roundup digest glance bulletin headlines newsletter listings fixtures
    standings results scoreboard notices obituary obituaries horoscope crossword quiz agenda
    calendar diary schedule planner daybook almanac lottery briefing advisory forecast forecasts
    kurznachrichten kurzmeldungen kürze überblick übersicht nachrichtenüberblick wetterbericht
    wettervorhersage lottozahlen ergebnisse tabellen termine terminkalender vorschau tagesvorschau
    presseschau nachruf nachrufe horoskop börsenbericht zusammenfassung
    brèves dépêches résumé sommaire résultats éphéméride éphémérides prévisions nécrologie titres
    breves resumen titulares resultados horóscopo efemérides obituario pronóstico cartelera"""
)
"""What begins or ends the name of a column: it heads other news each time."""
_VAGUE = _FORM | word_set(
    """the an and or of at in on to for from by with as is are was after over under up out off into
    its his her their this that no not new more
    news weather sport sports market markets business economy financial finance money stock stocks
    share shares bond bonds price prices rate rates exchange currency currencies wall street close
    closing opening world national international global local regional domestic foreign general
    asian european american african asia europe africa america politics political entertainment
    showbiz arts culture lifestyle health science technology tech travel education
    football soccer cricket tennis basketball baseball hockey rugby golf racing boxing athletics
    league cup match matches game games score scores table tables draw
    report reports story stories item items list lists index data figures chart charts numbers
    photo photos picture pictures video videos gallery quote quotes fact facts note notes notice
    editor editors eds desk update updates updated correction corrections corrected clarification
    urgent alert alerts flash breaking developing live latest top main lead leads special feature
    today tonight tomorrow yesterday morning afternoon evening night noon midday day days week month
    year hour daily weekly monthly hourly annual tv television radio press media preview review
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december
    der die das den dem des ein eine einer und oder von vom zu zum zur im am auf für mit bei nach
    über aus um nicht neue neuer neues
    nachrichten meldungen meldung wetter börse börsen aktien kurse devisen märkte markt wirtschaft
    politik kultur wissen panorama vermischtes gemeldet kurz tag tages heute morgen abend woche
    bericht berichte bild bilder korrektur berichtigung aktuell aktuelles eilmeldung fußball
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    le la les un une du et ou au aux dans sur pour par avec après est
    actualité actualités infos info nouvelles météo bourse bourses marchés marché économie politique
    monde sports culture point revue presse jour jours matin soir semaine heure minute dernière
    dernières rectificatif correction lundi mardi mercredi jeudi vendredi samedi dimanche
    el los las una del al en con por para sobre tras es
    noticias noticia tiempo deporte deportes mercado mercados bolsa bolsas economía política mundo
    última últimas hora día días mañana tarde noche semana prensa corrección fútbol
    lunes martes miércoles jueves viernes sábado domingo"""
)
"""What tells no story from another: small words, the desks' subjects, days, names of kinds."""


def is_telling(headline: str) -> bool:
    """Whether a headline names one story, however short it is."""
    if runs := spaceless_runs(headline):
        return sum(map(len, runs)) >= _TELLING_SIGNS
    words = [word for word in _WORD.findall(headline.casefold()) if len(word) > 1]
    told = [word for word in words if word not in _VAGUE]
    named = [word for word in words if word in _FORM or word not in _VAGUE]
    if not named or named[0] in _FORM or named[-1] in _FORM:
        return False
    return len(told) >= _TELLING_WORDS
