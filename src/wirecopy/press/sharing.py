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


def share(
    headline: str, link: str, networks: tuple[Network, ...]
) -> tuple[view.Html, tuple[view.Link, ...]]:
    """(the address that opens a mail, a link for each network that the newsroom names)."""
    text, where = quote(headline, safe=""), quote(link, safe="")
    mail = view.url(f"mailto:?subject={text}&body={where}")
    return mail, tuple(
        view.Link(name=name, url=view.url(pattern.replace("{text}", text).replace("{link}", where)))
        for name, pattern in (_NETWORKS[network] for network in networks)
    )
