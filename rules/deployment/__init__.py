"""Rules of the category deployment."""
