"""Find what pronouns, "the group", titles and surnames refer back to within a report, or leave them open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from counterclaim.core.mention import Name, Reference
from counterclaim.core.span import Span
from counterclaim.core.syntax import Sentence

_HE = frozenset("he him his himself".split())
_SHE = frozenset("she her hers herself".split())
_IT = frozenset(("it", "its", "itself"))
_MALE = frozenset("mr mr. king prince sheikh mullah imam father brother son man general spokesman chairman".split())
_FEMALE = frozenset("mrs mrs. ms ms. queen princess mother sister daughter woman spokeswoman chairwoman".split())
_GROUPS = frozenset("group movement organisation organization militia front army".split())
# How many sentences back an antecedent may stand: beyond three, pronouns of news prose point at the topic, not the text.
_REACH = 3


def references(text: str, sentences: Sequence[Sentence], names: Sequence[Name]) -> Iterator[Reference]:
    """Yield the back-references of a report in order, each with its antecedent or the candidates that are left."""
    people: list[tuple[int, Name, bool]] = []  # sentence, name, was it a subject
    bodies: list[tuple[int, Name, bool]] = []
    full: dict[str, Name] = {}
    index = 0
    for number, sentence in enumerate(sentences):
        here: list[Name] = []
        while index < len(names) and names[index].span.start < sentence.span.end:
            if names[index].span.start >= sentence.span.start:
                here.append(names[index])
            index += 1
        for i, token in enumerate(sentence.tokens):
            starting = next((n for n in here if n.span.start == token.start), None)
            if starting is not None:
                words = starting.span.of(text).split()
                surname = words[-1]
                if (
                    starting.kind in ("Person", "Miscellaneous", "Location", "Organization")
                    and len(words) == 1
                    and surname in full
                    and full[surname].span != starting.span
                ):
                    yield Reference(starting.span, full[surname].span, because="surname of a person named before")
                    people.append((number, full[surname], _is_subject(sentence, i)))
                elif starting.kind == "Person":
                    if len(words) > 1:
                        full[surname] = starting
                    people.append((number, starting, _is_subject(sentence, i)))
                elif starting.kind in ("Organization", "NORP"):
                    bodies.append((number, starting, _is_subject(sentence, i)))
            lower = token.text.lower()
            if lower in _HE | _SHE:
                yield _pronoun(text, token.span, number, people, female=lower in _SHE)
            elif (
                token.lemma.lower() in _GROUPS
                and token.upos == "NOUN"
                and i
                and sentence.tokens[i - 1].text.lower() == "the"
                and not any(sentence.tokens[c].rel in ("nmod", "compound", "amod", "acl", "acl:relcl") for c in sentence.children[i])
            ):
                yield _body(Span(sentence.tokens[i - 1].start, token.end), number, bodies)
            elif lower in _IT and _is_subject(sentence, i) and bodies and bodies[-1][0] >= number - 1:
                candidates = [n for at, n, subject in bodies if at >= number - 1 and subject]
                if candidates:
                    yield Reference(token.span, candidates[-1].span, because="the last body that was a subject")


def _is_subject(sentence: Sentence, i: int) -> bool:
    at = i
    for _ in range(4):
        token = sentence.tokens[at]
        if token.rel.startswith("nsubj"):
            return True
        if token.rel not in ("compound", "flat", "appos", "det", "amod") or token.head < 0:
            return False
        at = token.head
    return False


def _pronoun(text: str, span: Span, number: int, people: Sequence[tuple[int, Name, bool]], *, female: bool) -> Reference:
    wrong = _MALE if female else _FEMALE
    near = [(at, n, s) for at, n, s in people if at >= number - _REACH and n.span.end <= span.start and not _titled(text, n, wrong)]
    if not near:
        return Reference(span, None, because="no person before")
    subjects = [n for at, n, s in near if s and at >= number - 2]
    chosen = subjects[-1] if subjects else near[-1][1]
    others = tuple(dict.fromkeys(n.span for _, n, _ in near if n.span != chosen.span))
    return Reference(span, chosen.span, others, "the last person who was a subject" if subjects else "the last person named")


def _titled(text: str, name: Name, titles: frozenset[str]) -> bool:
    return any(w in titles for w in text[max(0, name.span.start - 25) : name.span.start].lower().split())


def _body(span: Span, number: int, bodies: Sequence[tuple[int, Name, bool]]) -> Reference:
    near = [(n, s) for at, n, s in bodies if at >= number - _REACH and n.span.end <= span.start]
    subjects = [n for n, s in near if s]
    if not near:
        return Reference(span, None, because="no body before")
    chosen = subjects[-1] if subjects else near[-1][0]
    return Reference(span, chosen.span, tuple(dict.fromkeys(n.span for n, _ in near if n.span != chosen.span)), "the last body named")
