"""Other names of a story: what stays the same when its guid or its address changes.

A new headline often gives a story a new slug, and where the guid is the permalink, a new guid too.
What does not change then is the number in the address, or its path, or its id in the query. An
alias is given only where it is strong: where two items of one source that bear it are one story.

    id:KEY       the item's own id, scheme and last slash taken off (never a hash of its content)
    url:ADDRESS  the page's address without what only tells readers apart: tracking, AMP, mobile
    path:PATH    the same without its host, for agencies that move; only with a date or a number
    no:PLACE~N   the folder and the number (or hash) that the agency gave the page, without the slug

Weak, and so never given: home pages, sections, addresses without a date, number or long slug, ids
that are series (ISSN, ISBN), numbers that may be dates or sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from wirecopy.model import Item
from wirecopy.story.identity import normal_key

_MAX_ADDRESS = 2000
"""Longest address, in characters, that is looked at; longer ones carry what no story needs."""
_WEB = re.compile(r"https?://", re.IGNORECASE)
_TRACKING = re.compile(
    r"(?:utm|at|mc|ns|pk|piwik|mtm|hsa|trk|oly|vero|wt|xt|ito|icid|cmp|campaign)_\w+|[dgy]clid|fbclid"
    r"|gclsrc|msclkid|twclid|igshid|igsh|wbraid|gbraid|yclid|_ga|_gl|_hsenc|_hsmi|mkt_tok|xtor"
    r"|icid|ocid|cmpid|cmp|ncid|smid|sref|partner|campaign|cn-track|traffic_source|spm|tracking"
    r"|guccounter|guce_\w+|phpsessid|jsessionid|sessionid|sid|amp|outputtype|mobile|print"
    r"|share|shared|feedtype|feedname|rss|rssfeed|syndication",
    re.IGNORECASE,
)
"""Parameters that tell readers or ways apart, never stories."""
_WAYS = {"ref", "ref_src", "source", "src", "from", "via", "output", "format", "view"}
_WAY = re.compile(
    r"(?:rss|feed|atom|twitter|facebook|fb|tw|newsletter|mail|email|app|web|social|amp|amphtml"
    r"|mobile|print|html|syndication|partner|homepage|home)(?:[_.-].*)?",
    re.IGNORECASE,
)
"""Parameters that may mean more, and the values with which they name a way."""
_DOORS = re.compile(r"(?:(?:www\d?|m|mobile|mobil|amp|touch|wap)\.)+(?=[^.]+\.)")
_AMP = re.compile(r"(?:/amp|/amphtml|\.amp|\.amp\.html?|/index\.(?:html?|php)|/default\.aspx?)/?$")
_AMP_FOLDER = re.compile(r"^/amp(?:/s)?(?=/)")
_FILE = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|article|story|amp)$", re.IGNORECASE)
_NO_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|m3u8|pdf|xml|rss|json)$", re.IGNORECASE
)
_SHARED = re.compile(
    r"/(?:live|liveblogs?|liveticker|ticker|topics?|tags?|authors?|profiles?|categor(?:y|ies)"
    r"|sections?|series|hubs?|search|themen?|rubriken?|temas?|sujets?|dossiers?)/",
    re.IGNORECASE,
)
"""Folders of pages that many stories point to, such as the page of a live report."""
_NUMBER = re.compile(r"(?:^|[-_,.])([a-z]{0,2}\d{6,18})$|^(\d{6,18})(?=[-_,.][^\d])", re.IGNORECASE)
_HASH = re.compile(
    r"(?:^|[-_,.])([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{16,64})$", re.IGNORECASE
)
_WHOLE = re.compile(
    r"(.*/(?:news|news-?story|articles?|stor(?:y|ies)|items?|posts?|docs?|documents?|node|id|artike?l"
    r"|noticias?|notizi[ae]|actualites?|beitrag|nieuws)/)([a-z]{0,2}\d{6,18})/",
    re.IGNORECASE,
)
"""A number that is a folder, behind a word that says whose number it is."""
_DATED = re.compile(r"/(?:19|20)\d\d(?:[/-]\d{1,2}){1,2}[/-].*[^\W\d]|/(?:19|20)\d{6}/.*[^\W\d]")
_ID_KEYS = re.compile(
    r"(?:id|p|aid|nid|sid_|docid|guid|uuid|(?:story|article|news|content|item|post|doc|art)_?id)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"urn:(?:uuid|newsml|guid):|tag:", re.IGNORECASE)
"""How ids beside the item's own have to begin, to be ids of one story and not of a series."""


def aliases_of(item: Item) -> tuple[str, ...]:
    """The strong aliases of an item, strongest first; empty where it has none.

    Two items of one source that share one of them are one story. Across sources they say nothing.
    """
    own = item.item_id.strip()
    found = [f"id:{normal_key(own)}"] if own and item.id_from == "id" and not _is_weak(own) else []
    for address in dict.fromkeys((own, item.url, *item.alt_ids)):
        if _WEB.match(address) and len(address) <= _MAX_ADDRESS:
            found += _of_address(address)
    found += (f"id:{normal_key(name)}" for name in item.alt_ids if _NAMED.match(name))
    return tuple(dict.fromkeys(found))


def canonical(address: str) -> str:
    """An address without scheme, tracking, AMP and mobile doors; "" for what is no web address."""
    return "".join(_parts(address)) if _WEB.match(address.strip()) else ""


@lru_cache(maxsize=4096)
def _of_address(address: str) -> tuple[str, ...]:
    return tuple(_names(*_parts(address)))


def _names(host: str, path: str, query: str) -> Iterator[str]:
    """The aliases that one address gives."""
    if not host or _NO_PAGE.search(path) or _SHARED.search(path):
        return
    number = _number(path)
    dated = _DATED.search(path) is not None
    if number or dated or _has_id(query) or _is_slug(path):
        yield f"url:{host}{path}{query}"
    if number or (dated and _is_slug(path)):
        yield f"path:{path}{query}"
    if number and not query:
        yield f"no:{host}{number}"


def _is_weak(own: str) -> bool:
    """Whether an id may be that of a page or a series and not that of a story."""
    if own.lower().startswith(("urn:issn:", "urn:isbn:")):
        return True
    return bool(_WEB.match(own)) and _parts(own)[1:] in (("", ""), ("/", ""))


def _parts(address: str) -> tuple[str, str, str]:
    """Host, path and query of an address, each without what does not tell stories apart."""
    try:
        split = urlsplit(address.strip())
        host = _DOORS.sub("", (split.hostname or "").lower())
        port = f":{split.port}" if split.port not in (None, 80, 443) else ""
    except ValueError:
        return "", "", ""
    path = unquote(split.path)
    path = _AMP.sub("", _AMP_FOLDER.sub("", path)).rstrip("/")
    pairs = [(key, value) for key, value in parse_qsl(split.query) if _tells(key, value)]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return f"{host}{port}", path, query


def _tells(key: str, value: str) -> bool:
    """Whether a parameter may tell one story from another."""
    if _TRACKING.fullmatch(key):
        return False
    return not (key.lower() in _WAYS and _WAY.fullmatch(value))


def _has_id(query: str) -> bool:
    """Whether one of the parameters is an id with a digit in it."""
    pairs = parse_qsl(query.removeprefix("?"))
    return any(_ID_KEYS.fullmatch(key) and re.search(r"\d", value) for key, value in pairs)


def _is_slug(path: str) -> bool:
    """Whether the last part of a path is the words of a headline."""
    words = _FILE.sub("", path.rpartition("/")[2])
    return len(re.findall(r"[^\W_]+", words)) >= 4


def _number(path: str) -> str:
    """The folder and the number of a page as "/folder~123456", "" where it has no certain one."""
    segments = path.split("/")
    last = _FILE.sub("", segments[-1])
    found = _HASH.search(last) or _NUMBER.search(last)
    if found:
        number = next(filter(None, found.groups()), "")
        return f"{'/'.join(segments[:-1])}~{number}" if _is_certain(number) else ""
    folder = _WHOLE.match(path)
    return f"{folder[1]}~{folder[2]}" if folder and _is_certain(folder[2]) else ""


def _is_certain(number: str) -> bool:
    """Whether digits are an id: no date in any order, and no round sum."""
    digits = re.sub(r"[^0-9]", "", number)
    if digits != number:
        return True
    if digits.endswith("000"):
        return False
    return not (
        (len(digits) == 6 and _is_day(digits))
        or (len(digits) in (8, 10, 12, 14) and _is_day(digits[:8]))
    )


def _is_day(digits: str) -> bool:
    """Whether six or eight digits can be a day: year first or last, day or month before it."""
    century = len(digits) == 8
    orders = (
        ((digits[:4], digits[4:6], digits[6:]), (digits[4:], digits[2:4], digits[:2]))
        if century
        else ((digits[:2], digits[2:4], digits[4:]), (digits[4:], digits[2:4], digits[:2]))
    )
    for year, first, second in orders:
        if century and not 1900 <= int(year) < 2100:
            continue
        one, two = int(first), int(second)
        if (1 <= one <= 12 and 1 <= two <= 31) or (1 <= two <= 12 and 1 <= one <= 31):
            return True
    return False
