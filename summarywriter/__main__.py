"""``python -m summarywriter``."""

from summarywriter.cli import main

if __name__ == "__main__":
    main()
