"""The wire log: one table that only grows."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the log."""
    op.execute(
        """
        CREATE TABLE entries (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            received INTEGER NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('delivery', 'order', 'tick')),
            entry BLOB NOT NULL
        )
        """
    )
