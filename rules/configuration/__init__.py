"""Rules of the category configuration."""
