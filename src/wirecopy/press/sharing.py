"""Links that pass a story on: plain addresses, asked for by a click and by nothing else."""

from __future__ import annotations

from urllib.parse import quote

from wirecopy.config import Network
from wirecopy.press import view

_NETWORKS: dict[Network, tuple[str, str]] = {
    "whatsapp": ("WhatsApp", "https://wa.me/?text={text}%20{link}"),
    "telegram": ("Telegram", "https://t.me/share/url?url={link}&text={text}"),
    "x": ("X", "https://x.com/intent/post?url={link}&text={text}"),
    "facebook": ("Facebook", "https://www.facebook.com/sharer/sharer.php?u={link}"),
    "bluesky": ("Bluesky", "https://bsky.app/intent/compose?text={text}%20{link}"),
    "mastodon": ("Mastodon", "https://share.joinmastodon.org/#text={text}%20{link}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?url={link}"),
    "reddit": ("Reddit", "https://www.reddit.com/submit?url={link}&title={text}"),
}


def mailto(headline: str, link: str) -> view.Html:
    """The address that opens a mail with headline and link."""
    return view.url(f"mailto:?subject={quote(headline)}&body={quote(link, safe='')}")


def share(headline: str, link: str, networks: tuple[Network, ...]) -> tuple[view.Link, ...]:
    """One link for each network that the newsroom names, in its order."""
    text, where = quote(headline, safe=""), quote(link, safe="")
    return tuple(
        view.Link(name=name, url=view.url(pattern.replace("{text}", text).replace("{link}", where)))
        for name, pattern in (_NETWORKS[network] for network in networks)
    )
