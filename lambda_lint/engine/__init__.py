"""Runs rules over modules and turns what they see into findings."""
