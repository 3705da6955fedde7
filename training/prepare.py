"""Turn the sources of `sources.toml` into documents of tokenised, labelled sentences (JSON Lines, one document a line).

    python -m training.prepare --data DIR --out training/scratch/data [--without-unstated]

A document: {"source", "id", "sentences": [{"words", "starts": true when it opens a paragraph, and
either "lemma", "upos", "xpos", "head", "rel" or "names" or "attribution" (BIO tags)}]}.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from counterclaim.parse.sentences import sentences

Document = dict[str, Any]
ROLES = (("content", "CONTENT"), ("source", "SOURCE"), ("cue", "CUE"))  # later ones win where spans overlap


def syntax(path: Path, leave_out: tuple[str, ...] = ()) -> Iterator[Document]:
    """CoNLL-U → documents with tags and trees; GUM genres named in `leave_out` are skipped."""
    document: Document | None = None
    sentence = _empty()
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("# newdoc id"):
            if document and document["sentences"]:
                yield document
            name = line.split("=", 1)[1].strip()
            genre = name.split("_")[1] if name.startswith("GUM_") else ""
            document = None if genre in leave_out else {"id": name, "genre": genre, "sentences": []}
        elif line.startswith("# newpar"):
            sentence["starts"] = True
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if "-" in columns[0] or "." in columns[0]:
                continue
            sentence["words"].append(columns[1])
            sentence["lemma"].append(columns[2])
            sentence["upos"].append(columns[3])
            sentence["xpos"].append(columns[4])
            sentence["head"].append(int(columns[6]))
            sentence["rel"].append(columns[7])
        elif not line:
            if sentence["words"] and document is not None:
                document["sentences"].append(sentence)
            sentence = _empty()
    if document and document["sentences"]:
        yield document


def _empty() -> dict[str, Any]:
    return {"words": [], "starts": False, "lemma": [], "upos": [], "xpos": [], "head": [], "rel": []}


def names(path: Path) -> Iterator[Document]:
    """Newswire JSON Lines → documents with BIO name tags; the set's split of ’s into two tokens is undone."""
    for line in path.open(encoding="utf-8"):
        report = json.loads(line)
        found, start = [], 0
        for end in report["sentence_ends"]:
            words: list[str] = []
            tags: list[str] = []
            for word, tag in zip(report["tokens"][start:end], report["tags"][start:end], strict=True):
                if words and words[-1] in "’'" and word.lower() in {"s", "re", "ve", "ll", "d", "m"}:
                    words[-1] += word
                    continue
                words.append(word)
                tags.append(tag)
            found.append({"words": words, "starts": False, "names": tags})
            start = end
        yield {"id": report["id"], "sentences": [s for s in found if s["words"]]}


def attribution(path: Path) -> Iterator[Document]:
    """PolNeAR JSON Lines → documents with BIO tags of source, cue and content, on our own tokens and sentences."""
    for line in path.open(encoding="utf-8"):
        report = json.loads(line)
        text = report["text"]
        labels: list[tuple[str, int] | None] = [None] * len(text)
        for number, relation in enumerate(report["attributions"]):
            for role, label in ROLES:
                for start, end in relation.get(role, []):
                    labels[start:end] = [(label, number)] * (end - start)
        found, after = [], 0
        previous: tuple[str, int] | None = None
        for spans in sentences(text):
            tags = []
            for start, _ in spans:
                label = labels[start]
                tags.append("O" if label is None else ("I-" if label == previous else "B-") + label[0])
                previous = label
            found.append({"words": [text[s:e] for s, e in spans], "starts": "\n" in text[after : spans[0][0]], "attribution": tags})
            after = spans[-1][1]
        yield {"id": report["id"], "sentences": found}


def main() -> None:
    """Write one file a source and `sources.json` with the hashes of what was read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("training/scratch/data"))
    parser.add_argument("--without", action="append", default=[], metavar="SOURCE", help="leave a source out; may be repeated")
    parser.add_argument("--without-unstated", action="store_true", help="leave out every source that states no licence")
    args = parser.parse_args()
    sources = tomllib.loads(Path(__file__).with_name("sources.toml").read_text(encoding="utf-8"))
    args.out.mkdir(parents=True, exist_ok=True)
    for old in args.out.glob("*.jsonl"):
        old.unlink()
    used = {}
    for name, source in sources.items():
        if name in args.without or (args.without_unstated and not source["stated"]):
            continue
        for half in ("train", "dev"):
            path = args.data / source["file"].replace("-train", f"-{half}")
            left_out = tuple(source.get("leave_out", ())) if half == "train" else ()
            documents = syntax(path, left_out) if source["reads"] == "syntax" else {"names": names, "attribution": attribution}[source["reads"]](path)
            words = 0
            with (args.out / f"{name}-{half}.jsonl").open("w", encoding="utf-8") as out:
                for document in documents:
                    words += sum(len(s["words"]) for s in document["sentences"])
                    out.write(json.dumps({"source": name, "reads": source["reads"], **document}, ensure_ascii=False) + "\n")
            used[f"{name}-{half}"] = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "licence": source["licence"], "words": words}
            print(f"{name}-{half}: {words} words")
    (args.out / "sources.json").write_text(json.dumps(used, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
