"""What staff do and see, without Discord: the inbox of open questions, why a question was matched, reports."""
