"""The commands as an operator types them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from tests.cli.wires import BROKEN, CONFIG, FERRY, FERRY_2, KILL, LIBEL, dropped, g2, newsroom

from wirecopy.cli import wirecopy
from wirecopy.cli.reference import commands_markdown
from wirecopy.errors import WirecopyError
from wirecopy.leases import running
from wirecopy.model import Delivery, Order
from wirecopy.pipeline import Pipeline

ROOT = Path(__file__).resolve().parents[2]
Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A newsroom of one invented agency."""
    return newsroom(tmp_path / "post")


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Type a command in that newsroom; fails on any exit code but the one expected."""
    monkeypatch.setenv("WIRECOPY_NOW", "2026-03-05T02:36:00Z")

    def type_(*words: object, code: int = 0) -> Result:
        result = CliRunner().invoke(
            wirecopy, ["-C", str(folder), *map(str, words)], standalone_mode=False
        )
        if isinstance(result.exception, WirecopyError):
            raise result.exception
        assert result.exception is None, result.output
        assert (result.return_value or 0) == code, result.output
        return result

    return type_


def only_story(result: Result) -> str:
    """The id of the one story that `ingest --json` tells of."""
    (story,) = {row["story"] for row in json.loads(result.output)["results"]}
    return str(story)


def page(folder: Path) -> Path:
    """The one story page of the site."""
    (found,) = (folder / "site" / "world").glob("*-*.html")
    return found


def test_init_makes_a_newsroom_that_takes_wires(tmp_path: Path) -> None:
    """What `init` writes works at once, and is never overwritten."""
    type_ = CliRunner()
    made = type_.invoke(wirecopy, ["init", str(tmp_path / "new"), "--name", 'The "Tern"'])
    assert made.exit_code == 0, made.output
    path = wire_in(tmp_path / "new")
    taken = type_.invoke(
        wirecopy, ["-C", str(tmp_path / "new"), "ingest", str(path)], standalone_mode=False
    )
    assert taken.exception is None, taken.output
    assert "1 published" in taken.output
    again = type_.invoke(wirecopy, ["init", str(tmp_path / "new")], standalone_mode=False)
    assert "already exists" in str(again.exception)


def wire_in(folder: Path) -> Path:
    """A wire file in the folder that `init` made."""
    path = folder / "inbox" / "wire" / "ferry.xml"
    path.write_bytes(FERRY)
    return path


def test_a_wire_file_becomes_a_page(folder: Path, run: Run) -> None:
    """One command takes a file through the whole road, and says what became of it."""
    result = run("ingest", dropped(folder, "1.xml", FERRY))
    assert "1 items: 1 published." in result.output
    html = page(folder).read_text("utf-8")
    assert "Ferry crews of Velmore vote for a strike" in html
    assert "812 of 960" in html
    assert "VELMORE, March 1 (Norlin)" not in html.split('data-part="body"')[1]


def test_what_is_hidden_in_a_folder_is_passed_over(folder: Path, run: Run, tmp_path: Path) -> None:
    """However deep it lies; a folder that is named itself is looked through, whatever its name."""
    shelf = tmp_path / ".shelf"
    for path in ("1.xml", "a/b/2.xml", ".git/objects/ab/3.xml", "a/.4.xml"):
        (shelf / path).parent.mkdir(parents=True, exist_ok=True)
        (shelf / path).write_bytes(FERRY)
    told = json.loads(run("ingest", shelf, "--source", "norlin", "--json").output)
    assert [row["name"] for row in told["results"]] == ["1.xml", "2.xml"]


def test_quarantine_costs_the_neighbours_nothing(folder: Path, run: Run) -> None:
    """A broken file is exit code 1, is listed with its reason, and can be replayed."""
    dropped(folder, "1.xml", FERRY)
    dropped(folder, "2.xml", BROKEN)
    told = json.loads(run("ingest", folder / "inbox", "--json", code=1).output)
    assert told["outcomes"]["published"] == 1
    assert told["outcomes"]["quarantined"] == 1
    assert told["deliveries"] == told["items"] == 2
    (row,) = json.loads(run("quarantine", "list", "--json").output)
    assert row["name"] == "2.xml"
    assert row["reason"]
    shown = run("quarantine", "show", row["seq"]).output
    assert "not a wire" in shown
    run("quarantine", "replay", row["seq"], code=1)
    (again,) = json.loads(run("quarantine", "list", "--json").output)
    assert again["seq"] > row["seq"]


def test_a_replay_of_nothing_asks_for_numbers(folder: Path) -> None:
    """Whoever forgets the numbers is told, and not that all is well."""
    words = ["-C", str(folder), "quarantine", "replay"]
    result = CliRunner().invoke(wirecopy, words)
    assert result.exit_code == 2
    assert "or --all" in result.output


def test_an_archive_is_taken_apart(folder: Path, run: Run, tmp_path: Path) -> None:
    """As in a watched folder each file of a zip is a delivery; a broken one goes to quarantine."""
    bundle = tmp_path / "bundle.zip"
    with ZipFile(bundle, "w") as archive:
        archive.writestr("1.xml", FERRY)
        archive.writestr("2.xml", LIBEL)
    told = json.loads(run("ingest", bundle, "--source", "norlin", "--json").output)
    assert (told["deliveries"], told["outcomes"]["published"], told["outcomes"]["held"]) == (
        2,
        1,
        1,
    )
    torn = tmp_path / "torn.zip"
    torn.write_bytes(bundle.read_bytes()[:200])
    said = run("ingest", torn, "--source", "norlin", code=1).output
    assert "torn.zip is taken as it is: its directory is broken" in said
    (row,) = json.loads(run("quarantine", "list", "--json").output)
    assert row["name"] == "torn.zip"


def test_what_was_cut_off_is_not_published_by_a_replay(folder: Path, run: Run) -> None:
    """A file above the cap is in the log in part; with a higher cap the whole is sent again."""
    settings = folder / "wirecopy.toml"
    before = settings.read_text(encoding="utf-8")
    large = FERRY + b" " * 2000
    settings.write_text(f"{before}[pipeline]\nmax_bytes = 2000\n", encoding="utf-8")
    path = dropped(folder, "1.xml", large)
    (row,) = json.loads(run("ingest", path, "--json", code=1).output)["results"]
    assert "Raise that setting and send it again" in row["reason"]
    settings.write_text(before, encoding="utf-8")
    run("quarantine", "replay", "--all", code=1)
    assert "Send the whole of it again" in run("quarantine", "list").output
    assert json.loads(run("ingest", path, "--json").output)["outcomes"]["published"] == 1


def test_who_takes_in_at_the_same_time_answers_for_its_own(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copy that another command takes in meanwhile is neither counted nor makes the exit code 1."""
    take = Pipeline.take

    def beside_another(pipeline: Pipeline, deliveries: Sequence[Delivery]) -> list[int]:
        other = [Delivery(source="norlin", body=BROKEN, name="other.xml")]
        take(pipeline, other)
        given = take(pipeline, deliveries)
        take(pipeline, other)
        return given

    monkeypatch.setattr(Pipeline, "take", beside_another)
    told = json.loads(run("ingest", dropped(folder, "1.xml", FERRY), "--json").output)
    assert (told["deliveries"], told["outcomes"]["quarantined"]) == (1, 0)
    assert [row["name"] for row in told["results"]] == ["1.xml"]
    assert json.loads(run("status", "--json").output)["ledger"]["deliveries"] == 3


def test_status_adds_up(folder: Path, run: Run) -> None:
    """Deliveries by outcome add up to the deliveries, items to the items."""
    for number, body in enumerate((FERRY, FERRY, FERRY_2, LIBEL, BROKEN)):
        dropped(folder, f"{number}.xml", body)
    run("ingest", folder / "inbox", code=1)
    ledger = json.loads(run("status", "--json").output)["ledger"]
    assert ledger["deliveries"] == sum(ledger["by_outcome"].values()) == 5
    assert ledger["items"] == sum(ledger["items_by_outcome"].values()) == 5
    assert ledger["by_outcome"]["duplicate"] == 1
    assert ledger["by_outcome"]["updated"] == 1
    assert ledger["stories"] == {"held": 1, "live": 1}
    assert "sum" in run("status").output


def test_status_names_every_source_and_whether_run_is_at_work(folder: Path, run: Run) -> None:
    """A source of which nothing has come is the one to look at; so is a newsroom that stands."""
    assert "norlin  0           -              0              new" in run("status").output
    assert "`wirecopy run` is not at work here" in run("status").output
    with running(folder):
        assert "at work" not in run("status").output
        assert json.loads(run("status", "--json").output)["running"] is True
    assert json.loads(run("status", "--json").output)["running"] is False


def test_status_names_a_source_that_nobody_can_read(folder: Path, run: Run) -> None:
    """After three deliveries of which nothing could be read; one that is read makes it well."""

    def state() -> str:
        (told,) = json.loads(run("source", "list", "--json").output)
        return str(told["state"])

    for number in range(2):
        run("ingest", dropped(folder, f"{number}.xml", BROKEN), code=1)
    assert state() == "new"
    run("ingest", dropped(folder, "2.xml", BROKEN), code=1)
    assert "nothing of its last 3 deliveries could be read: " in run("status").output
    assert "nothing of its last 3 deliveries could be read: " in run("source", "list").output
    assert state() == "failing"
    run("ingest", dropped(folder, "3.xml", FERRY))
    assert state() == "new"


def test_an_update_changes_the_page_and_not_its_address(folder: Path, run: Run) -> None:
    """One story, one URL: the second version stands where the first did."""
    run("ingest", dropped(folder, "1.xml", FERRY))
    address = page(folder)
    assert "updated" in run("ingest", dropped(folder, "2.xml", FERRY_2)).output
    assert page(folder) == address
    html = address.read_text("utf-8")
    assert "begins a day early" in html
    assert "812 of 960" not in html


def test_a_kill_by_the_agency_leaves_nothing(folder: Path, run: Run) -> None:
    """After a kill no file of the site has a word of the story; an older version stays out."""
    run("ingest", dropped(folder, "1.xml", FERRY))
    slug = page(folder).stem.rpartition("-")[0]
    assert "withdrawn" in run("ingest", dropped(folder, "3.xml", KILL)).output
    assert "superseded" in run("ingest", dropped(folder, "2.xml", FERRY_2)).output
    for path in (folder / "site").rglob("*"):
        assert slug not in str(path)
        text = path.read_text("utf-8", "replace") if path.is_file() else ""
        assert "812 of 960" not in text, path
        assert "Ferry" not in text, path
    assert len(list((folder / "site" / "gone").iterdir())) == 1


def test_staff_hold_release_rework_and_kill(folder: Path, run: Run) -> None:
    """Orders go through the log and are shown with who and why; no order touches the body."""
    story = only_story(run("ingest", dropped(folder, "1.xml", LIBEL), "--json"))
    assert not list((folder / "site" / "world").glob("*-*.html"))
    run("story", "release", story, "--by", "Ada Finn", "--why", "read by counsel")
    body = page(folder).read_text("utf-8").split('data-part="body"')[1].split("</div>")[0]
    run("story", "rework", story, "--by", "Ada Finn", "--headline", "Shipowners meet in court")
    html = page(folder).read_text("utf-8")
    assert "Shipowners meet in court" in html
    assert html.split('data-part="body"')[1].split("</div>")[0] == body
    shown = run("story", "show", story).output
    assert "Ada Finn" in shown
    assert "read by counsel" in shown
    run("story", "kill", story[:6], "--by", "Ada Finn", "--why", "court order")
    assert not list((folder / "site" / "world").glob("*-*.html"))
    assert "killed by Ada Finn: court order" in run("story", "show", story).output


def test_what_waits_for_a_person_is_listed(folder: Path, run: Run) -> None:
    """The newest stories first, each with its page or its reason; by state, source and section."""
    for number, body in enumerate((FERRY, LIBEL)):
        run("ingest", dropped(folder, f"{number}.xml", body))
    held, live = run("story", "list").output.splitlines()[1:]
    assert "rule 'lawyers first' holds it" in held
    assert "Ferry crews of Velmore vote for a strike" in live
    assert f"/world/{page(folder).name}" in live

    def listed(*options: object) -> list[str]:
        return [row["state"] for row in json.loads(run("story", "list", "--json", *options).output)]

    assert listed() == ["held", "live"]
    assert listed("--last", 1) == ["held"]
    assert listed("--state", "live", "--source", "norlin", "--section", "world") == ["live"]
    assert listed("--state", "held", "--state", "live") == ["held", "live"]
    assert listed("--section", "business") == listed("--state", "withdrawn") == []
    with pytest.raises(WirecopyError, match="no source 'norlim'"):
        run("story", "list", "--source", "norlim")
    with pytest.raises(WirecopyError, match="no section 'wrld'"):
        run("story", "list", "--section", "wrld")


def test_staff_end_an_embargo_that_they_alone_can_read(folder: Path, run: Run) -> None:
    """It is held and among what a person should look at; released, it is on the site."""
    text = "EMBARGOED until the minister has finished speaking\nFerries come back in May."
    copy = dropped(
        folder, "1.xml", g2("urn:newsml:norlin.example:2026:may", 1, "Ferries back", text)
    )
    story = only_story(run("ingest", copy, "--json"))
    (waiting,) = json.loads(run("status", "--json").output)["ledger"]["flagged"]
    assert waiting["story"] == story
    assert "release it when it is over" in waiting["reasons"][0]
    assert not list((folder / "site" / "world").glob("*-*.html"))
    run("story", "release", story, "--by", "Ada Finn", "--why", "she has spoken")
    assert "Ferries come back in May." in page(folder).read_text("utf-8")
    assert not json.loads(run("status", "--json").output)["ledger"]["flagged"]


def test_reroute_keeps_the_address(folder: Path, run: Run) -> None:
    """A new section changes fronts, never the URL."""
    story = only_story(run("ingest", dropped(folder, "1.xml", FERRY), "--json"))
    address = page(folder)
    run("story", "reroute", "business", story)
    assert address.exists()
    assert address.name in (folder / "site" / "business" / "index.html").read_text("utf-8")
    assert address.name not in (folder / "site" / "world" / "index.html").read_text("utf-8")


def test_there_is_no_way_to_change_a_body() -> None:
    """Promise 3: no command and no field of an order speaks of the text."""
    assert set(Order.__struct_fields__) == {
        "action", "story", "by", "why", "headline", "picture", "section",
    }  # fmt: skip


def test_rebuild_gives_the_same_site(folder: Path, run: Run) -> None:
    """Archive and site come again from the log, byte for byte."""
    for number, body in enumerate((FERRY, LIBEL, FERRY_2, BROKEN)):
        run("ingest", dropped(folder, f"{number}.xml", body), code=int(body is BROKEN))
    before = site(folder)
    run("rebuild")
    assert site(folder) == before


def site(folder: Path) -> dict[str, bytes]:
    """Every file of the site."""
    root = folder / "site"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.relative_to(root).as_posix().startswith(".")
    }


def test_bake_into_another_folder_equals_the_site(folder: Path, run: Run, tmp_path: Path) -> None:
    """What the incremental press wrote is what a full bake writes."""
    for number, body in enumerate((FERRY, LIBEL, FERRY_2)):
        run("ingest", dropped(folder, f"{number}.xml", body))
    run("bake", "--out", tmp_path / "copy" / "site")
    assert site(tmp_path / "copy") == site(folder)


def test_rules_test_says_which_rule_decided(folder: Path, run: Run) -> None:
    """Before it is taken in, a file can be asked what the rules would do with it."""
    output = run("rules", "test", dropped(folder, "1.xml", LIBEL)).output
    assert "hold (rule 'lawyers first')" in output
    assert "yes" in output
    assert "no       " in run("rules", "test", dropped(folder, "2.xml", FERRY)).output
    assert not (folder / "data").exists()


def test_parse_prints_every_field(tmp_path: Path, run: Run) -> None:
    """One JSON object per item, one per line, under the names of the canonical model."""
    path = tmp_path / "ferry.dat"
    path.write_bytes(FERRY)
    item: dict[str, Any] = json.loads(run("parse", path).output)
    assert item["item_id"] == "urn:newsml:norlin.example:2026:ferry-1"
    assert item["dateline"]["place"].casefold() == "velmore"
    assert item["sign_off"] == "--NORLIN\nab/cd"
    assert item["rights"]["usage_terms"] == []
    assert [block["kind"] for block in item["body"]] == ["p", "p", "p"]
    assert item["version_created"].startswith("2026-03-01T06:00:00")


def test_parse_prints_ninjs(tmp_path: Path, run: Run) -> None:
    """Asked for it, the same items are printed as ninjs 3.0."""
    path = tmp_path / "ferry.dat"
    path.write_bytes(FERRY)
    said: dict[str, Any] = json.loads(run("parse", path, "--as", "ninjs").output)
    assert said["standard"]["version"] == "3.0"
    assert said["uri"] == "urn:newsml:norlin.example:2026:ferry-1"
    assert said["bodies"][0]["value"].count("<p>") == 3


def test_parse_leaves_out_what_is_only_kept(tmp_path: Path, run: Run) -> None:
    """XML that is kept for later revisions is no field of what was read."""
    path = tmp_path / "item.xml"
    path.write_bytes(
        b"<NewsML><NewsItem><NewsManagement/><NewsComponent Duid='a'><NewsLines>"
        b"<HeadLine>Ferries stop</HeadLine></NewsLines></NewsComponent></NewsItem></NewsML>"
    )
    said: dict[str, Any] = json.loads(run("parse", path).output)
    assert said["headline"] == "Ferries stop"
    assert "original" not in said
    assert "edits" not in said


def test_parse_of_a_broken_file_fails_with_a_reason(tmp_path: Path) -> None:
    """Exit code 1 and one sentence on stderr, never a traceback."""
    path = tmp_path / "broken.xml"
    path.write_bytes(BROKEN)
    done = subprocess.run(
        [sys.executable, "-m", "wirecopy", "parse", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {path}: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("-C", "nowhere", "status"), "wirecopy init"),
        (("story",), "Usage"),
        (("ingest", "no-such-file"), "does not exist"),
    ],
)
def test_errors_say_what_to_do(words: tuple[str, ...], sentence: str, tmp_path: Path) -> None:
    """Exit code 2 and a sentence, for whatever is typed wrongly."""
    done = subprocess.run(
        [sys.executable, "-m", "wirecopy", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 2
    assert sentence in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_an_unknown_source_is_named_with_the_known_ones(tmp_path: Path) -> None:
    """Where two sources are configured, a file of neither's folder asks for --source."""
    folder = newsroom(
        tmp_path / "two", CONFIG + '\n[[sources]]\nname = "sarrow"\nagency = "Sarrow"\n'
    )
    path = tmp_path / "1.xml"
    path.write_bytes(FERRY)
    asked = CliRunner().invoke(
        wirecopy, ["-C", str(folder), "ingest", str(path)], standalone_mode=False
    )
    assert "norlin, sarrow" in str(asked.exception)
    named = CliRunner().invoke(
        wirecopy,
        ["-C", str(folder), "ingest", str(path), "--source", "sarow"],
        standalone_mode=False,
    )
    assert "Did you mean 'sarrow'?" in str(named.exception)


def test_a_changed_time_zone_asks_for_a_rebuild(folder: Path, run: Run) -> None:
    """Days begin elsewhere in another zone; the archive is never quietly wrong."""
    run("ingest", dropped(folder, "1.xml", FERRY))
    assert '+05:30"' in page(folder).read_text("utf-8")
    (folder / "wirecopy.toml").write_text(CONFIG.replace("Asia/Kolkata", "UTC"), "utf-8")
    with pytest.raises(WirecopyError, match="wirecopy rebuild"):
        run("status")
    run("rebuild")
    text = page(folder).read_text("utf-8")
    assert '+00:00"' in text
    assert "+05:30" not in text


def test_the_page_of_commands_is_up_to_date() -> None:
    """docs/reference/commands.md is what the code would write."""
    written = (ROOT / "docs/reference/commands.md").read_text("utf-8")
    assert written == commands_markdown(), "run `make docs`"
