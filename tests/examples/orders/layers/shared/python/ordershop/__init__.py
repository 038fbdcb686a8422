"""What the functions of the order service share."""
