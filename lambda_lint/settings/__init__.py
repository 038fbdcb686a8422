"""What a place says (`options`), where it says it (`load`), what it may say (`keys`, `check`, `schema`)."""
