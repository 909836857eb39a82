"""Content determination and document structuring: which section tells which fact, in what order.

Pure: the same facts and genre give the same plan.
"""

from summarywriter.plan.document import DocumentPlan, SectionPlan, Unit, UnitKind
from summarywriter.plan.make import make_plan

__all__ = ["DocumentPlan", "SectionPlan", "Unit", "UnitKind", "make_plan"]
