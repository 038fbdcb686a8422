"""Rules of the category design."""
