"""Dated facts about AWS, its SDK and the libraries around them."""
