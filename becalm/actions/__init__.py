"""What is done on platforms because of decisions: planned with them, carried out by connectors, once each."""
