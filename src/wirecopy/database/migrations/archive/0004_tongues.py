"""Translations of one report, and what feeds say of stories that have ended.

What older archives hold was filed without them, and all of it is derived: it is emptied, and the
next start files the log from its beginning.
"""

from alembic import op
from sqlalchemy import text

revision = "0004"
down_revision = "0003"

TABLES = (
    """
    CREATE TABLE reports (
        agency TEXT NOT NULL, name TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (agency, name)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX reports_report ON reports (report)",
    """
    CREATE TABLE tongues (
        story TEXT PRIMARY KEY, report TEXT NOT NULL, original INTEGER NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tongues_report ON tongues (report)",
    """
    CREATE TABLE tombstones (
        list TEXT NOT NULL, at INTEGER NOT NULL, story TEXT NOT NULL, source TEXT NOT NULL,
        published INTEGER NOT NULL, PRIMARY KEY (list, at, story)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX tombstones_story ON tombstones (story)",
)
_OURS = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search~_%' ESCAPE '~' "
    "AND name NOT LIKE 'sqlite~_%' ESCAPE '~' AND name NOT IN ('alembic_version', 'meta') "
    "AND sql NOT LIKE '%fts5vocab%'"
)
"""Every table that holds what can be filed again; those of search empty themselves."""


def upgrade() -> None:
    """Create the tables and empty the rest."""
    for statement in TABLES:
        op.execute(statement)
    for (table,) in op.get_bind().execute(text(_OURS)).fetchall():
        op.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    op.execute("DELETE FROM meta WHERE name <> 'zone'")
