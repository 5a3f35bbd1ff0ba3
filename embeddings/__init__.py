"""Text to vectors, vectors to neighbours, neighbours to groups."""
