import re
from pathlib import Path

import pytest

from wirecopy.model import Marker
from wirecopy.story.markers import FINAL, TABLE, find, in_line

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
    ("", f"WITHDRAWN-{T}", "WITHDRAWN", "hold", None),
    ("", f"KILL: {T}", "KILL", "hold", None),
    ("", f"MANDATORY KILL: {T}", "MANDATORY KILL", "hold", None),
    ("", f"RETRACTION: {T}", "RETRACTION", "hold", None),
    ("", f"DO NOT USE: {T}", "DO NOT USE", "hold", None),
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
    ("AFP", f"ANNULATION: {T}", "ANNULATION", "hold", None),
    ("AFP", f"{T} (à annuler)", "(à annuler)", "hold", None),
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
    ("APA", f"ZURÜCKGEZOGEN: {T}", "ZURÜCKGEZOGEN", "hold", None),
    ("dpa", f"{T} (Achtung)", "(Achtung)", "internal", None),
    ("dpa", f"Vorschau/{T}", "Vorschau", "internal", None),
    ("ANSA", f"RIPETIZIONE CORRETTA: {T}", "RIPETIZIONE CORRETTA", "replace+correct", None),
    ("ANSA", f"{T} (RPT CORREGGENDO NOME)", "(RPT CORREGGENDO NOME)", "replace+correct", None),
    ("ANSA", f"++ {T} ++", "++", "flag", None),
    ("ANSA", f"{T} (2)", "(2)", "append", 2),
    ("ANSA", f"PUNTO/{T}", "PUNTO", "new-linked", None),
    ("ANSA", f"ANNULLARE: {T}", "ANNULLARE", "hold", None),
    ("EFE", f"URGENTE: {T}", "URGENTE", "flag", None),
    ("EFE", f"AMPLIACIÓN: {T}", "AMPLIACIÓN", "replace", None),
    ("EFE", f"{T} (Ampliación)", "(Ampliación)", "replace", None),
    ("EFE", f"VERSIÓN CORREGIDA: {T}", "VERSIÓN CORREGIDA", "replace+correct", None),
    ("EFE", f"ANULA: {T}", "ANULA", "hold", None),
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
    assert markers[0] == Marker(text=text, action=action, ordinal=ordinal)
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
    ("AP", "BC-Ferry-Kill", "Ferry", "hold", None),
    ("AP", "BC-Ferry, Caption Elimination", "Ferry", "hold", None),
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
    ("", "FERRY WITHDRAWN", "FERRY", "hold", None),
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
    ("", "EDS: PLEASE KILL", "hold"),
    ("", "Eds: please withhold this story", "hold"),
    ("", "STORY WITHDRAWN", "hold"),
    ("Reuters", "STORY WITHDRAWN", "withdraw"),
    ("", "MANDATORY KILL", "hold"),
    ("dpa", "HOLD HOLD HOLD", "hold"),
    ("dpa", "KILL KILL KILL", "withdraw"),
    ("dpa", "(Berichtigung: Name im 2. Absatz)", "replace+correct"),
    ("dpa", "(neu: Zitat)", "replace"),
    ("PTI", "*** KILL ***", "hold"),
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


PLAIN = [
    "Government to kill bill",
    "Kill Bill returns to cinemas",
    "Update on Port Sel talks",
    "Updated rules for ferries",
    "Correction officers strike",
    "Corrected figures show growth",
    "Lead pipes found in school",
    "LEAD-acid batteries recalled",
    "Lead actor quits",
    "Breaking bread with the neighbours",
    "Breaking: a dance comes of age"[10:],
    "LIVE-IN care grows",
    "Live: the band is back"[6:],
    "TEST-tube baby turns 40",
    "Test: Norland win by two wickets",
    "ALERT-level water in the harbour",
    "Flash floods hit Port Sel",
    "Urgent care clinics close",
    "Exclusive club admits women",
    "Repeat offenders jailed",
    "REPEAT-offenders jailed",
    "Withdrawn drug kills two",
    "Minister to withdraw",
    "Advisory board meets",
    "Roundup weedkiller banned",
    "Feature film shot in Port Sel",
    "Interview with a ferry captain",
    "Analysis of the vote",
    "Apollo 2",
    "World Cup (2)",
    "Sum = 2",
    "Snap election called",
    "Diary of a sailor",
    "Wrap up warm, forecasters say",
    "A day in the LEAD",
    "Who will lead (and who will not)",
    "Ferry crash: 3 dead (police)",
    "C++ turns 40",
    "Punto wins rally",
]


@pytest.mark.parametrize("headline", PLAIN)
@pytest.mark.parametrize("agency", ["", "Reuters", "AP", "PTI", "Harbour News"])
def test_words_in_sentences_are_no_markers(headline: str, agency: str) -> None:
    """The same words inside a headline's sentence are left alone."""
    assert find(headline, "", agency) == (headline, "", ())


@pytest.mark.parametrize(
    "slug",
    ["kill-bill-vote", "BC-NL--Senate-Budget-Vote", "US-Market-Correction", "road-kill", "update",
     "Lead-Pipes", "LEDGER", "BC-Travel-Advisory-Port", "sub-zero", "box-office", "Add-ons", ""],
)  # fmt: skip
def test_slug_words_are_no_markers(slug: str) -> None:
    """Topic words of a slug are left alone."""
    assert find(T, slug, "AP") == (T, slug, ())


@pytest.mark.parametrize(
    "line",
    ["He adds nothing (to that).", "(Photo by Jane Roe)", "Kill the lights!", "(added later)",
     "Updates will follow.", "Withdrawn from the race, he left.", "HOLD the line", "", "K" * 900],
)  # fmt: skip
def test_body_lines_are_no_markers(line: str) -> None:
    """A line of the report is left alone."""
    assert in_line(line) is None


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


def test_every_row_is_reached() -> None:
    """Each row of the table is tried by an example above."""
    texts = [(agency, headline) for agency, headline, *_ in HEADLINES]
    texts += [(agency, slug) for agency, slug, *_ in SLUGS]
    texts += [(agency, line) for agency, line, _ in LINES]
    missing = [row for row in TABLE if not any(re.search(row.pattern, text) for _, text in texts)]
    assert missing == []
