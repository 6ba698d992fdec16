"""The demo: a bundled wire of invented agencies, and the newsroom that takes it."""
