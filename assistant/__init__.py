"""The reading side: a question in, a cited answer out."""
