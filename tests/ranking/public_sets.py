#!/usr/bin/env python3
"""Writes public judged collections in the form that `pincite-index` and `pincite eval` read.

    python3 tests/ranking/public_sets.py DATA OUT

DATA holds the folders xquad-dev, cranfield, un-parallel-dev, unesco-thesaurus and treaty-body-paragraphs as their publishers
give them. For each collection OUT then has a folder of paragraphs, OUT/NAME.tsv with the needs and OUT/NAME.qrels with the
judgements:

    xquad, xquad-across     questions to the paragraph that answers them, in the language of the question; in the other
    cranfield               abstracts of aerodynamics
    un, un-across           labels of the thesaurus to the sentences whose twin in the other language holds the other
                            label; to the translations of the sentences that hold the label. Needs Xapian, for stems.
    treaty-bodies           paragraphs alone: the needs and judgements are ours, `treaty_bodies.tsv` beside this program

The needs of `xquad-across`, `un` and `un-across` name in the query the document that is asked (`doc:xq-ru`). The index of
`NAME-across` is that of NAME.
"""

import gzip
import json
import pathlib
import re
import shutil
import sys

LANGUAGES = ("en", "ru")


def other(language):
    return "ru" if language == "en" else "en"


class Collection:
    """Needs and judgements as they are written."""

    def __init__(self, out, name):
        self.needs = open(out / f"{name}.tsv", "w", encoding="utf-8")
        self.judgements = open(out / f"{name}.qrels", "w", encoding="utf-8")

    def add(self, need, query, group, document, places):
        print(need, " ".join(query.split()), group, sep="\t", file=self.needs)
        for place in places:
            print(need, 0, document, *(place if isinstance(place, tuple) else (place, 1)), sep="\t", file=self.judgements)


def write_paragraphs(folder, documents):
    """Writes documents of numbered paragraphs."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "texts.jsonl", "w", encoding="utf-8") as texts:
        for document, paragraphs in documents:
            for number, text in paragraphs:
                line = {"doc": document, "para": f"{number}.", "text": " ".join(text.split())}
                print(json.dumps(line, ensure_ascii=False), file=texts)


def xquad(data, out):
    within, across, documents, number = Collection(out, "xquad"), Collection(out, "xquad-across"), [], 0
    for language in LANGUAGES:
        paragraphs = []
        for article in json.loads((data / f"xquad-dev/xquad.{language}.json").read_text(encoding="utf-8"))["data"]:
            for paragraph in article["paragraphs"]:
                paragraphs.append(paragraph["context"])
                for question in paragraph["qas"]:
                    number, place = number + 1, [len(paragraphs)]
                    text = question["question"]
                    within.add(f"{language}{number}", text, language, f"texts/xq-{language}", place)
                    there = other(language)
                    across.add(f"{language}{number}", f"{text} doc:xq-{there}", f"{language} to {there}", f"texts/xq-{there}", place)
        documents.append((f"xq-{language}", enumerate(paragraphs, 1)))
    write_paragraphs(out / "xquad", documents)


def cranfield(data, out):
    def parts(file, tag):
        text = (data / "cranfield" / file).read_text(encoding="utf-8")
        return [part.split(f"</{tag}>")[0].strip() for part in text.split(f"<{tag}>")[1:]]

    collection, judged = Collection(out, "cranfield"), {}
    for line in (data / "cranfield/cranqrel.trec.txt").read_text(encoding="utf-8").splitlines():
        columns = line.split()
        if len(columns) >= 4:
            judged.setdefault(columns[0], []).append((columns[2], columns[3]))
    for number, query in enumerate(parts("cran.qry.xml", "title"), 1):
        collection.add(number, query, "", "texts/c", judged.get(str(number), []))
    write_paragraphs(out / "cranfield", [("c", zip(parts("cran.all.1400.xml", "docno"), parts("cran.all.1400.xml", "text")))])


def sentences(data, out):
    import xapian

    stemmers = {language: xapian.Stem(language) for language in LANGUAGES}

    def stem_of(word, language):
        stem = stemmers[language](word)
        return stem.decode() if isinstance(stem, bytes) else stem

    def stems(text, language):
        words = re.findall(r"\w+", text.lower().replace("ё", "е"))
        return f" {' '.join(stem_of(word, language) for word in words)} "

    folder = data / "un-parallel-dev"
    texts = {code: (folder / f"UNv1.0.devset.{code}").read_text(encoding="utf-8").splitlines() for code in LANGUAGES}
    stemmed = {code: [stems(text, code) for text in lines] for code, lines in texts.items()}
    within, across = Collection(out, "un"), Collection(out, "un-across")
    turtle = (data / "unesco-thesaurus/unesco-thesaurus.ttl").read_text(encoding="utf-8")
    for number, block in enumerate(turtle.split("\n\n")):
        found = {code: re.search(rf'"([^"]*)"@{code}\b', block.partition("skos:prefLabel")[2]) for code in LANGUAGES}
        if not all(found.values()):
            continue
        labels = {code: match.group(1) for code, match in found.items()}
        held = {
            code: [at for at, text in enumerate(stemmed[code], 1) if label.strip() and label in text]
            for code, label in ((code, stems(labels[code], code)) for code in LANGUAGES)
        }
        for language in LANGUAGES:
            there, need, label = other(language), f"{language}{number}", labels[language]
            if held[there]:
                within.add(need, f"{label} doc:un-{language}", language, f"texts/un-{language}", held[there])
            if held[language]:
                across.add(need, f"{label} doc:un-{there}", f"{language} to {there}", f"texts/un-{there}", held[language])
    write_paragraphs(out / "un", [(f"un-{code}", enumerate(lines, 1)) for code, lines in texts.items()])


def treaty_bodies(data, out):
    folder = out / "treaty-bodies"
    folder.mkdir(parents=True, exist_ok=True)
    with gzip.open(data / "treaty-body-paragraphs/paragraphs.jsonl.gz") as packed:
        with open(folder / "paragraphs.jsonl", "wb") as paragraphs:
            shutil.copyfileobj(packed, paragraphs)


def main():
    data, out = map(pathlib.Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    for collection in (xquad, cranfield, sentences, treaty_bodies):
        try:
            collection(data, out)
        except (ImportError, FileNotFoundError) as reason:
            print(f"{collection.__name__} skipped: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main()
