"""The shapes of summaries as data: genres, the choice of one, headings, and words for the author's place."""

from summarywriter.genres.choose import choose_genre
from summarywriter.genres.genre import Formula, Genre, GenreSection, Parts
from summarywriter.genres.load import genres, load_genre

__all__ = ["Formula", "Genre", "GenreSection", "Parts", "choose_genre", "genres", "load_genre"]
