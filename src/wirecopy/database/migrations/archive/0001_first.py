"""The archive: stories, their versions, lists, topics, relatedness, search, ledger and marks."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID
    """,
    """
    CREATE TABLE stories (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL,
        key TEXT NOT NULL,
        state TEXT NOT NULL,
        due INTEGER,
        section TEXT NOT NULL,
        path TEXT NOT NULL,
        published INTEGER,
        agency_time INTEGER NOT NULL,
        updated INTEGER,
        day TEXT NOT NULL,
        day_part INTEGER NOT NULL,
        map_part INTEGER NOT NULL,
        issue INTEGER,
        indexed INTEGER NOT NULL,
        story BLOB NOT NULL,
        teaser BLOB,
        UNIQUE (source, key)
    )
    """,
    "CREATE INDEX stories_due ON stories (due) WHERE due IS NOT NULL",
    """
    CREATE INDEX stories_order ON stories (section, published, agency_time, id)
    WHERE state = 'live'
    """,
    "CREATE INDEX stories_newest ON stories (published, agency_time, id) WHERE state = 'live'",
    """
    CREATE INDEX stories_day ON stories (section, day, day_part, published, agency_time, id)
    WHERE state = 'live'
    """,
    """
    CREATE INDEX stories_map ON stories (day, map_part, published, agency_time, id)
    WHERE state = 'live' AND indexed
    """,
    "CREATE UNIQUE INDEX stories_issue ON stories (issue) WHERE issue IS NOT NULL",
    "CREATE INDEX stories_state ON stories (state) WHERE state <> 'live'",
    """
    CREATE TABLE aliases (
        source TEXT NOT NULL, key TEXT NOT NULL, story TEXT NOT NULL, own INTEGER NOT NULL,
        PRIMARY KEY (source, key)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE items (
        story TEXT NOT NULL, seq INTEGER NOT NULL, part INTEGER NOT NULL, item BLOB NOT NULL,
        PRIMARY KEY (story, seq, part)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE deliveries (
        seq INTEGER PRIMARY KEY, received INTEGER NOT NULL, source TEXT NOT NULL,
        name TEXT NOT NULL, format TEXT NOT NULL, items INTEGER NOT NULL, kind TEXT NOT NULL,
        reason TEXT NOT NULL, replays INTEGER NOT NULL
    )
    """,
    "CREATE INDEX deliveries_replays ON deliveries (replays) WHERE replays > 0",
    "CREATE INDEX deliveries_kind ON deliveries (kind, seq)",
    "CREATE INDEX deliveries_source ON deliveries (source, seq)",
    """
    CREATE TABLE outcomes (
        seq INTEGER NOT NULL, part INTEGER NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
        story TEXT NOT NULL, item_id TEXT NOT NULL, headline TEXT NOT NULL,
        PRIMARY KEY (seq, part)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE counts (
        ledger TEXT NOT NULL, source TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (ledger, source, kind)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE topics (slug TEXT PRIMARY KEY, name TEXT NOT NULL, type TEXT NOT NULL)
    WITHOUT ROWID
    """,
    """
    CREATE TABLE story_topics (
        slug TEXT NOT NULL, published INTEGER NOT NULL, agency_time INTEGER NOT NULL,
        id TEXT NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (slug, published, agency_time, id)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE picks (pick TEXT NOT NULL, story TEXT NOT NULL, PRIMARY KEY (pick, story))
    WITHOUT ROWID
    """,
    "CREATE TABLE terms (term TEXT PRIMARY KEY, recall BLOB NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE days (
        scope TEXT NOT NULL, day TEXT NOT NULL, given INTEGER NOT NULL, live INTEGER NOT NULL,
        listed INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (scope, day)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE maps (
        day TEXT NOT NULL, part INTEGER NOT NULL, updated INTEGER NOT NULL,
        PRIMARY KEY (day, part)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE corrections (
        at INTEGER NOT NULL, story TEXT NOT NULL, kind TEXT NOT NULL, agency TEXT NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY (at, story, kind)
    ) WITHOUT ROWID
    """,
    "CREATE TABLE marks (page TEXT PRIMARY KEY, mark INTEGER NOT NULL) WITHOUT ROWID",
    """
    CREATE VIRTUAL TABLE search USING fts5 (
        headline, standfirst, body, topics, agency, section UNINDEXED, story UNINDEXED,
        tokenize = "unicode61 remove_diacritics 2"
    )
    """,
)


def upgrade() -> None:
    """Create the archive."""
    for statement in TABLES:
        op.execute(statement)
