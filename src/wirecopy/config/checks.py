"""Checks of wirecopy.toml that types cannot make."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import msgspec

from wirecopy.config.desk import Chains, Rule, Strings
from wirecopy.config.editions import tag_of
from wirecopy.config.near import suggest
from wirecopy.config.patterns import fault_of_rule
from wirecopy.config.site import DEFAULT_SECTIONS, RESERVED, Files, Publisher, Site
from wirecopy.config.sources import Source
from wirecopy.config.tables import Config
from wirecopy.config.values import duration
from wirecopy.config.ways import check_secret, check_watch, check_way, web_address
from wirecopy.errors import ConfigError

_LOCALE = r"[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*"


def checked(config: Config) -> Config:
    """`config` with default sections, after the checks that types cannot make."""
    _check_site(config.site)
    config = msgspec.structs.replace(
        config,
        site=msgspec.structs.replace(config.site, url=config.site.url.rstrip("/")),
        sections=config.sections or DEFAULT_SECTIONS,
    )
    _check_chains(config.chains)
    check_retention(config.log.keep)
    sections = [section.key for section in config.sections]
    sources = [source.name for source in config.sources]
    _unique("sections", "key", sections)
    _unique("sources", "name", sources)
    _unique("sources", "listen", [source.listen for source in config.sources if source.listen])
    _unique("rules", "name", [rule.name for rule in config.rules])
    _unique("topics", "name", [topic.name for topic in config.topics])
    for number, topic in enumerate(config.topics):
        _filled(f"topics[{number}].name", topic.name)
    for number, section in enumerate(config.sections):
        _filled(f"sections[{number}].name", section.name)
        if not re.fullmatch(rf"(?:{_LOCALE})?", section.language):
            raise ConfigError(
                f"wirecopy.toml: sections[{number}].language is {section.language!r}: write it as "
                '"hi" or "hi_IN".'
            )
        if section.key in RESERVED:
            raise ConfigError(
                f"wirecopy.toml: sections[{number}].key {section.key!r} is the address of "
                "something else on the site; choose another word."
            )
    _check_translations(config)
    for number, source in enumerate(config.sources):
        _check_source(source, f"sources[{number}]", sections)
    check_secret(config.web.metrics, "web.metrics")
    check_watch(config.watch)
    for number, rule in enumerate(config.rules):
        _check_rule(rule, f"rules[{number}]", sections, sources)
    return config


def check_retention(keep: str, where: str = "wirecopy.toml: log.keep") -> None:
    """Refuse less than a day: what is at hand may be read again, or is being backed up."""
    if keep and duration(keep, where) < timedelta(days=1):
        raise ConfigError(f'{where} is {keep!r}: a day is the least; write it as "400d".')


def _check_chains(chains: Chains) -> None:
    for key in ("span", "gap", "alike_within"):
        duration(getattr(chains, key), f"wirecopy.toml: chains.{key}")
    if not 0 <= chains.whole_lead <= 100:
        raise ConfigError(
            f"wirecopy.toml: chains.whole_lead is {chains.whole_lead}: it is a percentage, from 0 "
            "(every lead is a whole text) to 100."
        )


def _check_site(site: Site) -> None:
    _filled("site.name", site.name)
    web_address("site.url", site.url)
    if re.search(r"[?#@]", site.url):
        raise ConfigError("wirecopy.toml: site.url must be an address without ?, # and @.")
    _check_zone("site.timezone", site.timezone)
    if not re.fullmatch(_LOCALE, site.locale):
        raise ConfigError(
            f'wirecopy.toml: site.locale is {site.locale!r}: write it as "en" or "en_IN".'
        )
    if site.contact and not re.match(r"mailto:[^@\s]+@[^@\s]+$", site.contact):
        web_address("site.contact", site.contact, also='"mailto:", ')
    for where, url in (("site.logo", site.logo), ("site.strap.url", site.strap.url)):
        if url:
            web_address(where, url)
    _check_publisher(site.publisher)
    _check_files(site.files)
    for key, text in msgspec.structs.asdict(site.notice).items():
        if wrong := re.search(r"\{(?!(?:agency|site)\})[^{}]*\}?", text):
            raise ConfigError(
                f"wirecopy.toml: site.notice.{key} holds {wrong[0]!r}; it may hold "
                "{agency} and {site}."
            )


_WORDS_OF_PUBLISHER = ("legal_name", "address", "founded", "same_as", "grievance")


def _check_publisher(publisher: Publisher) -> None:
    for key, value in msgspec.structs.asdict(publisher).items():
        if key not in _WORDS_OF_PUBLISHER and value:
            web_address(f"site.publisher.{key}", value)
    for url in publisher.same_as:
        web_address("site.publisher.same_as", url)
    if publisher.founded and not re.fullmatch(
        r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", publisher.founded
    ):
        raise ConfigError(
            f"wirecopy.toml: site.publisher.founded is {publisher.founded!r}: write it as "
            '"1887" or "1887-03-01".'
        )


def _check_files(files: Files) -> None:
    where = "wirecopy.toml: site.files."
    for contact in files.security_contact:
        if not re.fullmatch(r"(?:mailto:[^@\s]+@[^@\s]+|https://\S+|tel:[+0-9-]+)", contact):
            raise ConfigError(
                f"{where}security_contact holds {contact!r}: it must start with "
                '"mailto:", "https://" or "tel:".'
            )
    if files.security_contact and not re.fullmatch(
        r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2})",
        files.security_expires,
    ):
        raise ConfigError(
            f"{where}security_expires is {files.security_expires!r}: with a security_contact, "
            'write a moment less than a year ahead, like "2027-06-30T00:00:00Z".'
        )
    for key in ("security_policy", "mining_policy", "hub"):
        if value := getattr(files, key):
            web_address(f"site.files.{key}", value)
    for line in files.trust:
        if not re.fullmatch(_TRUST, line):
            raise ConfigError(
                f"{where}trust holds {line!r}: a line is one of its words, = and an address, like "
                '"member=https://journalists.example/".'
            )


_TRUST = (
    r"(?:member|belongto|control|controlledby|social|vendor|customer|disclosure|contact)"
    r"=(?:https?://|mailto:)[^\s]+"
)


def _filled(where: str, value: str) -> None:
    if not value.strip():
        raise ConfigError(f"wirecopy.toml: {where} is empty; write a name.")


def _check_zone(where: str, name: str) -> None:
    """Refuse what is no zone, and zones that mean another time on another machine."""
    try:
        known = bool(ZoneInfo(name)) and name not in ("localtime", "posixrules", "Factory")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        known = False
    if not known:
        # Letters such as "IST" are near those of other places, which nobody means.
        near = suggest(name, sorted(zone for zone in available_timezones() if "/" in zone))
        what = near or ' Write it as "Europe/Lisbon", or "UTC".'
        raise ConfigError(f"wirecopy.toml: {where} {name!r} is not a time zone.{what}")


def _unique(table: str, key: str, values: list[str]) -> None:
    for value in values:
        if values.count(value) > 1:
            raise ConfigError(f"wirecopy.toml: [[{table}]] has {key} = {value!r} twice.")


def _among(value: str, where: str, table: str, known: list[str]) -> None:
    if value and value not in known:
        raise ConfigError(
            f"wirecopy.toml: {where} names {value!r}, which is not in [[{table}]]."
            + suggest(value, known)
        )


def _check_translations(config: Config) -> None:
    """A section translates one that translates none, and each language is there once."""
    firsts = {s.key: s for s in config.sections if not s.translation_of}
    locale = config.site.locale
    spoken = {(s.key, tag_of(s, locale)) for s in firsts.values()}
    for number, section in enumerate(config.sections):
        first, where = section.translation_of, f"wirecopy.toml: sections[{number}]"
        if not first:
            continue
        if first not in firsts:
            raise ConfigError(
                f"{where}.translation_of {first!r} must be the key of a section that is no "
                f"translation itself.{suggest(first, list(firsts))}"
            )
        if (first, tag_of(section, locale)) in spoken:
            raise ConfigError(
                f"{where}: another section has {first!r} in that language already; give this one "
                "a `language` of its own."
            )
        spoken.add((first, tag_of(section, locale)))


def _check_source(source: Source, where: str, sections: list[str]) -> None:
    _filled(f"{where}.agency", source.agency)
    _among(source.section, f"{where}.section", "sections", sections)
    if not duration(source.every, f"wirecopy.toml: {where}.every"):
        raise ConfigError(f'wirecopy.toml: {where}.every is {source.every!r}: "1s" is the least.')
    if source.timezone:
        _check_zone(f"{where}.timezone", source.timezone)
    if not re.fullmatch(r"(?:[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*)?", source.language):
        tag = f'{where}.language is {source.language!r}: write it as "en" or "en-IN".'
        raise ConfigError(f"wirecopy.toml: {tag}")
    check_way(source, where)


def _check_rule(rule: Rule, where: str, sections: list[str], sources: list[str]) -> None:
    _filled(f"{where}.name", rule.name)
    _among(rule.then.section, f"{where}.then.section", "sections", sections)
    for value in _several(rule.when.section):
        _among(value, f"{where}.when.section", "sections", sections)
    for value in _several(rule.when.source):
        _among(value, f"{where}.when.source", "sources", sources)
    for key in ("headline", "slug", "rights"):
        _check_pattern(getattr(rule.when, key), f"{where}.when.{key}")
    if rule.then.publish_after:
        duration(rule.then.publish_after, f"wirecopy.toml: {where}.then.publish_after")
        if rule.then.action in ("hold", "ignore"):
            raise ConfigError(
                f"wirecopy.toml: {where}.then has publish_after beside"
                f' action = "{rule.then.action}"; take one of them out.'
            )


def check_not_empty(when: Mapping[str, Any], where: str) -> None:
    """Refuse a key without a value: it would match every story, which nobody means."""
    for key, value in when.items():
        if value in ("", []) or (isinstance(value, list) and "" in value):
            raise ConfigError(f"wirecopy.toml: {where}.{key} is empty; take it out or fill it in.")


def _several(value: Strings | str) -> Strings:
    """One value or a list of them as a tuple."""
    return (value,) if isinstance(value, str) else value


def _check_pattern(pattern: str, where: str) -> None:
    if fault := fault_of_rule(pattern):
        raise ConfigError(f"wirecopy.toml: {where} {fault}.")
