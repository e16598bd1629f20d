"""The child's record: from facts to the situation, as of any instant and as known then. Knows no law of a single duty."""

from encircle.core.child.as_of import AsOf
from encircle.core.child.fold import Fold, fold
from encircle.core.child.schema import schema_for_each, situation_schema
from encircle.core.child.situation import Item, Situation, Value

__all__ = ["AsOf", "Fold", "Item", "Situation", "Value", "fold", "schema_for_each", "situation_schema"]
