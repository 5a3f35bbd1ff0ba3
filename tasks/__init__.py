"""One retryable effect on one batch: what a flow is made of."""
