"""Turn a word and its tag into its lemma, by irregular forms and endings."""

from __future__ import annotations

from functools import cache, lru_cache

from counterclaim.knowledge.lexicon import table, words

_VOWELS = frozenset("aeiou")


@cache
def irregular() -> dict[str, tuple[str, str]]:
    """Irregular form → (base, tag)."""
    forms: dict[str, tuple[str, str]] = {}
    for row in table("words")["irregular"]:
        base, past, participle = row.split()
        forms.setdefault(past, (base, "VBD"))
        if participle != past:
            forms.setdefault(participle, (base, "VBN"))
    forms |= {"is": ("be", "VBZ"), "are": ("be", "VBP"), "am": ("be", "VBP"), "were": ("be", "VBD"), "has": ("have", "VBZ"), "does": ("do", "VBZ")}
    return forms


class Lemmas:
    """Lemmas from a table of forms seen in treebanks ("form<TAB>tag<TAB>lemma" a line), by rule for all others."""

    def __init__(self, table: str = "") -> None:
        rows = (line.split("\t") for line in table.split("\n") if line)
        self._seen = {(form, tag): base for form, tag, base in rows}

    def __call__(self, word: str, tag: str) -> str:
        """The lemma of a word with this Penn tag."""
        return self._seen.get((word.lower(), tag)) or lemma(word, tag)


_PLURALS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "people",
    "policemen": "policeman",
    "gunmen": "gunman",
    "lives": "life",
    "wives": "wife",
    "casualties": "casualty",
    "police": "police",
    "dead": "dead",
    "servicemen": "serviceman",
    "troops": "troop",
    "clashes": "clash",
}


@lru_cache(100_000)
def lemma(word: str, tag: str) -> str:
    """The dictionary form of a word with this Penn or universal tag ("VBD", "NOUN", …), in lower case but for names."""
    return by_rule(word, tag)


def by_rule(word: str, tag: str) -> str:
    """As `lemma`, from irregular forms and endings alone."""
    lower = word.lower()
    if tag in ("NNP", "NNPS", "PROPN"):
        return word
    if tag.startswith(("V", "MD")) or tag == "AUX":
        return _verb(lower)
    if tag in ("NNS", "NOUN"):
        return _noun(lower)
    return lower


def _verb(word: str) -> str:
    if word in irregular():
        return irregular()[word][0]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) >= len(ending) + 2:
            return _stem(word[: -len(ending)], "y" if ending == "ed" and word.endswith("ied") else "")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes", "zes", "oes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3:
        return word[:-1]
    return word


def _stem(stem: str, y: str) -> str:
    """What is left of a form without -ed or -ing: "stopp" → "stop", "describ" → "describe", "carri" → "carry"."""
    if y and stem.endswith("i"):
        return stem[:-1] + "y"
    if stem in verbs():
        return stem
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    if stem + "e" not in verbs():
        # A single vowel before a soft ending asks for its e back ("seiz", "forc", "releas", "observ").
        if (
            stem.endswith(("iz", "is", "us", "as", "os", "eas", "c", "v", "g", "dg", "uat", "ocat", "icat", "inat", "at", "ir", "ur", "in"))
            and stem[-1] not in _VOWELS
        ):
            return stem + "e" if not stem.endswith(("ring", "ng", "rg", "ain", "oin", "train", "eir", "air", "tour")) else stem
        return stem
    return stem + "e"


# The lists of other tables that hold verbs.
_VERB_LISTS = (
    *(("cues", "verbs", act) for act in ("asserts", "denies", "doubts", "confirms", "proposes", "demands", "promises", "hopes", "expects")),
    *(("kinds", "control", change) for change in ("captured", "lost", "left", "besieged", "holds")),
    *(("kinds", "movement", action) for action in ("advance", "withdraw", "deploy", "flee", "enter", "return")),
    *(("kinds", "casualties", harm) for harm in ("killed", "wounded", "captured", "surrendered", "displaced", "trapped")),
    *(("kinds", "aid", stage) for stage in ("sent", "arrived", "distributed", "pledged", "blocked")),
    ("kinds", "fighting", "verbs"),
    ("kinds", "attack", "verbs"),
    ("kinds", "verification", "verbs"),
    ("words", "verbs"),
)


@cache
def verbs() -> frozenset[str]:
    """Every verb that stands in a word list, in its base form."""
    return frozenset().union(*(words(*path) for path in _VERB_LISTS), (base for base, _ in irregular().values()))


def _noun(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "sses", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s")) and len(word) > 3:
        return word[:-1]
    return word
