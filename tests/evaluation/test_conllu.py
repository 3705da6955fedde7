from __future__ import annotations

from evaluation.conllu import Sentence, documents, rebuilt

# Two documents; a multi-word token, an empty node, a note that is no paragraph, and a sentence glued to the next.
TEXT = """\
# newdoc id = GUM_news_bridge
# newpar
# newpar_block = p (2 s)
# sent_id = 1
# text = They don't fight.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tfight\tfight\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tfight\tfight\tVERB\tVB\t_\t_\t_\t4:conj\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\tEntity=x|SpaceAfter=No

# newpar_block = p (2 s)
# text = Kesh fell
1\tKesh\tKesh\tPROPN\tNNP\t_\t2\tnsubj:pass\t_\t_
2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_

# newpar
# text = Rain.
1\tRain\train\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newdoc id = weblog-1
1\tA\ta\tDET\tDT\t_\t2\tdet\t_\t_
2-3\tdog's\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tdog\tdog\tNOUN\tNN\t_\t4\tnmod:poss\t_\t_
3\t's\t's\tPART\tPOS\t_\t2\tcase\t_\t_
4\t!\t!\tPUNCT\t.\t_\t0\troot\t_\t_"""


TREEBANK = TEXT.splitlines()


def test_trees_are_read() -> None:
    first = next(documents(TREEBANK)).sentences[0]
    assert first == Sentence(
        text="They don't fight.",
        words=["They", "do", "n't", "fight", "."],
        upos=["PRON", "AUX", "PART", "VERB", "PUNCT"],
        heads=[3, 3, 3, -1, 3],
        rels=["nsubj", "aux", "advmod", "root", "punct"],
        starts=True,
        spaced=False,
    )


def test_documents_paragraphs_and_genres() -> None:
    found = list(documents(TREEBANK))
    assert [(document.id, document.genre) for document in found] == [("GUM_news_bridge", "news"), ("weblog-1", None)]
    assert [[sentence.starts for sentence in document.sentences] for document in found] == [[True, False, True], [True]]
    assert [document.id for document in documents(TREEBANK[1:14])] == [""]
    assert list(documents([])) == []


def test_text_is_rebuilt_with_paragraphs_and_glued_sentences() -> None:
    first, second = documents(TREEBANK)
    text, spans = rebuilt(first.sentences)
    assert text == "They don't fight.Kesh fell\n\nRain."
    assert [text[start:end] for start, end in spans] == ["They don't fight.", "Kesh fell", "Rain."]
    assert rebuilt(second.sentences) == ("A dog's!", [(0, 8)]), "without a text line the words give it"
    assert rebuilt([]) == ("", [])


def test_sentences_of_a_paragraph_are_joined_by_a_space() -> None:
    text, spans = rebuilt([Sentence(text="One.", starts=True), Sentence(text="Two."), Sentence(text="Three.", starts=True)])
    assert text == "One. Two.\n\nThree."
    assert spans == [(0, 4), (5, 9), (11, 17)]
