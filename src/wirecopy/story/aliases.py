"""Stub."""


# ruff: noqa
def aliases_of(item: object) -> tuple[str, ...]:
    return ()
