"""Chains, notices in words and sketches of texts.

What older archives hold was filed without them, and all of it is derived: it is emptied, and the
next start files the log from its beginning.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    "ALTER TABLE stories ADD COLUMN flags TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX stories_flags ON stories (id) WHERE flags <> ''",
    """
    CREATE TABLE members (
        source TEXT NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, story TEXT NOT NULL,
        stem TEXT NOT NULL, role TEXT NOT NULL, ordinal INTEGER, headline TEXT NOT NULL,
        names BLOB NOT NULL,
        PRIMARY KEY (source, at, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX members_stem ON members (source, stem, at) WHERE stem <> ''",
    """
    CREATE TABLE notices (
        seq INTEGER NOT NULL, part INTEGER NOT NULL, source TEXT NOT NULL, at INTEGER NOT NULL,
        own TEXT NOT NULL, notice BLOB NOT NULL,
        PRIMARY KEY (seq, part)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX notices_source ON notices (source, at)",
    """
    CREATE TABLE packages (
        source TEXT NOT NULL, member TEXT NOT NULL, package TEXT NOT NULL,
        PRIMARY KEY (source, member, package)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE prints (
        print INTEGER NOT NULL, at INTEGER NOT NULL, text INTEGER NOT NULL,
        PRIMARY KEY (print, at, text)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX prints_at ON prints (at)",
    """
    CREATE TABLE texts (
        number INTEGER PRIMARY KEY, story TEXT NOT NULL, seq INTEGER NOT NULL,
        part INTEGER NOT NULL, UNIQUE (seq, part)
    )
    """,
)
_EMPTIED = [
    "stories",
    "aliases",
    "items",
    "deliveries",
    "outcomes",
    "counts",
    "topics",
    "story_topics",
    "picks",
    "terms",
    "days",
    "maps",
    "corrections",
    "marks",
    "search",
]


def upgrade() -> None:
    """Create the tables and empty the rest."""
    for statement in TABLES:
        op.execute(statement)
    for table in _EMPTIED:
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    op.execute("DELETE FROM meta WHERE name IN ('position', 'clock')")
