"""The linter's rules by family: figures, dates, names, texts, and what a reader will ask."""
