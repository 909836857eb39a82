"""What the library knows of written Chinese: text, figures, dates, names, scripts, punctuation."""
