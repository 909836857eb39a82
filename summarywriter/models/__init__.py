"""The edges to models: an OpenAI-compatible endpoint, recordings, and token vocabularies."""

import logging

# A library's log is its user's to show: without this, Python itself would print warnings.
logging.getLogger("summarywriter").addHandler(logging.NullHandler())
