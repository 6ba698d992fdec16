"""Stub."""


# ruff: noqa
def prints_of(item: object) -> tuple[int, ...]:
    return ()


def kinship(a: object, b: object) -> str:
    return "different"


def shortlist(rows: object, own: int) -> tuple[int, ...]:
    return ()
