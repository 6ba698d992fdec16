"""What every implementation of ports.Site promises; the fake is held to the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from wirecopy.briefs import File
from wirecopy.errors import OutletError
from wirecopy.outlets.folder import Folder
from wirecopy.ports import Site


class Memory:
    """A site in memory."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def write(self, files: Iterable[File]) -> int:
        """Number of files changed."""
        changed = 0
        for file in files:
            if file.path.startswith("/") or ".." in file.path.split("/"):
                raise OutletError(f"{file.path!r} is not a path inside the site.")
            changed += self.files.get(file.path) != file.body
            self.files[file.path] = file.body
        return changed

    def remove(self, paths: Iterable[str]) -> int:
        """Number of files that were there and are gone now."""
        return sum(self.files.pop(path, None) is not None for path in paths)

    def sync(self) -> None:
        """Nothing: memory survives no power cut."""

    def paths(self) -> Iterator[str]:
        """Every file of the site."""
        yield from list(self.files)


MAKERS: dict[str, Callable[[Path], Site]] = {
    "folder": lambda path: Folder(path / "site"),
    "memory": lambda _path: Memory(),
}


@pytest.fixture(params=MAKERS)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Site:
    """One empty site of each kind."""
    return MAKERS[request.param](tmp_path)


def test_written_files_are_listed(site: Site) -> None:
    """Every file written is listed once, by its path from the root."""
    files = [File("index.html", b"a"), File("world/2022/01/08/index.html", b"b"), File("e", b"")]
    assert site.write(files) == 3
    assert sorted(site.paths()) == ["e", "index.html", "world/2022/01/08/index.html"]


def test_equal_files_are_left_alone(site: Site) -> None:
    """Writing the same bytes again changes nothing and counts nothing; other bytes count."""
    site.write([File("a.html", b"one"), File("b.html", b"two")])
    assert site.write([File("a.html", b"one"), File("b.html", b"two!")]) == 1
    assert site.write([File("a.html", b"eno")]) == 1
    assert site.write([]) == 0


def test_removed_files_are_gone(site: Site) -> None:
    """Removing counts what was there; a second time there is nothing to remove."""
    site.write([File("a.html", b"a"), File("w/x/b.html", b"b"), File("w/c.html", b"c")])
    assert site.remove(["a.html", "w/x/b.html", "never.html", "w/never/n.html"]) == 2
    assert site.remove(["a.html"]) == 0
    assert list(site.paths()) == ["w/c.html"]


def test_a_removed_folders_place_is_free(site: Site) -> None:
    """When the last file of a folder is gone, a file may take the folder's name, and back."""
    site.write([File("w/x/b.html", b"b")])
    site.remove(["w/x/b.html"])
    assert site.write([File("w", b"now a file")]) == 1
    site.remove(["w"])
    assert site.write([File("w/x/b.html", b"b")]) == 1
    assert list(site.paths()) == ["w/x/b.html"]


def test_sync_keeps_what_was_written(site: Site) -> None:
    """After sync all files are still there; an empty site can be synced too."""
    site.sync()
    site.write([File("a.html", b"a")])
    site.sync()
    assert list(site.paths()) == ["a.html"]


@pytest.mark.parametrize("path", ["/a.html", "../a.html", "w/../../a.html"])
def test_paths_outside_are_refused(site: Site, path: str) -> None:
    """A path that leaves the site raises OutletError and writes nothing."""
    with pytest.raises(OutletError):
        site.write([File(path, b"x")])
    assert list(site.paths()) == []


def test_files_may_come_from_a_generator(site: Site) -> None:
    """Files are taken one by one, so that a whole bake never has to be in memory."""
    assert site.write(File(f"{n}.html", b"x") for n in range(50)) == 50
    assert site.remove(f"{n}.html" for n in range(50)) == 50
