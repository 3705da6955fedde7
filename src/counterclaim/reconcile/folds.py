"""Words to what tells names apart: without case, accents, articles, titles before a name and possessives.

What it captures: "Gen Ahmad Massoud" and "Ahmad Massoud's" fold alike, as do "all districts of Panjshir province" and "Panjshir province".
What it does not: spellings; a surname and the full name that bears it (`pool.py` joins those).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from counterclaim.core.link import LinkKind

Fold = tuple[str, ...]


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


ARTICLES = word_set("the a an")
TITLES = word_set(
    "general gen colonel col lieutenant lt major maj captain capt brigadier marshal admiral sergeant commander commandant president minister "
    "governor mayor ambassador senator dr doctor prof professor mr mrs ms sir sheikh mullah mawlawi imam king prince spokesman spokeswoman spokesperson"
)
SPEAKERS = word_set("spokesman spokeswoman spokesperson")
# Nouns after a name that add nothing to it; "army", "government" and "people" are left out, for Sudan is not Sudan's army.
FORCES = word_set("forces force troops fighters soldiers militants gunmen insurgents rebels men units unit movement group side")
# Words that describe and do not name, even with the capital of a first word.
GENERIC = FORCES | word_set(
    "army armies government police military militia militias authorities officials official residents witnesses villagers locals people "
    "persons civilians women children students workers soldier fighter rebel militant insurgent enemy terrorists attackers protesters "
    "demonstrators refugees families doctors ministry ministries regime state country city town village province district region valley "
    "area areas capital airport port base hospital market road border parties sides both some several many most"
)
PARTICLES = word_set("of for in and to with on at from by")
# Words that make a longer name another's, and not the fuller name of one: "the Bank of Yemen", "South Sudan", "the Free Syrian Army".
PARTING = PARTICLES | word_set("north south east west northern southern eastern western central upper lower free new former anti pro united")
CLASSES = word_set(
    "city town village district districts province provinces state region territory governorate oblast valley county municipality settlement area"
)
_WHOLE = word_set("all every each whole entire")
_ALL_OF = re.compile(rf"(?i)^(?:the\s+)?(?:{'|'.join(sorted(_WHOLE))})\s+(?:(?:of|in|the|{'|'.join(sorted(CLASSES))})\s+)*(?=\S)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_POSSESSIVE = re.compile(r"'s?(?=\s|$)")
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼʻ`´", "'"))
# Two words with the same beginning may be of one stem ("Russia", "Russian"); four letters tell most peoples apart.
_STEM = 4


@lru_cache(maxsize=65536)
def fold(words: str) -> Fold:
    """The words that count for telling names apart; never empty unless the words are."""
    plain = unicodedata.normalize("NFKD", words.translate(_APOSTROPHES).casefold())
    plain = _POSSESSIVE.sub("", "".join(c for c in plain if not unicodedata.combining(c)))
    tokens = tuple(token.replace("'", "") for token in _WORD.findall(plain))
    bare = tuple(t for t in tokens if t not in ARTICLES)
    named = bare
    # A title goes before a name; after one ("a Taliban commander") it makes somebody else of it, but for who speaks in its name.
    while named and named[0] in TITLES:
        named = named[1:]
    while named and named[-1] in SPEAKERS:
        named = named[:-1]
    return named or bare or tokens or ("_".join(words.casefold().split()),)


def fold_place(words: str) -> Fold:
    """The words of a place, its class last: "all districts of X", "the whole of X" and "all of X" are X."""
    tokens = fold(cleaned(words, "place"))
    core = tuple(t for t in tokens if t not in CLASSES)
    if not core:
        return tokens
    return (*(core[1:] if core[0] == "of" and len(core) > 1 else core), *sorted({t for t in tokens if t in CLASSES}))


@lru_cache(maxsize=65536)
def is_naming(words: str) -> bool:
    """Whether the words hold a proper name, and not a description alone."""
    return any(word[:1].isupper() and not set(fold(word)) <= GENERIC | TITLES | ARTICLES | _WHOLE for word in re.findall(r"[^\W_]+", words))


def cleaned(words: str, kind: LinkKind) -> str:
    """The words as they are shown: without a leading article or a closing possessive; a place without "all of" and the like."""
    bare = re.sub(r"['’]s?$", "", words.strip())
    bare = _ALL_OF.sub("", bare) if kind == "place" else bare
    return re.sub(r"(?i)^(?:the|an?)\s+(?=\S)", "", bare) or words


def fullness(words: str, kind: LinkKind) -> int:
    """How well the words show the name: a person's name in full, a force or a place in short."""
    tokens = fold(words)
    return -len(words) if kind == "place" or FORCES.intersection(tokens) else len(tokens)


def stems(tokens: Fold) -> frozenset[str]:
    """The beginnings of the words that name."""
    return frozenset(token[:_STEM] for token in tokens if token not in GENERIC)


def is_short_for(one: Fold, other: Fold) -> bool:
    """Whether one word is the initials of the other's."""
    return len(one) == 1 and len(other) > 1 and one[0] == initials(other)


def initials(tokens: Fold) -> str:
    """The first letters of the words, particles left out."""
    return "".join(token[0] for token in tokens if token and token not in PARTICLES)


@lru_cache(maxsize=65536)
def fold_of(words: str, kind: LinkKind) -> Fold:
    """The fold of an actor's or a place's words."""
    return fold_place(words) if kind == "place" else fold(words)


def bare(tokens: Fold) -> Fold:
    """The fold without the nouns after a name that add nothing to it: "Taliban fighters" is "Taliban"; empty where nothing else is there."""
    end = len(tokens)
    while end and tokens[end - 1] in FORCES:
        end -= 1
    return tokens[:end]
