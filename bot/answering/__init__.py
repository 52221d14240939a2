"""A question becomes an answer: pure functions of the text, the knowledge base and the moment."""
