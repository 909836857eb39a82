"""The edges to models: an OpenAI-compatible endpoint, recordings, and token vocabularies."""
