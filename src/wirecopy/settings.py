"""The newsroom's own files of settings: read, checked against its folders, written whole."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from wirecopy import formats
from wirecopy.config import Config, naming, parse
from wirecopy.config import Press as PressSettings
from wirecopy.errors import ConfigError
from wirecopy.formats.dialects import with_profiles
from wirecopy.pictures.lettering import can_shape, given
from wirecopy.press import paths

CONFIG = "wirecopy.toml"
VOCABULARY = "vocabulary.toml"
"""Media Topics that were imported, beside the settings."""
PROFILES = "profiles"
BACKUP = "backup.json"
"""What a folder holds that is a backup, and no newsroom."""
_OF_A_SITE = (paths.NOT_FOUND, paths.GONE, paths.OPENSEARCH, paths.NEWS_SITEMAP)
"""Files that only a site of ours has, all together."""


# -- reading and writing -------------------------------------------------------------------


def read_config(folder: Path, environ: Mapping[str, str]) -> Config:
    """The configuration of the newsroom in `folder`; ConfigError says what to type."""
    path = folder / CONFIG
    if (folder / BACKUP).exists():
        raise ConfigError(
            f"{folder} is a backup, which would not be one any more once it had been worked in. "
            f"Put it back into a new folder first: `wirecopy -C NEW restore {folder}`."
        )
    try:
        text = _text(path)
    except FileNotFoundError as error:
        raise ConfigError(
            f"{path} does not exist. Make a newsroom with `wirecopy init {folder}`, or say where "
            "yours is with `wirecopy -C DIR`."
        ) from error
    config = parse("\n".join((text, _vocabulary(folder))), environ)
    with naming(_names(config)):
        return with_profiles(config, _own_profiles(folder))


def _names(config: Config) -> dict[str, list[str]]:
    return {"sources": [source.name for source in config.sources]}


def _text(path: Path) -> str:
    """The text of a file of settings; ConfigError says what to do, FileNotFoundError is let by."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path} is not in UTF-8 (line {line}): save it as UTF-8 in your editor."
        ) from error


def _vocabulary(folder: Path) -> str:
    """The text of the Media Topics that were imported, "" where none were."""
    path = folder / VOCABULARY
    try:
        return path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} cannot be read: {error}. Delete it, or import it again."
        ) from error


def _own_profiles(folder: Path) -> dict[str, str]:
    """The texts of the newsroom's own profiles, by the names of their files."""
    texts = {}
    for path in sorted((folder / PROFILES).glob("*.toml")):
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", path.stem):
            raise ConfigError(
                f"{path}: name it in lower-case letters, digits and hyphens, such as meridian.toml."
            )
        texts[path.stem] = _text(path).removeprefix("\ufeff")
    return texts


def card_font(folder: Path, config: Config) -> Path | None:
    """The file of the newsroom's font for cards, if it names one; ConfigError for no font."""
    if not config.pictures.card_font:
        return None
    path = folder / config.pictures.card_font
    if not can_shape():
        raise ConfigError(
            "wirecopy.toml: pictures.card_font: to set words in other scripts takes FriBidi. "
            "Install it (Debian: libfribidi0), or leave the setting out."
        )
    try:
        readable = given(path.read_bytes()) is not None
    except OSError:
        readable = False
    if not readable:
        raise ConfigError(
            f"wirecopy.toml: pictures.card_font: {path} is not a font that can be read. "
            "Put a TTF, OTF or WOFF2 file there."
        )
    return path


def write_whole(path: Path, body: bytes) -> None:
    """Return once the file holds `body`, whole and on disk; ConfigError when it cannot be written.

    Whoever reads it meanwhile sees the old file or the new one; its permissions stay.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        with part.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        part.chmod(mode)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):  # it may be the folder that is none
            part.unlink(missing_ok=True)
        raise ConfigError(f"{path} cannot be written: {error.strerror}.") from error


# -- what they may name --------------------------------------------------------------------


def check_parts(folder: Path, config: Config) -> None:
    """Refuse settings that name a format there is none of, or a folder that cannot be meant."""
    _check_theme(folder, config.press.theme)
    with naming(_names(config)):
        for number, source in enumerate(config.sources):
            _check_format(source.format, f"wirecopy.toml: sources[{number}]")
        _check_inboxes(folder, config)


def _check_format(name: str, where: str) -> None:
    if name and name.strip().lower().replace("_", "-") not in formats.names():
        known = ", ".join(formats.names())
        raise ConfigError(f"{where}.format {name!r} is unknown. Known: {known}.")


def _check_inboxes(folder: Path, config: Config) -> None:
    """Each watched folder is one source's own: what lies in another's would be of both."""
    inboxes: dict[Path, str] = {}
    for number, source in enumerate(config.sources):
        if not source.path:
            continue
        where = f"wirecopy.toml: sources[{number}].path {source.path!r}"
        inbox = (folder / source.path).resolve()
        if is_ours(inbox, folder.resolve()):
            raise ConfigError(
                f"{where} holds wirecopy's own files, and a watched folder is emptied. Write "
                f'"inbox/{source.name}".'
            )
        if inbox in inboxes:
            raise ConfigError(
                f"{where} is the folder of {inboxes[inbox]!r} already; each source needs one of "
                "its own."
            )
        for other, name in inboxes.items():
            if other in inbox.parents or inbox in other.parents:
                raise ConfigError(
                    f"{where} and the folder of {name!r} lie in each other, and what comes into "
                    f'the inner one would be of both. Write "inbox/{source.name}", or another '
                    "folder beside that one."
                )
        inboxes[inbox] = source.name


def _check_theme(folder: Path, name: str) -> None:
    root, theme = folder.resolve(), (folder / name).resolve()
    if is_ours(theme, root):
        raise ConfigError(
            f"wirecopy.toml: press.theme {name!r} holds wirecopy's own files, and all of a theme "
            'is published. Write "theme".'
        )
    if name != PressSettings().theme and not theme.is_dir():
        raise ConfigError(f"wirecopy.toml: press.theme: there is no folder {theme}. Make it.")


def is_ours(place: Path, root: Path) -> bool:
    """Whether a folder holds the newsroom's files, or lies among those that wirecopy writes."""
    ways = (place, *place.parents)
    return place == root or place in root.parents or root / "data" in ways or root / "site" in ways


def check_out(folder: Path) -> None:
    """Return when a site may be put into `folder`: nothing lies there, or a site of ours."""
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not all((folder / name).is_file() for name in _OF_A_SITE):
        raise ConfigError(
            f"{folder} is neither empty nor a wirecopy site, and what lies there would be deleted: "
            "choose another folder."
        )
