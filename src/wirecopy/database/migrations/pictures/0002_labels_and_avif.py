"""What the wire says of a picture whose renditions are made, and whether it has its AVIF."""

from alembic import op

revision = "0002"
down_revision = "0001"

CHANGES = (
    "ALTER TABLE uses ADD COLUMN label BLOB NOT NULL DEFAULT x''",
    # 0: not looked at yet; 1: made, or never to be made.
    "ALTER TABLE facts ADD COLUMN avif INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX facts_avif ON facts (again) WHERE outcome = 'kept' AND avif = 0",
    "UPDATE facts SET avif = 1 WHERE url >= 'card:' AND url < 'card;'",
)


def upgrade() -> None:
    """Change the ledger."""
    for statement in CHANGES:
        op.execute(statement)
