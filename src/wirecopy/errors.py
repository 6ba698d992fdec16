"""The one error family. Every message tells the operator what to do next.

WirecopyError
├── SourceError    theirs: a feed that cannot be fetched or read from disk; try again later
├── FormatError    the bytes cannot be read as wire copy; the delivery goes to quarantine
├── OrderError     a staff order that cannot be carried out (unknown story, wrong state)
├── OutletError    a page cannot be written or sent; try again later
├── ThemeError     a template cannot be rendered; names the file, the line and the variable
└── ConfigError    wirecopy.toml is wrong; says which key and what to type
"""


class WirecopyError(Exception):
    """Something the operator can act on; its text is one or two plain sentences."""


class SourceError(WirecopyError):
    """A source could not be reached or read; nothing was lost, it will be tried again."""


class FormatError(WirecopyError):
    """These bytes cannot be read as wire copy; they are kept in quarantine with this reason."""


class OrderError(WirecopyError):
    """A staff order cannot be carried out as asked."""


class OutletError(WirecopyError):
    """A page could not be written or sent; its mark stays and it will be tried again."""


class ThemeError(WirecopyError):
    """A template is broken; the text names the file, the line and the variable."""


class ConfigError(WirecopyError):
    """The configuration is wrong; the text names the key and says what to type."""
