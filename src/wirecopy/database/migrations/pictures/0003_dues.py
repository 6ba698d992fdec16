"""Which picture must be taken down next, found without looking at all that must be one day."""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the index."""
    op.execute("CREATE INDEX dues_at ON dues (at)")
