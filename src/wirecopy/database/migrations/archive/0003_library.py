"""Terms that remember sections, profiles of stories, and coverage of events.

What older archives hold was filed without them, and all of it is derived: it is emptied, and the
next start files the log from its beginning.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLES = (
    "DROP TABLE terms",
    """
    CREATE TABLE terms (
        term TEXT PRIMARY KEY, seen INTEGER NOT NULL, recent BLOB NOT NULL,
        sections BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE taught (
        section TEXT PRIMARY KEY, stories INTEGER NOT NULL, words INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE profiles (number INTEGER PRIMARY KEY, profile BLOB NOT NULL)",
    """
    CREATE TABLE coverage (
        event TEXT PRIMARY KEY, slug TEXT NOT NULL, name TEXT NOT NULL,
        listed INTEGER NOT NULL DEFAULT 0, calm INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID
    """,
    "CREATE INDEX coverage_calm ON coverage (calm) WHERE calm > 0",
    """
    CREATE TABLE covered (
        story TEXT PRIMARY KEY, event TEXT NOT NULL, reason TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX covered_event ON covered (event, story)",
    "DROP TABLE search",
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        headline, standfirst, body, topics, agency, pairs, section UNINDEXED, story UNINDEXED,
        tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mc Mn'"
    )
    """,
    "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, row)",
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
    "days",
    "maps",
    "corrections",
    "marks",
    "members",
    "notices",
    "packages",
    "prints",
    "texts",
]


def upgrade() -> None:
    """Create the tables and empty the rest."""
    for statement in TABLES:
        op.execute(statement)
    for table in _EMPTIED:
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    op.execute("DELETE FROM meta WHERE name IN ('position', 'clock')")
