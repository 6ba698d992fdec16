"""Slugs: the readable part of an address, a-z, 0-9 and hyphens only."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def _spelled(letters: str, sounds: str) -> dict[str, str]:
    """Each letter with its sound; "_" is silent."""
    return dict(zip(letters, sounds.replace("_", "").split(" "), strict=True))


_SPECIAL = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
    "ı": "i", "ŋ": "ng", "ə": "e", "ħ": "h", "€": " euro ", "£": " pound ", "%": " percent ",
    "+": " plus ",
}  # fmt: skip
_CYRILLIC = _spelled(
    "абвгдезийклмнопрстуфхцчшщъыьэюяёжіїєґўјљњћђџ",
    "a b v g d e z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya yo zh i yi ye g u "
    "j lj nj c dj dz",
)
_GREEK = _spelled(
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "a v g d e z i th i k l m n x o p r s s t y f ch ps o",
)
_ARABIC = _spelled(
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءپچژگکیآأإؤئھہےںٹڈڑ",
    "a b t th j h kh d dh r z s sh s d t z _ gh f q k l m n h w y a a _ p ch zh g k y a a i w "
    "y h h e n t d r",
)
_HEBREW = _spelled(
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "a b g d h v z ch t y k k l m m n n s _ p f ts ts k r sh t",
)
_TABLE = {**_SPECIAL, **_CYRILLIC, **_GREEK, **_ARABIC, **_HEBREW}
_INDIC = re.compile(r"\w+ (LETTER|VOWEL SIGN|SIGN|DIGIT) (.+)")
_SIGNS = {"ANUSVARA": "n", "CANDRABINDU": "n", "CHANDRABINDU": "n", "VISARGA": "h"}
_POINTED = re.compile(r"(?<![\w.])((?:\w\.){2,})")
_QUOTES = re.compile(r"[’'ʼ‘`]")
_WORD = re.compile(r"[a-z0-9]+")
_SHORT = 200
"""Only texts below this many characters are remembered."""


def slugify(text: str, *, most: int = 60) -> str:
    """`text` as a slug of at most `most` characters, cut at a word's end; never ends in a hyphen.

    Latin accents fall away; Cyrillic, Greek, Arabic, Hebrew, the scripts of India, Hangul and kana
    are written in Latin letters; signs of words (Chinese) and what else has no plain spelling are
    left out, so the slug can be "".
    """
    return _slug(text, most) if len(text) < _SHORT else _spelled_out(text, most)


@lru_cache(maxsize=4096)
def _slug(text: str, most: int) -> str:
    """The slug of a name: the same topics and sections come with every story."""
    return _spelled_out(text, most)


def _spelled_out(text: str, most: int) -> str:
    return _cut(_WORD.findall(_latin(text)), most)


def _cut(words: list[str], most: int) -> str:
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > most:
            break
        kept = longer
    return kept or (words[0][:most] if words else "")


def _latin(text: str) -> str:
    text = _QUOTES.sub("", _POINTED.sub(lambda match: match[1].replace(".", ""), text))
    if text.isascii():
        return text.lower().translate(_ASCII)
    return "".join(_spelling(unicodedata.normalize("NFC", text).casefold()))


_ASCII = str.maketrans({"%": " percent ", "+": " plus "})


def _spelling(text: str) -> list[str]:
    """Each character's Latin spelling; an Indic vowel sign or virama takes the inherent a away."""
    spelled: list[str] = []
    for letter in text:
        sound = letter if letter.isascii() and letter not in "%+" else _sound(letter)
        if sound[:1] == "\b":
            if spelled and spelled[-1].endswith("a"):
                spelled[-1] = spelled[-1][:-1]
            sound = sound[1:]
        spelled.append(sound)
    return spelled


@lru_cache(maxsize=4096)
def _sound(letter: str) -> str:
    r"""One character in a-z; "\b" in front asks for the vowel before to be taken away."""
    if letter in _TABLE:
        return _TABLE[letter]
    plain = "".join(mark for mark in unicodedata.normalize("NFKD", letter) if mark.isascii())
    if plain:
        return plain.lower()
    first = unicodedata.normalize("NFD", letter)[0]
    if first in _TABLE:
        return _TABLE[first]
    return _by_name(unicodedata.name(letter, ""), letter)


def _by_name(name: str, letter: str) -> str:
    """The sound that Unicode's name of a character spells, for scripts whose names are sounds."""
    if name.startswith("HANGUL SYLLABLE "):
        return name[16:].lower()
    if name.startswith(("HIRAGANA LETTER ", "KATAKANA LETTER ")):
        return name.rsplit(" ", 1)[1].lower()
    match = _INDIC.fullmatch(name) if "\u0900" <= letter <= "\u0d7f" else None
    if not match:
        return "" if unicodedata.category(letter)[0] in "ML" else " "
    return _indic(match[1], match[2], letter)


def _indic(kind: str, sound: str, letter: str) -> str:
    """The sound of a letter, sign or figure of a script of India."""
    if kind == "DIGIT":
        return str(unicodedata.digit(letter, ""))
    if sound == "VIRAMA":
        return "\b"
    if kind == "SIGN":
        return _SIGNS.get(sound, "")
    sound = sound.rsplit(" ", 1)[-1].lower().replace("aa", "a").replace("ii", "i")
    sound = sound.replace("uu", "u").replace("vocalic", "r")
    return ("\b" if kind == "VOWEL SIGN" else "") + sound
