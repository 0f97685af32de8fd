"""The writing side: documents in, an index out."""
