"""What students of a course share in a server: study partners, and the scheduled events of live sessions."""
