"""What the machine's clock said of an entry, where the log's time was ahead of it."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the time, empty for all entries whose own time it was."""
    op.execute("ALTER TABLE entries ADD COLUMN clock INTEGER")
