import re
import textwrap
import tomllib
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from wirecopy.model import Marker
from wirecopy.story.markers import (
    FINAL,
    HOSTILE,
    TABLE,
    Action,
    Row,
    _whole,
    agency_key,
    even,
    find,
    in_line,
    in_note,
    opening,
)

ROOT = Path(__file__).resolve().parents[2]

T = "Ministers meet in Port Sel"

# agency, headline as sent, marker, action, ordinal
HEADLINES = [
    ("", f"BREAKING: {T}", "BREAKING", "flag", None),
    ("", f"Breaking News | {T}", "Breaking News", "flag", None),
    ("", f"DEVELOPING - {T}", "DEVELOPING", "flag", None),
    ("", f"WATCH LIVE: {T}", "WATCH LIVE", "flag", None),
    ("Reuters", f"EXCLUSIVE-{T}", "EXCLUSIVE", "flag", None),
    ("", f"Exclusive: {T}", "Exclusive", "flag", None),
    ("AFP", f"URGENT: {T}", "URGENT", "flag", None),
    ("Reuters", f"URGENT-{T}", "URGENT", "flag", None),
    ("Xinhua", f"Urgent: {T}", "Urgent", "flag", None),
    ("AFP", f"ALERT - {T}", "ALERT", "flag", None),
    ("PA", f"SNAP: {T}", "SNAP", "flag", None),
    ("Reuters", f"CORRECTED-{T}", "CORRECTED", "replace+correct", None),
    ("AP", f"Correction: {T}", "Correction", "replace+correct", None),
    ("AP", f"CORRECTIVE: {T}", "CORRECTIVE", "replace+correct", None),
    ("AP", f"Clarification: {T}", "Clarification", "replace+correct", None),
    ("Kyodo", f"CORRECTED: {T}", "CORRECTED", "replace+correct", None),
    ("Reuters", f"REFILE-{T}", "REFILE", "replace+silent", None),
    ("Reuters", f"RPT-{T}", "RPT", "ignore", None),
    ("", f"REPEAT: {T}", "REPEAT", "ignore", None),
    ("Reuters", f"UPDATE 2-{T}", "UPDATE 2", "replace", 2),
    ("Kyodo", f"UPDATE1: {T}", "UPDATE1", "replace", 1),
    ("Xinhua", f"Update 3: {T}", "Update 3", "replace", 3),
    ("Xinhua", f"Update: {T}", "Update", "replace", None),
    ("Kyodo", f"RECAST: {T}", "RECAST", "replace", None),
    ("Reuters", f"WRAPUP 4-{T}", "WRAPUP 4", "new-linked", 4),
    ("Reuters", f"STORY WITHDRAWN-{T}", "STORY WITHDRAWN", "withdraw", None),
    ("Reuters", f"WITHDRAWN-{T}", "WITHDRAWN", "withdraw", None),
    ("", f"WITHDRAWN-{T}", "WITHDRAWN", "withdraw", None),
    ("", f"KILL: {T}", "KILL", "withdraw", None),
    ("", f"MANDATORY KILL: {T}", "MANDATORY KILL", "withdraw", None),
    ("", f"RETRACTION: {T}", "RETRACTION", "withdraw", None),
    ("", f"DO NOT USE: {T}", "DO NOT USE", "withdraw", None),
    ("", f"HOLD FOR RELEASE: {T}", "HOLD FOR RELEASE", "hold", None),
    ("PA", f"ADVISORY: {T}", "ADVISORY", "internal", None),
    ("", f"PLANNER - {T}", "PLANNER", "internal", None),
    ("", "TEST TEST", "TEST TEST", "internal", None),
    ("", f"NOT FOR PUBLICATION: {T}", "NOT FOR PUBLICATION", "internal", None),
    ("AP", f"2nd Ld-Writethru: {T}", "2nd Ld-Writethru", "replace", 2),
    ("Xinhua", f"1st LD-Writethru: {T}", "1st LD-Writethru", "replace", 1),
    ("PTI", f"LEAD: {T}", "LEAD", "replace", 1),
    ("CP", f"WRITETHRU: {T}", "WRITETHRU", "replace", 1),
    ("AFP", f"2ND LEAD: {T}", "2ND LEAD", "replace", 2),
    ("IANS", f"{T} (2nd Ld)", "(2nd Ld)", "replace", 2),
    ("IANS", f"{T} (1st Lead)", "(1st Lead)", "replace", 1),
    ("IANS", f"{T} (Second Lead)", "(Second Lead)", "replace", 2),
    ("IANS", f"{T} (Ld)", "(Ld)", "replace", 1),
    ("IANS", f"{T} (LEAD)", "(LEAD)", "replace", 1),
    ("IANS", f"{T} (Roundup)", "(Roundup)", "new-linked", None),
    ("IANS", f"{T} (Curtain Raiser)", "(Curtain Raiser)", "new-linked", None),
    ("IANS", f"{T} (Correcting name)", "(Correcting name)", "replace+correct", None),
    ("", f"{T} (Update 2)", "(Update 2)", "replace", 2),
    ("Reuters", f"{T} (CORRECTED)", "(CORRECTED)", "replace+correct", None),
    ("dpa", f"{T} (Refile)", "(Refile)", "replace+silent", None),
    ("", f"{T} (RPT)", "(RPT)", "ignore", None),
    ("", f"{T} (URGENT)", "(URGENT)", "flag", None),
    ("AP", f"APNewsAlert: {T}", "APNewsAlert", "flag", None),
    ("CP", f"CP NewsAlert: {T}", "CP NewsAlert", "flag", None),
    ("Reuters", f"ANALYSIS-{T}", "ANALYSIS", "new-linked", None),
    ("Reuters", f"FACTBOX-{T}", "FACTBOX", "new-linked", None),
    ("Reuters", f"DIARY-{T}", "DIARY", "internal", None),
    ("Reuters", f"BRIEF-{T}", "BRIEF", "flag", None),
    ("Reuters", f"{T} =2", "=2", "append", 2),
    ("Reuters", f"{T} PART 3", "PART 3", "append", 3),
    ("AFP", f"WRAP: {T}", "WRAP", "new-linked", None),
    ("AFP", f"RECTIFICATIF: {T}", "RECTIFICATIF", "replace+correct", None),
    ("AFP", f"{T} =(CORR)", "=(CORR)", "replace+correct", None),
    ("AFP", f"ANNULATION: {T}", "ANNULATION", "withdraw", None),
    ("AFP", f"{T} (à annuler)", "(à annuler)", "withdraw", None),
    ("Belga", f"{T} (2)", "(2)", "replace", 2),
    ("Belga", f"{T} (3DER)", "(3DER)", "replace", FINAL),
    ("Belga", f"{T} (1LEAD)", "(1LEAD)", "replace", 1),
    ("Belga", f"{T} (RECTIFICATIF)", "(RECTIFICATIF)", "replace+correct", None),
    ("dpa", f"(Eil) {T}", "(Eil)", "flag", None),
    ("dpa", f"EILEIL: {T}", "EILEIL", "flag", None),
    ("dpa", f"{T} (Eil)", "(Eil)", "flag", None),
    ("dpa", f"{T} (Zusammenfassung)", "(Zusammenfassung)", "replace", None),
    ("dpa", f"2. Zsf - {T}", "2. Zsf", "replace", 2),
    ("dpa", f"KORREKTUR: {T}", "KORREKTUR", "replace+correct", None),
    ("APA", f"KORR/{T}", "KORR", "replace+correct", None),
    ("dpa", f"{T} (Berichtigung)", "(Berichtigung)", "replace+correct", None),
    ("dpa", f"{T} (Wiederholung)", "(Wiederholung)", "ignore", None),
    ("dpa", f"{T} (Aktualisierung)", "(Aktualisierung)", "replace", None),
    ("APA", f"ZURÜCKGEZOGEN: {T}", "ZURÜCKGEZOGEN", "withdraw", None),
    ("dpa", f"{T} (Achtung)", "(Achtung)", "internal", None),
    ("dpa", f"Vorschau/{T}", "Vorschau", "internal", None),
    ("ANSA", f"RIPETIZIONE CORRETTA: {T}", "RIPETIZIONE CORRETTA", "replace+correct", None),
    ("ANSA", f"{T} (RPT CORREGGENDO NOME)", "(RPT CORREGGENDO NOME)", "replace+correct", None),
    ("ANSA", f"++ {T} ++", "++", "flag", None),
    ("ANSA", f"{T} (2)", "(2)", "append", 2),
    ("ANSA", f"PUNTO/{T}", "PUNTO", "new-linked", None),
    ("ANSA", f"ANNULLARE: {T}", "ANNULLARE", "withdraw", None),
    ("EFE", f"URGENTE: {T}", "URGENTE", "flag", None),
    ("EFE", f"AMPLIACIÓN: {T}", "AMPLIACIÓN", "replace", None),
    ("EFE", f"{T} (Ampliación)", "(Ampliación)", "replace", None),
    ("EFE", f"VERSIÓN CORREGIDA: {T}", "VERSIÓN CORREGIDA", "replace+correct", None),
    ("EFE", f"ANULA: {T}", "ANULA", "withdraw", None),
    ("Xinhua", f"Roundup: {T}", "Roundup", "new-linked", None),
    ("Yonhap", f"(LEAD) {T}", "(LEAD)", "replace", 1),
    ("Yonhap", f"(2nd LD) {T}", "(2nd LD)", "replace", 2),
    ("Yonhap", f"(URGENT) {T}", "(URGENT)", "flag", None),
    ("Yonhap", f"(RECAP) {T}", "(RECAP)", "new-linked", None),
    ("Yonhap", f"(CORRECTED) {T}", "(CORRECTED)", "replace+correct", None),
    ("Yonhap", f"(PHOTO) {T}", "(PHOTO)", "flag", None),
    ("TASS", f"СРОЧНО: {T}", "СРОЧНО", "flag", None),
    ("TASS", f"Повтор - {T}", "Повтор", "ignore", None),
    ("TASS", f"Коррекция: {T}", "Коррекция", "replace+correct", None),
    ("PA", f"1 SUBSTITUTE: {T}", "1 SUBSTITUTE", "replace", 1),
    ("PA", f"{T} (reopens)", "(reopens)", "append", None),
    ("PA", f"{T} page 2", "page 2", "append", 2),
    ("Business Wire", f"CORRECTING and REPLACING {T}", "CORRECTING and REPLACING",
     "replace+correct", None),
    ("Business Wire", f"ADDING MULTIMEDIA {T}", "ADDING MULTIMEDIA", "replace", None),
    ("PR Newswire", f"{T} /R E P E A T", "/R E P E A T", "ignore", None),
    # An agency that the table does not know reads all shared rows.
    ("Harbour News", f"UPDATE 2-{T}", "UPDATE 2", "replace", 2),
    ("Harbour News", f"FACTBOX-{T}", "FACTBOX", "new-linked", None),
    ("Harbour News", f"(2nd LD) {T}", "(2nd LD)", "replace", 2),
    ("Harbour News", f"KORREKTUR: {T}", "KORREKTUR", "replace+correct", None),
]  # fmt: skip


@pytest.mark.parametrize(("agency", "headline", "text", "action", "ordinal"), HEADLINES)
def test_headline_markers(
    agency: str, headline: str, text: str, action: str, ordinal: int | None
) -> None:
    """A headline's marker is taken off and says what it asks for."""
    clean, _, markers = find(headline, "", agency)
    assert clean == (headline if headline == text else T)
    first = markers[0]
    assert (first.text, first.action, first.ordinal) == (text, action, ordinal)
    assert headline == text or find(clean, "", agency) == (T, "", ())


SLUGS = [
    ("AP", "BC-NL--Port Sel-Ferry, 1st Ld-Writethru", "NL--Port Sel-Ferry", "replace", 1),
    ("AP", "BC-NL--Port Sel-Ferry, 2nd Ld", "NL--Port Sel-Ferry", "replace", 2),
    ("AP", "Ferry, Ld-Writethru", "Ferry", "replace", 1),
    ("AP", "Ferry, Writethru", "Ferry", "replace", 1),
    ("AP", "Ferry, 1stLd-Writethru", "Ferry", "replace", 1),
    ("AP", "Ferry, 2nd Add", "Ferry", "append", 2),
    ("AP", "Ferry, Insert", "Ferry", "patch", None),
    ("AP", "Ferry, Subs", "Ferry", "patch", None),
    ("AP", "Ferry, Urgent", "Ferry", "flag", None),
    ("AP", "NL--APNewsAlert", "NL", "flag", None),
    ("AP", "Ferry, Correction", "Ferry", "replace+correct", None),
    ("AP", "Ferry, Clarification", "Ferry", "replace+correct", None),
    ("AP", "BC-Ferry-Kill", "Ferry", "withdraw", None),
    ("AP", "BC-Ferry, Caption Elimination", "Ferry", "withdraw", None),
    ("AP", "BC-Ferry, Withholding", "Ferry", "hold", None),
    ("AP", "Ferry, Advisory", "Ferry", "internal", None),
    ("AP", "NL-News Digest", "NL", "internal", None),
    ("AP", "BC-Test", "BC-Test", "internal", None),
    ("AP", "Ferry-Glance", "Ferry", "new-linked", None),
    ("CP", "Ferry Rewrites", "Ferry", "replace", None),
    ("PTI", "LD FERRY", "FERRY", "replace", 1),
    ("PTI", "FERRY LDALL", "FERRY", "replace", None),
    ("PTI", "3RDLD FERRY", "FERRY", "replace", 3),
    ("PTI", "FERRY-2NDLD", "FERRY", "replace", 2),
    ("PTI", "RPT FERRY", "FERRY", "ignore", None),
    ("PTI", "CORRECTION FERRY", "FERRY", "replace+correct", None),
    ("", "FERRY REFILE", "FERRY", "replace+silent", None),
    ("", "FERRY UPDATE 2", "FERRY", "replace", 2),
    ("", "FERRY WITHDRAWN", "FERRY", "withdraw", None),
    ("PA", "FERRY 2 SUBSTITUTE", "FERRY", "replace", 2),
    ("Belga", "ATTENTION USERS/FERRY", "FERRY", "internal", None),
]


@pytest.mark.parametrize(("agency", "slug", "stem", "action", "ordinal"), SLUGS)
def test_slug_markers(agency: str, slug: str, stem: str, action: str, ordinal: int | None) -> None:
    """A slug's marker token is taken off and says what it asks for."""
    _, clean, markers = find(T, slug, agency)
    assert [(marker.action, marker.ordinal) for marker in markers] == [(action, ordinal)]
    assert clean == stem


LINES = [
    ("", "(Corrects name in paragraph 2)", "replace+correct"),
    ("", "(Adds quotes in paragraph 3, updates toll)", "replace"),
    ("", "(Refiles to fix typo)", "replace+silent"),
    ("", "(Repeats story with no changes)", "ignore"),
    ("", "EDS: UPDATES", "replace"),
    ("", "(Eds: rptg after correcting word in para 2)", "replace+correct"),
    ("", "EDS: PLEASE KILL", "withdraw"),
    ("", "Eds: please withhold this story", "hold"),
    ("", "STORY WITHDRAWN", "withdraw"),
    ("Reuters", "STORY WITHDRAWN", "withdraw"),
    ("", "MANDATORY KILL", "withdraw"),
    ("dpa", "HOLD HOLD HOLD", "hold"),
    ("dpa", "KILL KILL KILL", "withdraw"),
    ("dpa", "(Berichtigung: Name im 2. Absatz)", "replace+correct"),
    ("dpa", "(neu: Zitat)", "replace"),
    ("PTI", "*** KILL ***", "withdraw"),
    ("PTI", "RPTG CORRECTED", "replace+correct"),
    ("IANS", "Corrected copy", "replace+correct"),
    ("AFP", "ATTENTION - ajoute citation ///", "replace"),
    ("AFP", "(corrige le nom)", "replace+correct"),
    ("EFE", "(Actualiza con cifras)", "replace"),
    ("Yonhap", "(ATTN: ADDS photo)", "replace"),
]


@pytest.mark.parametrize(("agency", "line", "action"), LINES)
def test_line_markers(agency: str, line: str, action: str) -> None:
    """A whole line that is a marker says what it asks for."""
    marker = in_line(line, agency)
    assert marker is not None
    assert marker.action == action


READERS = ["", "Harbour News", *sorted({name for row in TABLE for name in row.agencies})]


@pytest.mark.parametrize("agency", READERS)
def test_words_in_sentences_are_no_markers(agency: str) -> None:
    """The same words inside a headline's sentence are left alone, whoever sends it."""
    headlines = HOSTILE["headlines"]
    assert [find(line, "", agency) for line in headlines] == [(line, "", ()) for line in headlines]


@pytest.mark.parametrize("agency", READERS)
def test_slug_words_are_no_markers(agency: str) -> None:
    """Topic words of a slug are left alone, whoever sends it."""
    slugs = ("", *HOSTILE["slugs"])
    assert [find(T, slug, agency) for slug in slugs] == [(T, slug, ()) for slug in slugs]


@pytest.mark.parametrize("agency", READERS)
def test_body_lines_are_no_markers(agency: str) -> None:
    """A line of the report is left alone, whoever sends it."""
    lines = ("", "K" * 900, *HOSTILE["lines"])
    assert [line for line in lines if in_line(line, agency)] == []
    told = (*lines, *HOSTILE["headlines"])
    assert [line for line in told if opening(line, agency) != (0, ())] == []


@pytest.mark.parametrize("agency", READERS)
def test_notes_of_other_things_stop_nothing(agency: str) -> None:
    """A note to desks that speaks of times, pictures and the dead kills and corrects nothing."""
    notes = ("", "K" * 900, *HOSTILE["notes"])
    found = [(note, mark.action) for note in notes if (mark := in_note(note, agency))]
    assert [each for each in found if each[1] in ("withdraw", "hold", "replace+correct")] == []


def test_several_markers() -> None:
    """Stacked markers come off one by one, in their order."""
    clean, slug, markers = find(f"CORRECTED-UPDATE 2-{T} (CORRECTED)", "RPT FERRY", "Reuters")
    assert (clean, slug) == (T, "FERRY")
    assert [marker.text for marker in markers] == ["CORRECTED", "UPDATE 2", "(CORRECTED)", "RPT"]


def test_marker_alone() -> None:
    """A headline that is nothing but a marker stays, and the marker counts."""
    assert find("STORY WITHDRAWN", "", "Reuters") == (
        "STORY WITHDRAWN",
        "",
        (Marker(text="STORY WITHDRAWN", action="withdraw"),),
    )


def test_known_agency_reads_its_own_rows() -> None:
    """What is a marker of one agency is none of another that the table knows."""
    assert find(f"{T} (2)", "", "Belga")[2][0].action == "replace"
    assert find(f"{T} (2)", "", "ANSA")[2][0].action == "append"
    assert find(f"{T} (2)", "", "Reuters")[2] == ()
    assert find(f"{T} (2)", "", "Harbour News")[2] == ()


def test_actions_are_the_closed_set() -> None:
    """Every row asks for one of the actions that the trade's table closes."""
    actions = {
        "replace", "replace+correct", "replace+silent", "append", "patch", "new-linked", "flag",
        "hold", "withdraw", "expire", "internal", "ignore",
    }  # fmt: skip
    assert {row.action for row in TABLE} <= actions
    shared = Path(__file__).resolve().parents[2] / "../shared/spec/update_markers.md"
    if not shared.exists():
        pytest.skip("the trade's table of markers is not beside this checkout")
    named = set(re.findall(r"^\| `([a-z+-]+)` \|", shared.read_text("utf-8"), re.MULTILINE))
    assert actions == named


def _readers(row: Row) -> list[str]:
    """The agencies in whose copy a row is read; "" for one that the table does not know."""
    return [*row.agencies, *([""] if row.shared or not row.agencies else [])]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.at} {row.pattern}")
def test_rows_keep_their_examples(row: Row) -> None:
    """Each example of the table gives the action, ordinal and genre of its row, and leaves."""
    assert row.examples
    for agency in _readers(row):
        assert agency_key(agency) == agency
        for example in row.examples:
            if row.at in ("line", "note"):
                read = in_line if row.at == "line" else in_note
                found, left = [read(example.text, agency)], ""
            elif row.at == "slug":
                _, left, markers = find(T, example.text, agency)
                found = list(markers)
            else:
                left, _, markers = find(example.text, "", agency)
                found = list(markers)
            said = [(m.action, m.ordinal, m.genre, m.sure) for m in found if m]
            assert said == [(row.action, example.ordinal, row.genre, row.sure)], (agency, example)
            assert left == example.left


def test_the_how_tos_example_works() -> None:
    """The row that the how-to page shows is one, and does what its example says."""
    page = (ROOT / "docs/howto/add-a-marker.md").read_text("utf-8")
    block = re.search(r"(?m)(?:^ {8}.*\n)+", page)
    assert block
    (raw,) = tomllib.loads(textwrap.dedent(block[0]))["marker"]
    row = msgspec.convert(raw, Row)
    (example,) = row.examples
    match = re.compile(_whole(row.pattern, row)).search(even(example.text))
    assert match
    assert example.text[: match.start()] == example.left
    assert int(match["n"]) == example.ordinal
    actions = set(re.findall(r"`([a-z+-]+)`", page)) & set(get_args(Action))
    assert actions == set(get_args(Action))


def test_rows_are_well_written() -> None:
    """Patterns are in capitals, reasons are given, and forms of story name their genre."""
    for row in TABLE:
        bare = re.sub(r"\\\w|\{\w+\}|\?P<n>", "", row.pattern)
        assert bare == bare.upper(), row.pattern
        assert row.why.endswith((".", "?")), row.why
        assert bool(row.genre) == (row.action == "new-linked"), row.pattern


def test_wide_and_dashed_signs() -> None:
    """Full-width signs, no-break spaces and every dash read like plain ones; the rest stays."""
    assert find("UPDATE\xa02–Straße “½” wieder frei", "", "Reuters")[0] == "Straße “½” wieder frei"
    assert find("ＵＲＧＥＮＴ： Ferry halts", "", "Kyodo")[0] == "Ferry halts"
    assert find("URGENT — Ferry‑port closes", "")[0] == "Ferry‑port closes"


# The trade's table, row by row: agency, its marker, where it stands, text, action.
TRADE = [
    ("AP", "nth Ld", "slug", "Ferry, 3rd Ld", "replace"),
    ("AP", "Writethru", "slug", "Ferry, 2nd Ld-Writethru", "replace"),
    ("AP", "Add", "slug", "Ferry, 1st Add", "append"),
    ("AP", "Insert", "slug", "Ferry, Insert", "patch"),
    ("AP", "Sub", "slug", "Ferry, Sub", "patch"),
    ("AP", "Urgent", "slug", "Ferry, Urgent", "flag"),
    ("AP", "Bulletin", "slug", "Ferry, Bulletin", "flag"),
    ("AP", "Flash", "slug", "Ferry, Flash", "flag"),
    ("AP", "APNewsAlert", "slug", "BC-NL--APNewsAlert", "flag"),
    ("AP", "Correction", "slug", "Ferry, Correction", "replace+correct"),
    ("AP", "Corrective", "slug", "Ferry, Corrective", "replace+correct"),
    ("AP", "Clarification", "slug", "Ferry, Clarification", "replace+correct"),
    ("AP", "Kill", "slug", "BC-Ferry-Kill", "withdraw"),
    ("AP", "Mandatory Kill", "slug", "BC-Ferry, Mandatory Kill", "withdraw"),
    ("AP", "Eliminate", "slug", "BC-Ferry, Eliminate", "withdraw"),
    ("AP", "Story Elimination", "slug", "BC-Ferry, Story Elimination", "withdraw"),
    ("AP", "Withhold", "slug", "BC-Ferry, Withhold", "hold"),
    ("AP", "Advisory", "slug", "Ferry, Advisory", "internal"),
    ("AP", "News Digest", "slug", "BC-NL--News Digest", "internal"),
    ("AP", "Daybook", "slug", "BC-NL--Daybook", "internal"),
    ("AP", "Hold for release", "front", "HOLD FOR RELEASE: ~", "hold"),
    ("AP", "Test", "slug", "BC-Test", "internal"),
    ("AP", "ABRIDGED", "slug", "Ferry, ABRIDGED", "new-linked"),
    ("AP", "10 Things", "slug", "NL--10 Things", "new-linked"),
    ("AP", "Top Ten", "slug", "NL--Top Ten", "new-linked"),
    ("AP", "Glance", "slug", "Ferry-Glance", "new-linked"),
    ("AP", "Box", "slug", "Ferry-Box", "new-linked"),
    ("AP", "List", "slug", "Ferry-List", "new-linked"),
    ("Reuters", "UPDATE n", "front", "UPDATE 12-~", "replace"),
    ("Reuters", "WRAPUP n", "front", "WRAPUP 1-~", "new-linked"),
    ("Reuters", "CORRECTED", "front", "CORRECTED-~", "replace+correct"),
    ("Reuters", "CORRECTED behind the slug", "slug", "FERRY (CORRECTED)", "replace+correct"),
    ("Reuters", "CORRECTED-UPDATE n", "front", "CORRECTED-UPDATE 2-~", "replace+correct"),
    ("Reuters", "REFILE", "front", "REFILE-UPDATE 1-~", "replace+silent"),
    ("Reuters", "RPT", "front", "RPT-~", "ignore"),
    ("Reuters", "REPEAT", "front", "REPEAT: ~", "ignore"),
    ("Reuters", "STORY WITHDRAWN", "front", "STORY WITHDRAWN: ~", "withdraw"),
    ("Reuters", "KILL", "line", "KILL", "withdraw"),
    ("Reuters", "BRIEF", "front", "BRIEF-~", "flag"),
    ("Reuters", "URGENT", "front", "URGENT-~", "flag"),
    ("Reuters", "ALERT", "front", "ALERT: ~", "flag"),
    ("Reuters", "advisory line", "line", "(Adds quotes, background)", "replace"),
    ("Reuters", "ANALYSIS", "front", "ANALYSIS-~", "new-linked"),
    ("Reuters", "EXPLAINER", "front", "EXPLAINER-~", "new-linked"),
    ("Reuters", "TIMELINE", "front", "TIMELINE-~", "new-linked"),
    ("Reuters", "INTERVIEW", "front", "INTERVIEW-~", "new-linked"),
    ("Reuters", "EXCLUSIVE", "front", "EXCLUSIVE-~", "flag"),
    ("Reuters", "INSIGHT", "front", "INSIGHT-~", "new-linked"),
    ("Reuters", "TEXT", "front", "TEXT-~", "new-linked"),
    ("Reuters", "BREAKINGVIEWS", "front", "BREAKINGVIEWS-~", "new-linked"),
    ("Reuters", "DIARY", "front", "DIARY-~", "internal"),
    ("Reuters", "TABLE", "front", "TABLE-~", "new-linked"),
    ("Reuters", "=n", "back", "~ =3", "append"),
    ("Reuters", "PART n", "back", "~ - PART 2", "append"),
    ("Reuters", "ADVISORY", "front", "ADVISORY-~", "internal"),
    ("Reuters", "MEDIA", "front", "MEDIA-~", "internal"),
    ("Reuters", "PLANNER", "front", "PLANNER-~", "internal"),
    ("AFP", "ALERT", "front", "ALERT - ~", "flag"),
    ("AFP", "URGENT", "front", "URGENT: ~", "flag"),
    ("AFP", "LEAD", "front", "LEAD: ~", "replace"),
    ("AFP", "2ndlead", "front", "2ndlead: ~", "replace"),
    ("AFP", "FOCUS", "front", "FOCUS: ~", "new-linked"),
    ("AFP", "CHRONO", "front", "CHRONO: ~", "new-linked"),
    ("AFP", "FACTFILE", "front", "FACTFILE: ~", "new-linked"),
    ("AFP", "FACT CHECK", "front", "FACT CHECK: ~", "new-linked"),
    ("AFP", "CORRECTS", "front", "CORRECTS: ~", "replace+correct"),
    ("AFP", "(corrects)", "line", "(corrects name in lead)", "replace+correct"),
    ("AFP", "KILL", "front", "KILL: ~", "withdraw"),
    ("AFP", "ATTENTION", "line", "ATTENTION - ajoute détails ///", "replace"),
    ("Belga", "(CORRECT)", "back", "~ (CORRECT)", "replace+correct"),
    ("Belga", "COR nnn", "slug", "FERRY COR 703", "replace+correct"),
    ("Belga", "AGENDA", "slug", "AGENDA/FERRY", "internal"),
    ("AFP", "ATTENTION USERS", "slug", "ATTENTION USERS/FERRY", "internal"),
    ("PTI", "LEAD in headlines", "front", "LEAD: ~", "replace"),
    ("PTI", "Eds: kill", "line", "EDS: PLEASE KILL", "withdraw"),
    ("PTI", "Eds: ignore", "line", "EDS: PLEASE IGNORE", "withdraw"),
    ("PTI", "Eds: withhold", "line", "EDS: PLEASE WITHHOLD", "hold"),
    ("PTI", "Eds: updates", "line", "EDS: UPDATES", "replace"),
    ("PTI", "Eds: repeating", "line", "Eds: repeating after correcting", "replace+correct"),
    ("IANS", "(Third Lead)", "back", "~ (Third Lead)", "replace"),
    ("IANS", "Please ignore previous", "line", "Please ignore previous", "replace+correct"),
    ("dpa", "Blitz", "back", "~ (Blitz)", "flag"),
    ("dpa", "Gesamtzusammenfassung", "back", "~ (Gesamtzusammenfassung)", "replace"),
    ("dpa", "Zsf", "back", "~ (Zsf)", "replace"),
    ("dpa", "n. Zsf - neu", "front", "1. Zsf - neu: ~", "replace"),
    ("dpa", "(Correction)", "back", "~ (Correction)", "replace+correct"),
    ("dpa", "(Refile)", "back", "~ (Refile)", "replace+silent"),
    ("dpa", "RPT RPT", "front", "RPT RPT: ~", "ignore"),
    ("dpa", "(Update)", "back", "~ (Update)", "replace"),
    ("dpa", "zurückgezogen", "line", "ACHTUNG: dpa 157 wird zurückgezogen", "withdraw"),
    ("dpa", "Planungshinweis", "back", "~ (Achtung - Planungshinweis)", "internal"),
    ("dpa", "Impressum", "front", "Impressum/~", "internal"),
    ("dpa", "KORR-Bericht is no Korrektur", "back", "~ (KORR-Bericht)", "new-linked"),
    ("dpa", "Hintergrund", "front", "Hintergrund: ~", "new-linked"),
    ("dpa", "Fragen und Antworten", "back", "~ (Fragen und Antworten)", "new-linked"),
    ("dpa", "Chronologie", "back", "~ (Chronologie)", "new-linked"),
    ("dpa", "Porträt", "front", "PORTRÄT: ~", "new-linked"),
    ("dpa", "Extra", "back", "~ (Extra)", "new-linked"),
    ("APA", "KORREKTUR", "front", "KORREKTUR: ~", "replace+correct"),
    ("ATS", "ÜBERBLICK", "front", "ÜBERBLICK - ~", "replace"),
    ("APA", "WH", "front", "WH/~", "ignore"),
    ("ANSA", "RPT", "front", "RPT - ~", "ignore"),
    ("ANSA", "RIEPILOGO", "front", "RIEPILOGO: ~", "new-linked"),
    ("ANSA", "ANNULLO", "front", "ANNULLO: ~", "withdraw"),
    ("EFE", "AVANCE", "front", "AVANCE: ~", "flag"),
    ("EFE", "RECTIFICA", "front", "RECTIFICA: ~", "replace+correct"),
    ("EFE", "ANULACIÓN", "front", "ANULACIÓN: ~", "withdraw"),
    ("Xinhua", "Flash", "front", "Flash: ~", "flag"),
    ("Xinhua", "(1st LD)", "front", "(1st LD) ~", "replace"),
    ("Xinhua", "(2nd LD) behind", "back", "~ (2nd LD)", "replace"),
    ("Xinhua", "News Analysis", "front", "News Analysis: ~", "new-linked"),
    ("Xinhua", "Spotlight", "front", "Spotlight: ~", "new-linked"),
    ("Xinhua", "Feature", "front", "Feature: ~", "new-linked"),
    ("Xinhua", "Interview", "front", "Interview: ~", "new-linked"),
    ("Xinhua", "Xinhua Headlines", "front", "Xinhua Headlines: ~", "new-linked"),
    ("Xinhua", "China Focus", "front", "China Focus: ~", "new-linked"),
    ("Xinhua", "Correction", "front", "Correction: ~", "replace+correct"),
    ("Yonhap", "(3rd LD)", "front", "(3rd LD) ~", "replace"),
    ("Yonhap", "(ATTN)", "line", "(ATTN: ADDS more quotes)", "replace"),
    ("Yonhap", "(END)", "front", "(END) ~", "flag"),
    ("Jiji", "URGENT", "front", "URGENT: ~", "flag"),
    ("Jiji", "UPDATE2", "front", "UPDATE2: ~", "replace"),
    ("Interfax", "молния", "front", "молния: ~", "flag"),
    ("TASS", "Обновить", "front", "Обновить: ~", "replace"),
    ("PA", "n LEAD", "front", "2 LEAD: ~", "replace"),
    ("PA", "(Correction)", "back", "~ (Correction)", "replace+correct"),
    ("PA", "KILL", "front", "KILL: ~", "withdraw"),
    ("PA", "EDITORS: legal", "line", "EDITORS: legal - see below", "withdraw"),
    ("CP", "Writethru", "slug", "Ferry, Writethru", "replace"),
    ("CP", "CORRECTION", "front", "CORRECTION: ~", "replace+correct"),
    ("CP", "KILL", "slug", "Ferry, KILL", "withdraw"),
    ("Business Wire", "UPDATE", "front", "UPDATE ~", "replace"),
    ("PR Newswire", "REPEAT", "back", "~ /R E P E A T", "ignore"),
    ("", "HOLD FOR RELEASE", "front", "HOLD FOR RELEASE: ~", "hold"),
    ("", "NOT FOR PUBLICATION", "front", "NOT FOR PUBLICATION: ~", "internal"),
    ("", "PLEASE DISREGARD", "line", "PLEASE DISREGARD", "withdraw"),
    ("", "RETRACTED", "front", "RETRACTED: ~", "withdraw"),
    ("", "WITHDRAWAL", "slug", "FERRY WITHDRAWAL", "withdraw"),
    ("", "BREAKING", "front", "BREAKING: ~", "flag"),
    ("", "WATCH LIVE", "front", "WATCH LIVE: ~", "flag"),
]


@pytest.mark.parametrize(("agency", "name", "at", "text", "action"), TRADE)
def test_the_trades_table_is_covered(
    agency: str, name: str, at: str, text: str, action: str
) -> None:
    """Every marker that the trade knows, in its agency's copy, asks for what the trade means."""
    if at == "line":
        marker = in_line(text, agency)
        assert marker is not None
        assert marker.action == action
        return
    headline, slug = (T, text) if at == "slug" else (text.replace("~", T), "")
    markers = find(headline, slug, agency)[2]
    assert markers
    assert markers[0].action == action
