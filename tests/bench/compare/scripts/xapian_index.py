"""Xapian: one English-stemmed text with positions, stored: `TEXTS FOLDER`."""

import os
import sys

import xapian

base = xapian.WritableDatabase(sys.argv[2], xapian.DB_CREATE_OR_OVERWRITE)
terms = xapian.TermGenerator()
terms.set_stemmer(xapian.Stem("en"))
for below, folders, names in os.walk(sys.argv[1]):
    folders.sort()
    for name in sorted(names):
        with open(os.path.join(below, name), encoding="utf-8") as file:
            for paragraph in file.read().split("\n\n"):
                if paragraph:
                    entry = xapian.Document()
                    terms.set_document(entry)
                    terms.index_text(paragraph)
                    entry.set_data(paragraph)
                    base.add_document(entry)
base.commit()
base.close()
