"""Databases of PostgreSQL, made when they are missing and the role may."""

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url


class DatabaseMissing(Exception):
    """A database cannot be reached or made; the text says what to do."""


def create_if_missing(url: str) -> None:
    """Make the database that ``url`` names, when it is one of PostgreSQL that is not there yet.

    Raises:
        DatabaseMissing: the server does not answer, or the role may not create databases.
    """
    address = make_url(url)
    if address.get_backend_name() != "postgresql":
        return
    shown = address.render_as_string(hide_password=True)
    plain = address.set(drivername="postgresql")
    try:
        psycopg.connect(plain.render_as_string(hide_password=False), connect_timeout=10).close()
        return
    except psycopg.OperationalError as problem:
        # A refused connection carries no SQLSTATE, so a missing database is known by the server's words only.
        if "does not exist" not in str(problem) or "role" in str(problem):
            raise DatabaseMissing(f"{shown} cannot be reached: {_first_line(problem)}") from problem
    try:
        _create(plain.set(database="postgres").render_as_string(hide_password=False), address.database or "")
    except psycopg.Error as problem:
        raise DatabaseMissing(
            f"the database of {shown} does not exist and could not be made ({_first_line(problem)}): "
            f"create it, or let the role create databases"
        ) from problem


def _create(maintenance: str, name: str) -> None:
    with psycopg.connect(maintenance, autocommit=True, connect_timeout=10) as connection:
        try:
            connection.execute(sql.SQL("CREATE DATABASE {} ENCODING 'UTF8'").format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # another process made it meanwhile, which is what was wanted


def _first_line(problem: Exception) -> str:
    return str(problem).strip().splitlines()[0]
