"""When things happen: courses become dated sessions and deadlines, and calendar files."""
