"""Plain, frozen data that every layer shares; nothing here imports libcst."""
