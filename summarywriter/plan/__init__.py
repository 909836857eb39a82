"""Content determination and document structuring: which section tells which fact, in what order."""

from summarywriter.plan.document import DocumentPlan, SectionPlan, Unit, UnitKind

__all__ = ["DocumentPlan", "SectionPlan", "Unit", "UnitKind"]
