"""Facts: the sheet as types, its loader, its linter, and the index of single facts."""
