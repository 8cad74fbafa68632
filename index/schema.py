"""The tables of a library's catalogue, and what brings an earlier format's up to date."""

from __future__ import annotations

FORMAT = 4
"""Raised when the tables change; a library of an earlier format is made anew from its originals."""

_TIES = """
CREATE TABLE copies (file TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX copies_sha256 ON copies (sha256);
CREATE TABLE unreadable (file TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE prints (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, paper INTEGER NOT NULL, whole INTEGER NOT NULL,
    sketch BLOB NOT NULL, PRIMARY KEY (document, paper)
) WITHOUT ROWID;
CREATE INDEX prints_whole ON prints (whole);
CREATE TABLE lowest (
    hash INTEGER NOT NULL, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, paper INTEGER NOT NULL,
    PRIMARY KEY (hash, document, paper)
) WITHOUT ROWID;
CREATE INDEX lowest_document ON lowest (document);
CREATE TABLE alike (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, paper INTEGER NOT NULL,
    other TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, other_paper INTEGER NOT NULL,
    PRIMARY KEY (document, paper, other, other_paper)
) WITHOUT ROWID;
CREATE INDEX alike_other ON alike (other);
CREATE TABLE mentions (
    key INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    paper INTEGER NOT NULL, said TEXT NOT NULL, body TEXT, date TEXT, page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, quote TEXT NOT NULL, amendment TEXT
);
CREATE INDEX mentions_document ON mentions (document);
CREATE INDEX passages_same ON passages (same);
"""

_WORDS = """
CREATE TABLE definitions (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, start INTEGER NOT NULL, end INTEGER NOT NULL,
    paper INTEGER NOT NULL, page INTEGER NOT NULL, short TEXT NOT NULL, long TEXT NOT NULL,
    PRIMARY KEY (document, start)
) WITHOUT ROWID;
CREATE TABLE spellings (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, word TEXT NOT NULL, passages INTEGER NOT NULL,
    PRIMARY KEY (document, word)
) WITHOUT ROWID;
"""

_RECORDS = """
CREATE TABLE records (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, paper INTEGER NOT NULL,
    kind TEXT NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL, vectors BLOB NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE INDEX records_kind ON records (kind);
"""

TO_FORMAT_2 = (
    """
ALTER TABLE documents ADD COLUMN added INTEGER NOT NULL DEFAULT 0;
ALTER TABLE pages ADD COLUMN confidence REAL;
ALTER TABLE papers ADD COLUMN council TEXT;
ALTER TABLE papers ADD COLUMN inspected TEXT;
ALTER TABLE papers ADD COLUMN approved INTEGER;
ALTER TABLE passages ADD COLUMN introduction TEXT NOT NULL DEFAULT '';
ALTER TABLE passages ADD COLUMN same INTEGER NOT NULL DEFAULT 0;
"""
    + _TIES
)
"""What gave a catalogue of the first format the tables of the second."""

EARLIER = {"1": TO_FORMAT_2 + _WORDS + _RECORDS, "2": _WORDS + _RECORDS, "3": _RECORDS}
"""What gives a catalogue of an earlier format today's tables. Its documents must be read anew all the same."""

SCHEMA = (
    """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE pending (file TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE documents (
    id TEXT PRIMARY KEY, file TEXT NOT NULL, sha256 TEXT NOT NULL, title TEXT NOT NULL, notes TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE pages (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, label TEXT,
    start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, witnesses TEXT NOT NULL, problem TEXT,
    confidence REAL, PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE papers (
    document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE, number INTEGER NOT NULL, kind TEXT NOT NULL,
    title TEXT NOT NULL, first_page INTEGER NOT NULL, last_page INTEGER NOT NULL, start INTEGER NOT NULL,
    end INTEGER NOT NULL, body TEXT, date TEXT, status TEXT, item TEXT, access TEXT NOT NULL, reason TEXT,
    council TEXT, inspected TEXT, approved INTEGER, PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    paper INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, text TEXT NOT NULL, page INTEGER NOT NULL,
    headings TEXT NOT NULL, headers TEXT NOT NULL, extracts TEXT NOT NULL,
    introduction TEXT NOT NULL DEFAULT '', same INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX passages_document ON passages (document);
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT, passage INTEGER NOT NULL REFERENCES passages ON DELETE CASCADE,
    start INTEGER NOT NULL, end INTEGER NOT NULL, vector BLOB NOT NULL
);
CREATE INDEX vectors_passage ON vectors (passage);
CREATE VIRTUAL TABLE words USING fts5 (text, context, tokenize = 'porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);
"""
    + _TIES
    + _WORDS
    + _RECORDS
    + f"INSERT INTO meta VALUES ('format', '{FORMAT}'), ('generation', '0')"
)
