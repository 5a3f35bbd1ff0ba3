"""Says what would be done, and does nothing."""

from datetime import datetime
from typing import Any

from .order import Order

DRY_RUN = "dry-run"


class DryRun:
    """What is carried out by it counts as done: whoever switches to another connector starts with what is new."""

    name = DRY_RUN

    def carry_out(self, order: Order, at: datetime) -> dict[str, Any]:
        return {"would": f"{order.kind} {order.target_kind} {order.target} on {order.platform}"}
