"""The same stories as a Hugo site: one HTML file each, topics as a taxonomy, feeds, a plain theme.

The theme has the parts of our own pages that Hugo can make without its related-content index:
head with metadata and JSON-LD, navigation, breadcrumb, picture, times, body, more from the
section, topics, next story; fronts, topic pages and RSS of both.
"""

from __future__ import annotations

import json
from pathlib import Path

import wire
from measures import Watched, run_watched

_SETTINGS = """
baseURL = "https://bench.example/"
title = "The Bench"
languageCode = "en"
buildFuture = true  # the invented wire comes from the future
disableKinds = ["404"]
paginate = 40
rssLimit = 40
[taxonomies]
topic = "topics"

"""
_BASE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ if not .IsHome }}{{ .Title }} | {{ end }}{{ .Site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
<meta name="description" content="{{ with .Description }}{{ . }}{{ else }}{{ .Site.Title }}{{ end }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:url" content="{{ .Permalink }}">
<link rel="stylesheet" href="/site.css">
{{ range .AlternativeOutputFormats }}<link rel="{{ .Rel }}" type="{{ .MediaType.Type }}" href="{{ .Permalink }}">
{{ end }}{{ block "head" . }}{{ end }}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><p class="nameplate"><a href="/">{{ .Site.Title }}</a></p>
<nav><ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></nav></header>
<main id="main">{{ block "main" . }}{{ end }}</main>
<footer><p><a href="/">{{ .Site.Title }}</a></p><p>Copy of news agencies, as they sent it.</p></footer>
</body>
</html>
"""  # noqa: E501 - a template's lines are as long as they are
_SINGLE = """{{ define "head" }}<script type="application/ld+json">{{ dict "@context" "https://schema.org"
"@type" "NewsArticle" "headline" .Title "datePublished" .Date "dateModified" .Lastmod
"description" .Description "mainEntityOfPage" .Permalink | jsonify | safeJS }}</script>{{ end }}
{{ define "main" }}<article>
<nav><ol><li><a href="/">Home</a></li><li><a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></li></ol></nav>
<h1>{{ .Title }}</h1>
<p class="standfirst">{{ .Description }}</p>
{{ with .Params.picture }}<figure><img src="{{ . }}" width="1200" height="800" alt=""></figure>{{ end }}
<p>By {{ .Params.byline }}, {{ .Params.agency }} {{ .Params.place }}</p>
<p>{{ .ReadingTime }} min read <time datetime="{{ .Lastmod.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Lastmod.Format "Jan 02 2006 | 3:04 PM MST" }}</time></p>
<div class="body">{{ .Content }}</div>
<p>(Published from the {{ .Params.agency }} feed; not edited by staff.)</p>
<aside><h2>More from this section</h2><ul>{{ range first 5 (after 1 .CurrentSection.RegularPages) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> <time>{{ .Date.Format "Jan 02, 3:04 PM" }}</time></li>{{ end }}</ul></aside>
<ul>{{ range .GetTerms "topics" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<p>First published: <time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "Jan 02 2006 | 3:04 PM MST" }}</time></p>
{{ with .NextInSection }}<p><a rel="next" href="{{ .RelPermalink }}">Next story: {{ .Title }}</a></p>{{ end }}
</article>{{ end }}
"""  # noqa: E501 - a template's lines are as long as they are
_TEASER = """<article><h3><a href="{{ .RelPermalink }}">{{ .Title }}</a></h3>
{{ with .Params.picture }}<figure><img src="{{ . }}" width="1200" height="800" alt="" loading="lazy"></figure>{{ end }}
<p>{{ .Description }}</p><p><span>{{ .Params.agency }}</span> <time datetime="{{ .Date.Format "2006-01-02T15:04:05Z07:00" }}">{{ .Date.Format "Jan 02, 3:04 PM" }}</time></p></article>
"""  # noqa: E501 - a template's lines are as long as they are
_LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ range first LIMIT .Pages }}{{ partial "teaser.html" . }}{{ end }}{{ end }}
"""
_TERMS = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>
{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""
_HOME = """{{ define "main" }}
{{ range first 12 .Site.RegularPages }}{{ partial "teaser.html" . }}{{ end }}
{{ range .Site.Sections }}<section><h2><a href="{{ .RelPermalink }}">{{ .Title }}</a></h2>
{{ range first 5 .RegularPages }}{{ partial "teaser.html" . }}{{ end }}</section>{{ end }}{{ end }}
"""
_LAYOUTS = {
    "_default/baseof.html": _BASE,
    "_default/single.html": _SINGLE,
    "_default/list.html": _LIST.replace("LIMIT", "40"),
    "_default/term.html": _LIST.replace("LIMIT", "100"),
    "_default/terms.html": _TERMS,
    "index.html": _HOME,
    "partials/teaser.html": _TEASER,
}


def write_site(folder: Path, copies: list[wire.Copy]) -> None:
    """Write the stories, the theme and the settings of a Hugo site into `folder`."""
    folder.mkdir()
    (folder / "config.toml").write_text(_SETTINGS, encoding="utf-8")
    for name, text in _LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for section in wire.SECTIONS:
        place = folder / "content" / section
        place.mkdir(parents=True)
        title = json.dumps({"title": section.capitalize()})
        (place / "_index.html").write_text(f"{title}\n", encoding="utf-8")
    for copy in copies:
        path = folder / "content" / copy.section / f"story-{copy.number}.html"
        path.write_text(_story(copy), encoding="utf-8")


def _story(copy: wire.Copy) -> str:
    front = {
        "title": copy.headline,
        "description": copy.standfirst,
        "date": copy.created.isoformat(),
        "topics": list(copy.topics),
        "byline": copy.byline,
        "agency": copy.agency,
        "place": copy.place,
    }
    if copy.picture:
        front["picture"] = copy.picture
    body = "\n".join(f"<p>{paragraph}</p>" for paragraph in copy.paragraphs)
    return f"{json.dumps(front, indent=1)}\n{body}\n"


def build(folder: Path, out: Path) -> Watched:
    """Have Hugo make the whole site into the new folder `out`."""
    return run_watched(["hugo", "--quiet", "--destination", str(out)], folder)


def story_pages(out: Path) -> list[Path]:
    """The files of all story pages that Hugo made."""
    return [page for name in wire.SECTIONS for page in (out / name).glob("story-*/index.html")]
