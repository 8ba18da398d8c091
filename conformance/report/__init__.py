"""Records → text: pure functions of files."""
