"""The album: a story's pictures as readers may see them now. Implements ports.Album.

Rights are obeyed whatever the newsroom's settings; pictures of our own take the agency's place
where the ledger has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from wirecopy.briefs import Dressed, File
from wirecopy.config import Config, Source
from wirecopy.model import Focus, Item, Media, Provenance, Rendition, Story, Teaser
from wirecopy.pictures.ledger import CARD, Ledger
from wirecopy.pictures.nouns import Facts, Label, Order, Said
from wirecopy.press.picture_rights import (
    credited,
    for_other_media,
    forbids_social,
    shown_until,
)
from wirecopy.press.pictures import CROP, STILLS, is_image, shot_of


class Album:
    """The pictures of one site."""

    def __init__(self, config: Config, ledger: Ledger) -> None:
        self._ledger = ledger
        self._config = config
        self._keep = config.pictures.keep
        self._days = config.pictures.archive_days
        self._bests: dict[Media, Rendition | None] = {}
        self._home = config.site.url.rstrip("/")
        self._sources = {source.name: source for source in config.sources}
        self._sections = {s.key: (s.name, n) for n, s in enumerate(config.sections)}

    def dress(self, story: Story, now: datetime | None) -> Dressed:
        """The story with the pictures that may be shown at `now`, the archive's own time."""
        item = story.standing
        if item is None:
            return Dressed(story=story)
        self._note(story, item, now)
        source, files = self._sources.get(story.source), list[File]()
        media = self._allowed(item.media, source, story.first_published, now)
        coming = any(map(self._is_coming, (*media, story.rework.picture)))
        shown = tuple(self._own(one, files) for one in media)
        kept = tuple(one for one in shown if one is not None)
        rework = story.rework
        if rework.picture is not None:
            full = self._with_words(rework.picture)
            barred = _is_barred(full, story.first_published, self._days, now)
            own = None if barred else self._own(rework.picture, files)
            rework = msgspec.structs.replace(rework, picture=own)
        if kept != item.media or rework is not story.rework:
            item = msgspec.structs.replace(item, media=kept)
            story = msgspec.structs.replace(story, standing=item, rework=rework)
        card = "" if coming else self._card(story, item, files)
        return Dressed(story=story, files=tuple(files), card=card)

    def show(self, teaser: Teaser, now: datetime | None) -> Teaser:
        """The teaser with the picture that may be shown at `now`."""
        picture = teaser.picture
        if picture is None:
            return teaser
        source = self._sources.get(teaser.source)
        allowed = self._allowed((picture,), source, teaser.first_published, now)
        shown = self._own(allowed[0], None) if allowed else None
        if shown is picture:
            return teaser
        return msgspec.structs.replace(teaser, picture=shown)

    def put(self, story: str, paths: Sequence[str]) -> None:
        """Note which picture files the story's page shows."""
        if not self._ledger.readonly:
            self._ledger.put(story, paths)

    def unshown(self) -> tuple[str, ...]:
        """The picture files that no page shows any more, and whose removal has not been noted."""
        return () if self._ledger.readonly else self._ledger.unshown()

    def swept(self, paths: Sequence[str]) -> None:
        """Note that these are gone from the site, for good."""
        self._ledger.swept(paths)

    def write_wants(self) -> None:
        """Write down which pictures the stories that were dressed want; SourceError if it fails."""
        self._ledger.write_wants()

    def changed(self, now: datetime | None) -> dict[str, bool]:
        """Stories whose pictures have come, gone or run out, and whether lists show the change."""
        return self._ledger.changed(now)

    def forget_changes(self, stories: Sequence[str], now: datetime | None) -> None:
        """Let go of what `changed` said of these stories: their pages have been marked."""
        self._ledger.forget_changes(stories, now)

    # -- rights ------------------------------------------------------------------------

    def _allowed(
        self,
        media: tuple[Media, ...],
        source: Source | None,
        published: datetime | None,
        now: datetime | None,
    ) -> tuple[Media, ...]:
        """Those that may be shown: not barred, and credited where their source wants it."""
        strict = source is None or source.picture_credit == "required"
        days, kept = self._days, []
        for one in media:
            full = self._with_words(one)
            if not _is_barred(full, published, days, now) and (not strict or credited(full)):
                kept.append(one)
        return tuple(kept)

    def _with_words(self, media: Media) -> Media:
        """The picture with the words of its own file where the wire says nothing."""
        facts = self._facts(media)
        return media if facts is None or facts.said == _SILENT else _worded(media, facts)

    # -- our own -----------------------------------------------------------------------

    def _facts(self, media: Media) -> Facts | None:
        best = self._best(media) if self._keep != "link" else None
        return self._ledger.facts(best.href) if best else None

    def _best(self, media: Media) -> Rendition | None:
        """The picture's best file, where that is another's to fetch."""
        if media not in self._bests:
            if len(self._bests) >= _KNOWN:
                self._bests.clear()
            self._bests[media] = self._best_of(media)
        return self._bests[media]

    def _best_of(self, media: Media) -> Rendition | None:
        if media.status != "usable" or media.type not in STILLS:
            return None
        shot = shot_of(media, self._home)
        if shot is not None and not shot.src.startswith(_WEB):
            return None
        # What a page may not link, such as plain http or a host of our own network, is fetched all
        # the same: readers get our own file. Whom we may ask is for the guard to say.
        return max(
            (r for r in media.renditions if r.href.startswith(_WEB) and is_image(r)),
            key=lambda r: (r.width or 0, r.size or 0),
            default=None,
        )

    def _own(self, media: Media, files: list[File] | None) -> Media | None:
        """Our own renditions of a picture; the agency's, or none, where there are none (yet)."""
        if self._keep == "link":
            return media
        best = self._best(media)
        if best is None:
            return media
        facts = self._ledger.facts(best.href)
        if facts is None:
            return media if self._keep == "fetch" else None
        if facts.outcome != "kept":
            return None  # what we could not get readers may not get either
        if files is not None:
            files += [
                File(cut.path, body)
                for cut in facts.cuts
                if (body := self._ledger.read(facts, cut)) is not None
            ]
        return _worded(media, facts, best.focus)

    def _is_coming(self, media: Media | None) -> bool:
        """Whether a picture has not been asked for yet; until then nobody draws a card for it."""
        if media is None or self._keep == "link" or (best := self._best(media)) is None:
            return False
        return self._ledger.facts(best.href) is None

    def _note(self, story: Story, item: Item, now: datetime | None) -> None:
        """Ask for the pictures that have not been fetched, and note when one comes or runs out."""
        if self._ledger.readonly:
            return
        source = self._sources.get(story.source)
        shown = [m for m in (story.rework.picture, *item.media) if m is not None]
        times = (
            at
            for m in shown
            for at in (
                m.embargo_until,
                shown_until(self._with_words(m), story.first_published, self._days),
            )
        )
        coming = (at for at in times if at is not None and (now is None or at > now))
        self._ledger.due(story.id, min(coming, default=None))
        if self._keep == "link":
            return
        private = source is not None and source.allow_private
        for media in shown:
            usable = media.status == "usable" and not for_other_media(media.usage_terms)
            if usable and (best := self._best(media)):
                label = Label(credit=media.credit, copyright=media.copyright, focus=best.focus)
                self._ledger.want(story.id, best.href, private=private, label=label)

    # -- cards -------------------------------------------------------------------------

    def _card(self, story: Story, item: Item, files: list[File]) -> str:
        """Path of the card of a story without a picture for previews, once it has been drawn."""
        if not self._config.pictures.cards:
            return ""
        name, number = self._sections.get(story.section, (story.section, 0))
        order = Order(
            headline=(story.rework.headline or item.headline)[:300],
            section=name,
            agency=story.agency,
            site=self._config.site.name,
            tone=number % 8 + 1,
            font=self._config.pictures.card_font or msgspec.UNSET,
        )
        shots = (shot_of(media, self._home) for media in (story.rework.picture, *item.media))
        shown = next((shot for shot in shots if shot is not None), None)
        if shown is not None and not forbids_social(shown.media):
            return ""
        url = CARD + msgspec.json.encode(order).decode()
        facts = self._ledger.facts(url)
        if facts is None and not self._ledger.readonly:
            self._ledger.want(story.id, url, private=False)
        if facts is None or facts.outcome != "kept" or not facts.cuts:
            return ""
        body = self._ledger.read(facts, facts.cuts[0])
        if body is None:
            return ""
        files.append(File(facts.cuts[0].path, body))
        return facts.cuts[0].path


_SILENT = Said()
_WEB = ("https://", "http://")
_KNOWN = 4096
"""Pictures whose best file is kept in mind: one page asks for it again and again."""


def _is_barred(media: Media, published: datetime | None, days: int, now: datetime | None) -> bool:
    """Whether a picture's own rights keep it off a page: another medium's, too early or too late.

    Films and sound are no part of a page; what bars a link to them is asked where links are made.
    """
    if media.embargo_until is not None and (now is None or media.embargo_until > now):
        return True
    still = media.type in STILLS
    return (still and for_other_media(media.usage_terms)) or _run_out(media, published, days, now)


def _run_out(media: Media, published: datetime | None, days: int, now: datetime | None) -> bool:
    """Whether the picture's time is over."""
    if now is None or not (media.usage_terms or media.expires_at):
        return False
    until = shown_until(media, published, days)
    return until is not None and until <= now


def _worded(media: Media, facts: Facts, focus: Focus | None = None) -> Media:
    """The picture with our own files; what the wire says of it wins over what its file says."""
    said = facts.said
    terms = tuple(text for text in (said.instructions, said.terms) if text)
    renditions = tuple(
        Rendition(
            href=cut.path,
            role=CROP if cut.crop else "",
            mime=cut.mime,
            width=cut.width,
            height=cut.height,
            size=cut.size,
            focus=None if cut.crop else focus or facts.focus,
        )
        for cut in facts.cuts
    )
    return msgspec.structs.replace(
        media,
        renditions=renditions or media.renditions,
        caption=media.caption or said.caption,
        alt=media.alt or said.alt,
        credit=media.credit or said.credit or said.creator,
        copyright=media.copyright or said.copyright,
        usage_terms=(*media.usage_terms, *terms),
        made=Provenance(
            creator=said.creator,
            source_type=said.digital_source,
            terms_url=said.web_statement,
            licensor_url=said.licensor,
        ),
    )
