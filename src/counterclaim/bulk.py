"""Many reports at once: one pure function from a batch to a batch."""
