"""Bytes to text, text to tree, tree to index, comments to directives."""
