"""Topics read from copy that nobody here wrote: real wires, beside the repository.

What is right was judged by a person, name by name, from the text and from the union of what
several versions of the reader had found (pooling); of a list of a hundred towns or players none
was wanted. The wire's own subjects and keywords are taken away first.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from tests.quality.measures import Score, overlap
from tests.quality.report import Table, number

from wirecopy.config import parse
from wirecopy.model import Delivery, Item
from wirecopy.reading import read_delivery
from wirecopy.story.copyfit import text_of
from wirecopy.story.topics import topics_of

SAMPLES = next(
    (
        each / "shared/samples"
        for each in Path(__file__).parents
        if (each / "shared/samples").is_dir()
    ),
    Path("shared/samples"),
)
_CONFIG = parse(
    '[site]\nname = "T"\nurl = "https://t.example"\n[[sources]]\nname = "w"\nagency = "W"\n', {}
)

RIGHT: dict[str, str] = {
    "anpa1312/anpa-1.tst": "Argentina, Daiana Castro",
    "anpa1312/anpa-3.tst": "",
    "anpa1312/ap_anpa-1.tst": (
        "Miami Heat, Atlanta Hawks, Luol Deng, Josh McRoberts, Dwyane Wade, Chris Bosh, Jeff Teague"
    ),
    "anpa1312/ap_anpa-4.tst": "China, Chen Guiqiu, Xie Yang, Thailand, Bangkok, U.S. Embassy",
    "anpa1312/ap_anpa-7.tst": "Brexit, Trump, Hong Kong",
    "iptc7901/IPTC7901.txt": "Angela Merkel, Social Democrats, Germany, Christian Democratic Union",
    "iptc7901/dpa_four_line.txt": (
        "United Nations, Switzerland, Global Compact, Maria Fernanda Espinosa"
    ),
    "iptc7901/dpa_two_line.txt": "Jim Mattis, Yemen, Sweden, United States",
    "iptc7901/kyodo.txt": (
        "Urawa Reds, Vegalta Sendai, Emperor's Cup, Saitama Stadium, Tomoya Ugajin, J-League"
    ),
    "newsml-g2/0b78.xml": "Arrow Exploration Corp, TSX Venture Exchange, Colombia",
    "newsml-g2/202006097942547-en.newsml": "Auxly Cannabis Group, TSX Venture Exchange",
    "newsml-g2/ansa-newsmlg2-text.xml": "Angelino Alfano, Catalonia",
    "newsml-g2/dpa.xml": (
        "Eintracht Frankfurt, Tottenham Hotspur, Champions League, Kevin Trapp, London, "
        "Makoto Hasebe"
    ),
    "newsml-g2/item.xml": "Napoli, Luigi de Magistris, Poppella, Rione Sanità",
    "newsml-g2/ntb_newsml_g2.xml": "Nutrisystem Inc, Zacks Investment Research, Wall Street",
    "newsml-g2/reuters_byline_startswith_by.xml": (
        "William H. Macy, Hollywood, Los Angeles, SAG Awards, Time's Up"
    ),
    "newsml-g2/reuters_no_byline.xml": (
        "Asia, Alphabet Inc, Amazon, Wall St, Japan, Shanghai, Wall Street"
    ),
    "newsml-g2/scoop.xml": (
        "Dick Smith, Don Grover, Nick Abboud, Dick Smith Holdings, Anchorage Capital Partners, "
        "Australia"
    ),
    "newsml-g2/semantics.xml": "Francis, Pope Francis",
    "newsml-g2/tag_reuters.com_0000_newsml_L4N1FL0N0_1132689232": (
        "Donald Trump, U.S. Fed, U.S. Federal Reserve, United States"
    ),
    "newsml-g2/text.xml": "Benitez",
    "newsml-g2/tt_newsml_test.xml": (
        "Poland, European Union, Frans Timmermans, Cecilia Malmström, Ann Linde"
    ),
    "newsml1/afp.xml": "Saab, National Electric Vehicle Sweden, Sweden, China",
    "newsml1/afp_no_headline.xml": (
        "North Korea, Burkina Faso, United Nations, Pyongyang, United States"
    ),
    "newsml1/ana1.xml": "Greece",
    "newsml1/efe_belga.xml": "India, Chandigarh, Roshan Sunkaria",
    "newsml1/kyodo_newsml_1_2_belga.xml": (
        "Li Peng, China, Tiananmen Square, Beijing, Communist Party of China"
    ),
    "ninjs/ninjs2.json": "OPEC, Brent, United States, Libya, West Texas Intermediate",
    "ninjs/ninjsExSimpleText1.json": (
        "Italy, Costa Concordia, Tuscany, Francesco Schettino, Giglio, Domenico Pepe"
    ),
    "ninjs/ntbttninjs.json": "Olof Mellberg, Mamudu Moro, Helsingborgs IF, Mjällby",
    "nitf/aap.xml": "ABC TV, Bells Line of Road, RFS, New South Wales, State Mine Fire",
    "nitf/ap-nitf.xml": (
        "United States, Rudi Roeslein, University of California, California, European Union"
    ),
    "nitf/nitf_test.xml": "Copenhagen, Hvidovre",
    "nitf/pa2.xml": "Mexico, Panama",
    "vendor-json/reutersapi_item.json": "Lojane, Football Association, Liverpool",
    "vendor-xml/ritzau_2.xml": "Charlotte Wiin Havsteen, Danmarks Tekniske Universitet",
    "vendor-xml/solita_2.xml": "Torbjørn Røe Isaksen",
}
"""File -> the topics that a desk would give its first story, or let stand, from the text alone."""


def scores() -> dict[str, Score]:
    """What the product finds, and what half a gazetteer finds; nothing without the samples."""
    rows = [(name, {r for r in right.split(", ") if r}) for name, right in RIGHT.items()]
    rows = [(name, right) for name, right in rows if (SAMPLES / name).exists()]
    if not rows:
        return {}
    half = sorted({each for _, right in rows for each in right})[::2]
    items = {name: _bare(name) for name, _ in rows}
    texts = {name: f"{item.headline}\n{text_of(item)}" for name, item in items.items()}
    return {
        "wirecopy": overlap(
            (_folded(topic.name for topic in topics_of(items[name])), _folded(right))
            for name, right in rows
        ),
        "gazetteer with half of all names": overlap(
            (_folded(each for each in half if each in texts[name]), _folded(right))
            for name, right in rows
        ),
    }


def _folded(names: Iterable[str]) -> set[str]:
    return {name.casefold() for name in names}


def _bare(name: str) -> Item:
    """The first story of a file without what the wire says of its subjects."""
    delivery = Delivery(source="w", body=(SAMPLES / name).read_bytes(), name=name)
    galley = read_delivery(delivery, datetime(2026, 1, 5, tzinfo=UTC), _CONFIG)
    return msgspec.structs.replace(galley.sheets[0].item, subjects=(), keywords=(), places=())


def measure() -> Table:
    """The table of the report; without rows where the samples are not there."""
    return Table(
        title="Topics of copy that nobody here wrote",
        columns=("who", "precision", "recall", "F1"),
        rows=tuple(
            (who, number(found.precision), number(found.recall), number(found.f1))
            for who, found in scores().items()
        ),
        note=f"{len(RIGHT)} real stories of a dozen agencies in seven languages, from the text "
        "alone, judged by one person over the union of what several versions found: recall is an "
        "upper bound.",
    )
