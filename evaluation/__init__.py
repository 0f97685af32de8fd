"""Checks the assistant's answers against known facts: `python -m evaluation FACTS.yaml`."""
