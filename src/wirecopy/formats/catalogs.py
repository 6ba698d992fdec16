"""Which scheme an alias of a QCode stands for, known without asking anyone.

The aliases are those of the IPTC's standard catalog (edition 41); a document's own inline catalog
comes on top of them. Remote catalogs are never fetched.
"""

from __future__ import annotations

from collections.abc import Mapping

_CV = "http://cv.iptc.org/newscodes/"
_CVX = "http://cvx.iptc.org/"

_NEWSCODES = {
    "acdc": "audiocodec",
    "altidrole": "altidrole",
    "aoprop": "aoproperty",
    "app": "application",
    "catinat": "catinature",
    "cinat": "cinature",
    "colin": "colourindicator",
    "conf": "confidence",
    "cpnat": "cpnature",
    "cpprole": "contentprodpartyrole",
    "crel": "conceptrelation",
    "crol": "contributorrole",
    "ctrol": "contributorrole",
    "cwarn": "contentwarning",
    "digsrctype": "digitalsourcetype",
    "drol": "descriptionrole",
    "edconf": "eventdateconfirm",
    "ednoterole": "ednoterole",
    "eocstat": "eventoccurstatus",
    "erol": "edrole",
    "frmt": "format",
    "genre": "genre",
    "hopaction": "hopaction",
    "impt": "importance",
    "irel": "itemrelation",
    "irep": "itemrepresentation",
    "isrol": "infosourcerole",
    "lrol": "languagerole",
    "loctyp": "location",
    "medtop": "mediatopic",
    "mtyp": "mediatype",
    "ncostat": "newscoveragestatus",
    "ninat": "ninature",
    "nityp": "newsitemtype",
    "nmsig": "newsmsgsignal",
    "nprod": "newsproduct",
    "nprov": "newsprovider",
    "nprt": "namepart",
    "nrol": "namerole",
    "oito": "ofinterestto",
    "pgrmod": "pkggroupmode",
    "plinat": "plinature",
    "prio": "priority",
    "prodgenre": "productgenre",
    "prov": "provider",
    "pst1": "status1",
    "rel": "relevance",
    "riaspect": "riaspect",
    "rightsprop": "rightsproperty",
    "riscope": "riscope",
    "rnd": "rendition",
    "role1": "role1",
    "scn": "scene",
    "sig": "signal",
    "squ": "subjectqualifier",
    "stat": "pubstatusg2",
    "subj": "subjectcode",
    "tone": "tone",
    "tpctyp": "topictype",
    "trustindicator": "trustindicator",
    "urgy": "urgency",
    "why": "whypresent",
    "wldreg": "worldregion",
}
_OTHER_CODES = {
    "a1312cat": "anpa1312-category",
    "a1312prio": "anpa1312-priority",
    "a1312svc": "anpa1312-servicelevel",
    "a1312vers": "anpa1312-version",
    "bcp47": "bcp47",
    "cusip": "cusip",
    "figi": "figi",
    "gics": "gics",
    "isin": "isin",
    "iso3166-1a2": "iso3166-1a2",
    "iso3166-1a3": "iso3166-1a3",
    "iso3166-2": "iso3166-2",
    "iso4217a": "iso4217a",
    "iso4217n": "iso4217n",
    "mic": "iso10383-mic",
    "secst": "secst",
    "sedol": "sedol",
    "ticker": "ticker",
    "tidm": "tidm",
}
_ELSEWHERE = {
    "dbpedia": "http://dbpedia.org/resource/",
    "geonames": "http://sws.geonames.org/",
    "wikidata": "http://www.wikidata.org/entity/",
}

_SCHEMES: Mapping[str, str] = (
    {alias: f"{_CV}{name}/" for alias, name in _NEWSCODES.items()}
    | {alias: f"{_CVX}{name}/" for alias, name in _OTHER_CODES.items()}
    | _ELSEWHERE
)
"""Alias to scheme URI; a scheme URI ends in a slash."""

_ALIASES = {uri: alias for alias, uri in _SCHEMES.items()}


def resolve(qcode: str, local: Mapping[str, str] = _SCHEMES) -> tuple[str, str]:
    """Scheme URI and code of a QCode ("medtop:04000000"), by a document's aliases, then ours.

    The scheme is the bare alias where no catalog knows it, "" where the value has no colon.
    """
    alias, colon, code = qcode.strip().partition(":")
    if not colon:
        return "", alias
    return local.get(alias) or _SCHEMES.get(alias, alias), code


def split(uri: str) -> tuple[str, str]:
    """Scheme URI and code of a concept URI; ("", uri) where it belongs to no known scheme."""
    cut = max(uri.rfind("/"), uri.rfind("#")) + 1
    scheme = uri[:cut].replace("https://cv", "http://cv", 1)
    return (scheme, uri[cut:]) if scheme in _ALIASES else ("", uri)


def short(scheme: str, code: str) -> str:
    """The QCode of a scheme URI and a code under the IPTC's alias, else `code` as it is."""
    alias = _ALIASES.get(scheme)
    if alias:
        return f"{alias}:{code}"
    return f"{scheme}:{code}" if scheme and "/" not in scheme else code
