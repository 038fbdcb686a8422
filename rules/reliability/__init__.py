"""Rules of the category reliability."""
