"""English passes, whatever its shape; what is plainly another language does not."""

from __future__ import annotations

import pytest

from counterclaim.read.english import why_not_english
from tests.read.factories import ENGLISH

NAMES = "\n".join(f"{n}. Ahmad Karimi, Bazarak; Gul Agha Dashty, Rokha; Fahim Noori, Anaba" for n in range(40))


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH * 3,
        (ENGLISH * 3).upper(),
        NAMES,
        NAMES.upper(),
        "¡No pasarán!",
        "Бахмут держится.",
        "Die Armee sagte am Sonntag, ihre Truppen hätten die Stadt genommen.",
        # A long quotation in another script inside a report.
        ENGLISH * 4 + "قال الجيش إن قواته دخلت المدينة " * 20,
        "KILLED: 4. WOUNDED: 12. " * 30,
        "x" * 10_000,
        "1,000 2,000 3,000 " * 100,
    ],
)
def test_english_names_capitals_and_short_texts_pass(text: str) -> None:
    assert why_not_english(text) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Die Armee teilte am Sonntag mit, dass ihre Truppen nach drei Tagen Kämpfen die Stadt eingenommen haben. " * 5, "words are among the commonest"),
        ("El ejército dijo el domingo que sus tropas habían tomado la ciudad después de tres días de combates. " * 5, "words are among the commonest"),
        ("L'armée a déclaré dimanche que ses troupes avaient pris la ville après trois jours de combats. " * 5, "words are among the commonest"),
        ("Het leger zei zondag dat zijn troepen na drie dagen van gevechten de stad hebben ingenomen. " * 5, "words are among the commonest"),
        ("Hæren sagde søndag, at dens tropper havde indtaget byen efter tre dages kampe, og de stod ved broen. " * 5, "words are among the commonest"),
        ("Ciidanku waxay Axaddii sheegeen in ay qabsadeen magaalada ka dib saddex maalmood oo dagaal ah. " * 5, "words are among the commonest"),
        ("Jeshi lilisema siku ya Jumapili kwamba askari wake wameuteka mji huo baada ya siku tatu za mapigano. " * 5, "words are among the commonest"),
        ("Армия заявила в воскресенье, что её войска взяли город после трёх дней боёв. " * 5, "Cyrillic"),
        ("قال الجيش إن قواته دخلت المدينة بعد ثلاثة أيام من القتال. " * 10, "Arabic"),
        ("军队周日表示，其部队已经占领了该镇。" * 20, "Chinese"),
        ("ሰራዊቱ እሁድ ዕለት ከተማዋን መቆጣጠሩን አስታወቀ። " * 12, "Ethiopic"),
    ],
)
def test_other_languages_do_not(text: str, why: str) -> None:
    found = why_not_english(text)
    assert found is not None
    assert found.startswith("not English (")
    assert why in found
