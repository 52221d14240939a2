"""What staff write: faq.yaml and courses.yaml, read into typed values or into sentences about what to mend."""
