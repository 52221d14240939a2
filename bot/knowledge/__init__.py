"""The snapshot that answers come from: loaded from the two files and judged as a whole."""
