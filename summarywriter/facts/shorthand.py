"""The short forms that a sheet may use, read into the fields of the model.

Each reader takes what the sheet has and gives what the model wants; what it does not know it passes on,
for the model to refuse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from summarywriter.chinese.dates import DateError, DateValue, parse_date
from summarywriter.chinese.quantities import Modifier, Quantity, parse_quantity
from summarywriter.chinese.text import folded
from summarywriter.lexicon import split_label, split_shorthand
from summarywriter.messages import render


def fault(code: str, **params: Any) -> PydanticCustomError:
    """What a validator raises: the loader tells it by the same code in the user's language."""
    return PydanticCustomError(
        code, render(code, lang="en", **params).replace("{", "(").replace("}", ")"), params
    )


def read_date(value: Any) -> Any:
    """A date from its text."""
    if isinstance(value, str):
        try:
            return parse_date(value)
        except DateError as error:
            raise fault(f"facts.date_{error.reason}", text=value) from error
    if not isinstance(value, DateValue):
        raise fault("facts.date_format", text=repr(value))
    return value


_RECURRING = re.compile("(?:每|逢)[^0-9]")


def is_recurring(text: str) -> bool:
    """Whether a date's text says how often, and no day: 每周六 (every Saturday), 逢周三下午.

    Example:
        >>> is_recurring("每周六"), is_recurring("5月19日")
        (True, False)
    """
    return _RECURRING.match(folded(text.strip())) is not None


def read_name(value: Any) -> Any:
    """A text alone is a name."""
    return {"name": value} if isinstance(value, str) else value


def read_title(value: Any) -> Any:
    """A text alone is a title."""
    return {"title": value} if isinstance(value, str) else value


_MARKS = ("《》", "“”", "「」", "『』", '""')


def unmarked(value: Any) -> Any:
    """A theme or a title without the marks around the whole of it: whoever prints it puts its own."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    for marks in _MARKS:
        inner = text[1:-1]
        if inner and text == f"{marks[0]}{inner}{marks[1]}" and not set(marks) & set(inner):
            return inner
    return value


def read_figure(value: Any) -> Any:
    """The fields of a figure, from ``發放宣傳手冊 1500份`` or from the long form."""
    if isinstance(value, str):
        parts = split_shorthand(value)
        if parts is None:
            raise fault("facts.no_quantity", text=value)
        action, object_, quantity = parts
        return {"action": action, "object": object_, "quantity": quantity}
    if not isinstance(value, Mapping):
        return value
    fields = dict(value)
    if "quantity" not in fields and "value" in fields:
        number, unit, modifier = fields.pop("value"), fields.pop("unit", None), fields.pop("modifier", None)
        fields["quantity"] = quantity_from_parts(str(number), str(unit or ""), modifier)
    elif isinstance(fields.get("quantity"), str):
        written = f"{fields['quantity']}{fields.pop('unit', None) or ''}"
        modifier = fields.pop("modifier", None)
        fields["quantity"] = quantity_from_parts(written, "", modifier)
    if not fields.get("action") and isinstance(fields.get("object"), str):
        fields["action"], fields["object"] = split_label(fields["object"])
    return fields


def read_quantity(value: Any) -> Any:
    """A quantity from its text."""
    if isinstance(value, str):
        return quantity_from_parts(value, "", None)
    return value


_TERM = re.compile(r"(?P<unit>.+?)\s+(?:(?P<fact>[\w.\-]+)\s+)?(?P<quantity>\S+)")


def read_term(value: Any) -> Any:
    """One term of a sum from ``東嶺縣 t1 500餘份``: whose, which fact of theirs, how much."""
    if not isinstance(value, str):
        return value
    match = _TERM.fullmatch(value.strip())
    if match is None:
        raise fault("facts.no_term", text=value)
    return {key: text for key, text in match.groupdict().items() if text}


_SURFACES = {
    Modifier.OVER: "{number}余{unit}",
    Modifier.NEAR: "近{number}{unit}",
    Modifier.ABOUT: "約{number}{unit}",
    Modifier.AT_LEAST: "至少{number}{unit}",
    Modifier.AT_MOST: "至多{number}{unit}",
}


def quantity_from_parts(number: str, unit: str, modifier: str | None) -> Quantity:
    """Build a `Quantity` from the long form's fields.

    Args:
        number: The number as written (``300``, ``1.5萬``, ``上千``).
        unit: The measure word.
        modifier: A `Modifier` value, or ``None`` for what the number itself says.

    Raises:
        ValueError: The number or the modifier cannot be read, or they contradict each other.
    """
    kind = Modifier(modifier) if modifier else None
    bare = parse_quantity(f"{number}{unit}")
    if bare is not None and (kind is None or bare.modifier is not Modifier.EXACT):
        if kind not in (None, Modifier.VAGUE, bare.modifier):
            raise fault("facts.two_modifiers", text=f"{number}{unit}", modifier=str(modifier))
        return bare
    surface = _SURFACES[kind].format(number=number, unit=unit) if kind in _SURFACES else f"{number}{unit}"
    quantity = parse_quantity(surface)
    if quantity is None:
        raise fault("facts.no_number", text=surface)
    return quantity


_ENUMERATION = re.compile(r"[、，,；;]\s*")
_AND_OTHERS = re.compile(r"^(?P<names>.+?)等(?P<total>[^、，,；;等]*)$")


def organisers_from_text(text: str) -> dict[str, Any]:
    """Read an enumeration into the fields of `Organisers`.

    Example:
        >>> organisers_from_text("市科協、市司法局等15個單位")
        {'names': ['市科協', '市司法局'], 'total': '15個單位', 'complete': False}
    """
    others = _AND_OTHERS.match(text)
    if others and (not others["total"] or parse_quantity(others["total"])):
        names = [name for name in _ENUMERATION.split(others["names"]) if name]
        return {"names": names, "total": others["total"] or None, "complete": False}
    return {"names": [name for name in _ENUMERATION.split(text) if name]}
