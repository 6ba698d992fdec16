"""How far the log has been trimmed: what is up to there lies in the snapshot of the archive."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the note of it."""
    op.execute("CREATE TABLE trims (upto INTEGER PRIMARY KEY, at INTEGER NOT NULL)")
