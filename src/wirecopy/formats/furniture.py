"""What an agency's site hangs around and between its copy: share buttons, sign-ups, field labels.

It is told by the class that its engine gives it and by nothing else: those names are the engines'
own, and no words are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDPRESS = """
    sharedaddy sd-sharing-enabled jp-relatedposts jetpack-likes-widget-wrapper robots-nocontent
    screen-reader-text more-link link-more wp-block-buttons wp-block-social-links
    wp-block-latest-posts wp-block-latest-comments wp-block-query wp-block-search
    wp-block-tag-cloud wp-block-categories wp-block-archives wp-block-comments
    wp-block-post-comments-form wp-block-jetpack-subscriptions wp-block-jetpack-mailchimp
    wp-block-jetpack-sharing-buttons wp-block-jetpack-related-posts addtoany_share_save_container
    addtoany_content heateor_sss_sharing_container ssba ssbp-wrap yarpp yarpp-related
    rp4wp-related-posts crp_related mc4wp-form mailpoet_form saboxplugin-wrap abh_box
    m-a-box post-views wpd-comment-form
"""
_GHOST = "kg-signup-card kg-button-card kg-bookmark-card kg-cta-card kg-callout-emoji"
_SUBSTACK = """
    button-wrapper captioned-button-wrap subscription-widget-wrap subscription-widget-wrap-editor
    digest-post-embed embedded-post-wrap embedded-publication-wrap install-substack-app-embed
    community-chat paywall-jump poll-embed footnote-anchor footnote-number
"""
_DRUPAL = """
    field--name-title field--name-uid field--name-created field--name-changed
    field--name-field-tags field-name-field-tags field--name-comment field-name-comment
    field--name-links node__links node__submitted node-readmore comment-add sharethis-inline
    addtoany_list
"""
_CLASSES = frozenset(f"{_WORDPRESS} {_GHOST} {_SUBSTACK} {_DRUPAL}".split())
"""Classes of what is no copy."""
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE
)


def is_out_of_sight(attributes: Mapping[str, str]) -> bool:
    """Whether an element with these attributes hides itself from readers, or is no copy."""
    return (
        "hidden" in attributes
        or ("class" in attributes and _is_furniture(attributes["class"]))
        or ("style" in attributes and _HIDDEN.search(attributes["style"]) is not None)
    )


def _is_furniture(classes: str) -> bool:
    """Whether one of an element's classes says that it is no copy."""
    return not _CLASSES.isdisjoint(classes.split())
