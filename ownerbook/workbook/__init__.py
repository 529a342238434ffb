"""The only room that opens staff's files."""
