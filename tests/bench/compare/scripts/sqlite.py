"""SQLite FTS5 with its Porter stemmer: `index TEXTS FILE`, or `search FILE` with queries on standard input."""

import json
import os
import sqlite3
import sys
import time


def paragraphs(folder):
    for below, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            with open(os.path.join(below, name), encoding="utf-8") as file:
                for paragraph in file.read().split("\n\n"):
                    if paragraph:
                        yield (paragraph,)


def index(texts, path):
    base = sqlite3.connect(path)
    base.execute("CREATE VIRTUAL TABLE units USING fts5(text, tokenize = 'porter unicode61')")
    base.executemany("INSERT INTO units VALUES (?)", paragraphs(texts))
    base.execute("INSERT INTO units(units) VALUES ('optimize')")
    base.commit()
    base.close()


def search(path):
    base = sqlite3.connect(path)
    for line in sys.stdin:
        query = json.loads(line)
        best = None
        for _ in range(query["times"]):
            started = time.perf_counter()
            rows = "SELECT text FROM units WHERE units MATCH ? ORDER BY rank LIMIT 10"
            base.execute(rows, (query["match"],)).fetchall()
            took = time.perf_counter() - started
            best = took if best is None else min(best, took)
        print(json.dumps(best * 1000.0), flush=True)


if sys.argv[1] == "index":
    index(sys.argv[2], sys.argv[3])
else:
    search(sys.argv[2])
