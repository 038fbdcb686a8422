"""Templates read into deployed functions."""
