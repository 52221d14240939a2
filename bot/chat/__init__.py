"""Discord: the only room that imports it."""
