"""Alembic's entry: runs the migrations of one SQLite file, all in one transaction."""

import sqlite3

import sqlalchemy
from alembic import context


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(context.config.attributes["path"], isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    # Taken at once, so that two processes starting together migrate one after the other.
    connection.execute("BEGIN IMMEDIATE")
    return connection


engine = sqlalchemy.create_engine("sqlite://", creator=_connect, poolclass=sqlalchemy.pool.NullPool)
with engine.connect() as opened:
    context.configure(connection=opened)
    with context.begin_transaction():
        context.run_migrations()
    opened.commit()
