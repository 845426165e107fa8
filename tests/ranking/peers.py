#!/usr/bin/env python3
"""Ranks judged needs with other engines and with ours over the same paragraphs, and scores all with `pincite eval`.

    python3 tests/ranking/peers.py QUERIES QRELS --index DIR [--pincite PROGRAM] [--runs DIR] [--changes PEER]

Peers: SQLite FTS5 with its Porter stemmer, Xapian with its English and Russian stemmers, our own plain BM25. Each gets
the text of every paragraph of the index and the words of the query, any of which may match. A peer that this Python
lacks is skipped. `--changes sqlite` prints what ours gains and loses beside that peer, need by need.
"""

import argparse
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

DEPTH = 100


def pincite(program, index, *arguments):
    """Returns what the program prints."""
    command = [program, *arguments, "--index", index]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def units(program, index):
    """Returns every unit of the index."""
    found = []
    for line in pincite(program, index, "documents", "--format", "jsonl").splitlines():
        document = json.loads(line)["document"]
        shown = pincite(program, index, "show", document, "--format", "jsonl")
        # Of documents whose names hold one another only the one that was asked for.
        lines = (json.loads(unit) for unit in shown.splitlines())
        found += [unit for unit in lines if unit["document"] == document]
    return found


def table(path):
    """Returns the columns of the lines of a file that are no comments."""
    lines = pathlib.Path(path).read_text(encoding="utf-8-sig").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def words(text):
    return re.findall(r"\w+", text.lower())


class Sqlite:
    name = "sqlite"

    def __init__(self, paragraphs):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("create virtual table units using fts5(text, tokenize='porter unicode61')")
        rows = ((at, unit["text"]) for at, unit in enumerate(paragraphs))
        self.connection.executemany("insert into units(rowid, text) values (?, ?)", rows)

    def search(self, query):
        sought = " OR ".join(f'"{word}"' for word in words(query))
        if not sought:
            return []
        rows = self.connection.execute(
            "select rowid, -bm25(units) from units where units match ? order by bm25(units), rowid limit ?",
            (sought, DEPTH),
        )
        return list(rows)


class Xapian:
    name = "xapian"

    def __init__(self, paragraphs):
        import xapian

        self.xapian = xapian
        self.database = xapian.WritableDatabase("", xapian.DB_BACKEND_INMEMORY)
        self.stemmers = {code: xapian.Stem(code) for code in ("en", "ru")}
        for unit in paragraphs:
            document = xapian.Document()
            for place, word in enumerate(words(unit["text"])):
                document.add_posting(self.term(word), place)
            self.database.add_document(document)

    def term(self, word):
        """Stems a word by its script, in texts and queries alike."""
        russian = any("\u0400" <= letter <= "\u052f" for letter in word)
        stem = self.stemmers["ru" if russian else "en"](word)
        return (stem.decode() if isinstance(stem, bytes) else stem)[:200]

    def search(self, query):
        enquire = self.xapian.Enquire(self.database)
        enquire.set_query(self.xapian.Query(self.xapian.Query.OP_OR, [self.term(word) for word in words(query)]))
        return [(match.docid - 1, match.weight) for match in enquire.get_mset(0, DEPTH)]


def write_run(path, engine, paragraphs, needs, places):
    with open(path, "w", encoding="utf-8") as run:
        for need in needs:
            for rank, (at, score) in enumerate(engine.search(need[1]), 1):
                unit = paragraphs[at]
                # A unit has the place under which it is judged, else its printed label.
                place = f"#{unit['ordinal']}"
                if (unit["document"], place) not in places and unit["label"]:
                    place = unit["label"]
                print(need[0], "Q0", unit["document"], place, rank, score, engine.name, sep="\t", file=run)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("queries")
    arguments.add_argument("qrels")
    arguments.add_argument("--index", default="index")
    arguments.add_argument("--pincite", default="target/release/pincite")
    arguments.add_argument("--runs", help="folder that keeps the runs")
    arguments.add_argument("--changes", metavar="PEER", help="print what ours gains and loses beside this peer")
    given = arguments.parse_args()
    paragraphs = units(given.pincite, given.index)
    needs = table(given.queries)
    places = {(line[2], line[3]) for line in table(given.qrels)}
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(given.runs or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        names = []
        for peer in (Sqlite, Xapian):
            try:
                engine = peer(paragraphs)
            except (ImportError, sqlite3.OperationalError) as reason:
                print(f"{peer.name} skipped: {reason}", file=sys.stderr)
                continue
            write_run(folder / f"{peer.name}.run", engine, paragraphs, needs, places)
            names.append(peer.name)
        for name, options in (("plain", ["--plain"]), ("pincite", [])):
            run = str(folder / f"{name}.run")
            pincite(given.pincite, given.index, "eval", given.queries, given.qrels, "--run", run, *options)
            names.append(name)
        report(given, folder, names)


def report(given, folder, names):
    """Prints nDCG@10 of every run, over all and by group."""
    figures = {}
    for name in names:
        run = str(folder / f"{name}.run")
        printed = pincite(given.pincite, given.index, "eval", given.queries, given.qrels, "--score", run, "--format", "json")
        figures[name] = json.loads(printed)
    print(f"nDCG@10, {len(names)} engines over the same paragraphs\n")
    print(f"{'group':<20} {'needs':>5}" + "".join(f" {name:>8}" for name in names))
    for group in [*figures["pincite"]["groups"], None]:
        of = {name: one["groups"][group] if group else one["all"] for name, one in figures.items()}
        row = "".join(f" {of[name]['ndcg@10']:>8.3f}" for name in names)
        print(f"{group or 'all':<20} {of['pincite']['needs']:>5}{row}")
    for measure in ("mrr@10", "recall@100"):
        print(f"{measure:<26}" + "".join(f" {figures[name]['all'][measure]:>8.3f}" for name in names))
    if given.changes:
        run = [str(folder / f"{name}.run") for name in ("pincite", given.changes)]
        options = ["eval", given.queries, given.qrels, "--score", run[0], "--compare", run[1]]
        print("\n" + pincite(given.pincite, given.index, *options), end="")


if __name__ == "__main__":
    main()
