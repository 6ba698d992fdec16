"""The picture ledger: what became of each address, who shows it, whose page must be renewed."""

from alembic import op

revision = "0001"
down_revision = None

TABLES = (
    """
    CREATE TABLE facts (
        url TEXT PRIMARY KEY, outcome TEXT NOT NULL, again INTEGER NOT NULL, facts BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX facts_again ON facts (again) WHERE outcome IN ('wanted', 'failed')",
    """
    CREATE TABLE uses (url TEXT NOT NULL, story TEXT NOT NULL, private INTEGER NOT NULL,
        PRIMARY KEY (url, story)) WITHOUT ROWID
    """,
    """
    CREATE TABLE shown (path TEXT NOT NULL, story TEXT NOT NULL, PRIMARY KEY (path, story))
    WITHOUT ROWID
    """,
    "CREATE INDEX shown_story ON shown (story)",
    "CREATE TABLE changed (story TEXT PRIMARY KEY, lists INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE dues (story TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID",
)


def upgrade() -> None:
    """Create the ledger."""
    for statement in TABLES:
        op.execute(statement)
