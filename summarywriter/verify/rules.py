"""The one table of rules: every code and how grave it is.

An error is certain: the text says what no fact says. A warning is for a person to look at. What code
cannot know is unverifiable, and never counts against a text.
"""

from __future__ import annotations

from collections.abc import Mapping

from summarywriter.verify.report import Severity

_E, _W, _U = Severity.ERROR, Severity.WARNING, Severity.UNVERIFIABLE

RULES: Mapping[str, Severity] = {
    # figures
    "SW101": _E,  # no fact states it
    "SW102": _E,  # a fact's figure, altered
    "SW103": _E,  # measure word changed
    "SW104": _E,  # modifier dropped, added or reversed
    "SW105": _E,  # bound to the wrong thing
    "SW106": _W,  # told under another activity than its own
    "SW107": _E,  # sum, difference, ratio or duration that no fact states
    "SW108": _E,  # lost figure filled in
    "SW109": _W,  # 大量 in the place of a figure that is known
    "SW110": _U,  # what it counts is named nowhere near it
    "SW111": _E,  # a level told as a change, or a change as a level
    "SW115": _E,  # a derived total that its terms do not come to
    # dates
    "SW201": _E,  # no fact states it
    "SW202": _E,  # a fact's date, altered
    "SW203": _E,  # time of day altered
    "SW204": _E,  # weekday that the calendar does not give
    "SW205": _E,  # masked or unstated year filled in
    "SW206": _U,  # weekday that cannot be checked
    "SW207": _E,  # date of another activity
    # names
    "SW301": _E,  # organisation in no fact
    "SW302": _E,  # organisation renamed
    "SW303": _E,  # person in no fact
    "SW304": _E,  # person's name altered
    "SW305": _E,  # post altered
    "SW306": _E,  # actors exchanged
    "SW307": _U,  # order of names changed: of rank or of none, only a reader knows
    "SW308": _E,  # document number
    "SW309": _E,  # title in 《》
    "SW310": _E,  # theme or quotation altered
    "SW311": _E,  # theme or quotation in no fact
    "SW312": _E,  # place
    "SW313": _U,  # words in quotation marks that may be no quotation
    # claims
    "SW401": _W,  # praise
    "SW402": _E,  # superlative, first, honour
    "SW403": _U,  # sentence with no fact that is no formula
    "SW404": _W,  # section with no fact
    "SW405": _W,  # problem dropped
    "SW406": _E,  # problem inverted
    "SW407": _W,  # problem softened
    "SW408": _E,  # planned told as done
    "SW409": _E,  # approval or decision
    "SW410": _E,  # examples told as the whole
    "SW411": _E,  # scope changed
    "SW412": _E,  # event that no fact states
    "SW413": _W,  # cited clause that does not tell its fact
    "SW414": _E,  # figure denied
    "SW415": _E,  # a part told as the whole
    "SW416": _E,  # cause that no fact gives
    "SW417": _W,  # clause in no fact and no common wording
    # form
    "SW501": _W,  # numbering
    "SW502": _W,  # scripts mixed
    "SW503": _W,  # Markdown
    "SW504": _W,  # words of an assistant
    "SW505": _E,  # thinking left in
    "SW506": _W,  # English
    "SW507": _W,  # cut off
    "SW508": _E,  # mojibake
    "SW509": _W,  # said twice
    "SW510": _W,  # too long
    "SW511": _W,  # punctuation, GB/T 15834
    "SW512": _W,  # numerals, GB/T 15835
    "SW513": _E,  # slot left unfilled
}


def severity(code: str) -> Severity:
    """How grave ``code`` is."""
    return RULES[code]
