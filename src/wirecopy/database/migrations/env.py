"""Alembic's entry: runs the migrations of one SQLite file, all in one transaction."""

import sqlite3

import sqlalchemy
from alembic import context


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(context.config.attributes["path"], isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA temp_store = MEMORY")  # no other folder may be writable
    return connection


engine = sqlalchemy.create_engine("sqlite://", creator=_connect, poolclass=sqlalchemy.pool.NullPool)


@sqlalchemy.event.listens_for(engine, "begin")
def _begin(connection: sqlalchemy.Connection) -> None:
    # The driver is left out of it, as it would begin only before some statements. Taken at once,
    # so that two processes starting together migrate one after the other.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as opened:
    # Alembic takes SQLite for one whose schema changes cannot be undone, and would commit after
    # each migration.
    context.configure(connection=opened, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()
