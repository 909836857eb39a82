"""Facts out of old text: found by code, placed by a model or by headings, trusted by nobody."""

from summarywriter.extract.damage import Damage, DamageKind
from summarywriter.extract.passes import extract
from summarywriter.extract.sheet import Extraction, Filling, Refusal
from summarywriter.extract.values import Found, ValueKind
from summarywriter.extract.writing import to_data, to_yaml

__all__ = [
    "Damage", "DamageKind", "Extraction", "Filling", "Found", "Refusal", "ValueKind",
    "extract", "to_data", "to_yaml",
]  # fmt: skip
