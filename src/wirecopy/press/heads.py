"""What stands in the head of a page that is no story."""

from __future__ import annotations

from wirecopy.press import jsonld, paths, view
from wirecopy.press.house import INDEXED, House


def plain_head(title: str, house: House, robots: str = "noindex") -> view.Head:
    """The head of a page that is no list and no story."""
    return view.Head(title=f"{title} | {house.config.site.name}", robots=robots)


def list_head(
    title: str,
    path: str,
    house: House,
    *,
    feeds: paths.FeedPaths | None = None,
    steps: list[tuple[str, str]] | None = None,
    alternates: tuple[view.Alternate, ...] = (),
    about: str = "",
) -> view.Head:
    """The head of a list page; `steps` is the way from home, "" for home itself.

    `about` describes the page; one without says its title and what the site is.
    """
    site, link = house.config.site, house.absolute(path)
    description = about or site.description or site.tagline or site.name
    if title and not about:
        description = f"{title}. {description}"
    properties = (
        ("og:type", "website"),
        ("og:site_name", site.name),
        ("og:title", title or site.name),
        ("og:description", description),
        ("og:url", link),
        ("og:locale", house.open_graph()),
        *((("og:image", site.logo),) if site.logo else ()),
    )
    return view.Head(
        title=f"{title} | {site.name}" if title else site.name,
        canonical=view.url(link),
        robots=INDEXED,
        metas=(
            view.Meta(attribute="name", key="description", content=view.attribute(description)),
            view.Meta(attribute="name", key="twitter:card", content=view.Html("summary")),
            *(
                view.Meta(attribute="property", key=k, content=view.attribute(v))
                for k, v in properties
            ),
        ),
        feeds=house.feeds(title or site.name, feeds) if feeds else (),
        alternates=alternates,
        jsonld=jsonld.list_graph(house, steps or []),
    )
