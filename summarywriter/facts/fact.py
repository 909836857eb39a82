"""A single fact: its id, its kind, and what the sheet says of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from summarywriter.chinese.dates import DateValue
from summarywriter.chinese.quantities import Quantity
from summarywriter.chinese.text import Span
from summarywriter.facts.model import Figure, Organisers, Person, Status


class FactKind(StrEnum):
    """What a fact is; coverage is reported by kind."""

    UNIT = "unit"
    THEME = "theme"
    PERIOD = "period"
    BASIS = "basis"  # a document's title
    ISSUERS = "issuers"  # who issued it, in order
    DOCNUMBER = "docnumber"
    ORGANISERS = "organisers"  # an ordered list, or examples with a total
    PERSON = "person"
    ACTIVITY = "activity"  # its name
    DATE = "date"
    PLACE = "place"
    FIGURE = "figure"
    TOTAL = "total"
    DETAIL = "detail"
    QUOTE = "quote"
    MEASURE = "measure"
    RESULT = "result"
    MEDIA = "media"
    PROBLEM = "problem"
    NEXT_STEP = "next_step"
    # found inside free text:
    QUANTITY = "quantity"
    TEXT_DATE = "text_date"
    QUOTATION = "quotation"


FREE_TEXT = frozenset(
    {
        FactKind.DETAIL,
        FactKind.MEASURE,
        FactKind.RESULT,
        FactKind.MEDIA,
        FactKind.PROBLEM,
        FactKind.NEXT_STEP,
    }
)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact.

    Attributes:
        id: Stable id: given in the sheet, else by position.
        kind: What it is.
        text: Its surface as given (a figure's quantity, a name, a clause).
        owner: Id of the activity it belongs to, or of the free-text fact it was found in.
        required: False only where the sheet says so (inherited from the owner).
        status: Done, ongoing or planned (inherited from the owner).
        span: Where it stands inside the owner's text, for facts found in free text.
        quantity: For figures, totals and quantities in text.
        date: For dates.
        figure: The sheet's figure, for action, object, actor, scope and ``of``.
        organisers: The sheet's organisers.
        person: The sheet's person.
        path: Where it stands in the sheet: canonical keys, and positions from 0.
    """

    id: str
    kind: FactKind
    text: str
    owner: str | None = None
    required: bool = True
    status: Status = Status.DONE
    span: Span | None = None
    quantity: Quantity | None = None
    date: DateValue | None = None
    figure: Figure | None = None
    organisers: Organisers | None = None
    person: Person | None = None
    path: tuple[str | int, ...] = ()

    @property
    def quantity_is_lost(self) -> bool:
        """Whether this is a figure whose number a mask has hit: written 〔待補〕, never guessed."""
        return self.quantity is not None and self.quantity.masked
