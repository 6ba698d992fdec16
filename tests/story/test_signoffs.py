import pytest

from wirecopy.model import Item
from wirecopy.story.agencies import names_of
from wirecopy.story.signoffs import agencies_of, for_desks, inline, lines_signed

OWN = names_of(Item(item_id="x"), "Harbour News Agency")

LINES = [
    ["--IANS", "int/shs"],
    ["—IANS", "svn/dpb"],
    ["–IANS", "svn/"],
    ["-IANS"],
    ["-- IANS", "svn"],
    ["--IANS int/shs"],
    ["--", "IANS", "int/shs"],
    ["IANS/PIB"],
    ["--IANS", "int/shs/", "ab"],
    ["PTI ABC XYZ"],
    ["PTI AB"],
    ["PTI ABC XYZ", "XYZ"],
    ["PTI ABC XYZ", "XYZ XYZ"],
    ["PTI ABC XYZ", "XYZ", "XYZ"],
    ["PTI ABC XYZ QRS MN"],
    ["-PTI"],
    ["(ANI)"],
    ["(ANI/Coast)"],
    ["[ANI]"],
    ["UNI XX YY 1215"],
    ["UNI XYZ 1215"],
    ["पीटीआई भाषा अमित"],
    ["भाषा अमित रवि"],
    ["dpa wsz jln npr"],
    ["dpa/lno wsz"],
    ["./.CVN"],
    ["./."],
    ["VDH/FUL/"],
    ["jd/abc/xyz"],
    ["EFE", "abc/def/ghi"],
    ["EFE abc/def"],
    ["==Kyodo"],
    ["Enditem"],
    ["(END)"],
    ["--AFP", "ENDS"],
    ["--HNA", "ab/cd"],
    ["-- Harbour News Agency"],
    ["—Harbour News", "mk/rt"],
    ["HNA RS TV"],
    ["(Harbour News Agency)"],
    ["###"],
    ["/ritzau/"],
    ["AAP RTV ar"],
    ["© dpa-infocom, dpa:220107-99-623234/3"],
    ["EFE", "abc/def", "(foto) (vídeo)"],
    ["(ANSA).", "COM-YJ1", "07-GEN-22 10:00 NNNN"],
    ["YJ1-DEM 07-GEN-22 10:00 NNN"],
    ["JR // JD"],
    ["PTA (JRS/JD) // MLL"],
    ["Lusa/Fim"],
    ["भाषा सुरेश दिलीप", "दिलीप"],
    ["भाषा सुरेश दिलीप", "दिलीप", "0701 1509 दिल्ली"],
    ["--आईएएनएस", "एबीसी/एसजीके"],
    ["(النهاية)", "ج ر / ع ب"],
    ["// انتهى //", "12:00ت م"],
    ["وام/أحمد"],
    ["(Schluss) mri/pat"],
    ["（完）"],
    ["/dpa"],
    ["AP-WF-01-07-22 1000GMT"],
    ["/jha/DP/he"],
    ["/edh/stk"],
    ["(segue)."],
    ["(MORE)"],
    ["MORE"],
    ["-MORE-"],
    ["- more -"],
    ["IANS tl"],
    ["-0-"],
    ["© 2022 AFP"],
    ["© Copyright ANSA - Riproduzione riservata"],
    ["(c) HNA"],
]  # fmt: skip


@pytest.mark.parametrize("lines", LINES)
def test_signed_lines(lines: list[str]) -> None:
    """Every agency's closing lines are a sign-off as a whole, and the text before them is not."""
    assert lines_signed(["The ferry left at noon.", *lines], OWN) == len(lines)


BODY = [
    "The minister told IANS",
    "IANS reported.",
    "Agency sources told PTI that it was late",
    "PTI reported from Port Sel",
    "He spoke to (ANI) on Monday",
    "and/or",
    "he/she",
    "ends",
    "The end",
    "--unknown agency",
    "-- Jane Roe",
    "— Jane Roe, mayor",
    "AFP said he was late",
    "dpa said he left.",
    "UNI PRESS 1215 WAS LATE TODAY",
    "int",
    "NATO",
    "(see map)",
    "(Reporting by Jane Roe)",
    "*** ",
    "USA/UK",
    "It is 20 km/h",
    "Reuters Foundation chief quits the board",
    "भाषा एक माध्यम है और यह सबकी है।",
    "दिलीप",
    "07-GEN-22",
    "QUAYMARK GROUP",
    "COM-YJ1",
    "(foto)graf",
    "Keywords: ferries and harbours",
    "مصر / السودان",
    "/mehr",
    "More",
    "-- more rain",
    "IANS on",
    "(more rain)",
    "© 2022 Jane Roe",
    "Copyright law was made for AFP",
]


@pytest.mark.parametrize("line", BODY)
def test_body_lines_are_no_sign_off(line: str) -> None:
    """A last line that mentions an agency, or looks like initials alone, stays in the body."""
    assert lines_signed(["The ferry left at noon.", line], OWN) == 0


@pytest.mark.parametrize(
    ("text", "kept", "signed"),
    [
        ("He said so. (ANI)", "He said so.", "(ANI)"),
        ("He said so.” (ANI)", "He said so.”", "(ANI)"),
        ("He said so. PTI ABC XYZ", "He said so.", "PTI ABC XYZ"),
        ('He said "so." --IANS', 'He said "so."', "--IANS"),
        ("He said so.--IANS int/shs", "He said so.", "--IANS int/shs"),
        ("He said so. UNI XX YY 1215", "He said so.", "UNI XX YY 1215"),
        ("He said so. Enditem", "He said so.", "Enditem"),
        ("He said so. (HNA)", "He said so.", "(HNA)"),
        ("He said so. —HNA", "He said so.", "—HNA"),
        ("उसने कहा। भाषा अमित", "उसने कहा।", "भाषा अमित"),
        ("He said so. HNA", "He said so.", "HNA"),
        ("He said so. /dpa", "He said so.", "/dpa"),
        ("Er sagte es./jha/DP/he", "Er sagte es.", "/jha/DP/he"),
        (
            "He said so. © dpa-infocom, dpa:220107-99-623234/3",
            "He said so.",
            "© dpa-infocom, dpa:220107-99-623234/3",
        ),
    ],
)
def test_signed_on_the_last_line(text: str, kept: str, signed: str) -> None:
    """A sign-off behind the last full stop is taken from there."""
    found = inline(text, OWN)
    assert found is not None
    assert (text[: found.start], found.text) == (kept, signed)


@pytest.mark.parametrize(
    "text",
    [
        "He told the Asian news agency (ANI)",
        'He called it "vital" (AP)',
        "He joined the board. IBM NWND rose",
        "He said so to PTI.",
        "It rained. (see map)",
        "It rained. — Jane Roe",
        "It rained. USA UK EU",
        "It rained. The AP",
        "It rained. NATO",
        "It was his. /signed",
        "He chose between the HNA and others. EFE",
    ],
)
def test_attributions_survive(text: str) -> None:
    """A closing sentence that names an agency keeps the name."""
    assert inline(text, OWN) is None


def test_agencies_of() -> None:
    """A sign-off gives the agencies it names, not its initials."""
    assert agencies_of("--IANS\nint/shs", OWN) == ("IANS",)
    assert agencies_of("PTI ABC XYZ", OWN) == ("PTI",)
    assert agencies_of("--HNA", OWN) == ("Harbour News Agency",)
    assert agencies_of("./.CVN", OWN) == ()


def test_a_company_behind_initials_is_for_desks() -> None:
    """AFP names the companies of its copy below the initials; elsewhere capitals are a line."""
    lines = ["The ferry left at noon.", "jr/jd/ml", "QUAYMARK GROUP"]
    afp = {**OWN, "afp": "AFP"}
    assert lines_signed(lines, afp) == 2
    assert [for_desks(line, afp) for line in lines] == [False, False, True]
    assert lines_signed(lines, OWN) == 0
