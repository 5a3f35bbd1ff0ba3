"""Prefect's command line, whose server has its scheduler mended.

Prefect 3.8 inserts scheduled runs in bulk with their `state`, which is no column. SQLAlchemy 2.0 passed over it; 2.1
refuses, and no schedule ever starts a run. Prefect 3.9 leaves it out: then this file can go.
"""

from collections.abc import MutableMapping
from typing import Any

from prefect.cli import app
from prefect.server.database.orm_models import FlowRun
from sqlalchemy import inspect


def pass_over(_model: type, _row: MutableMapping[str, Any], _state: object) -> None:
    """Nothing: the states are inserted into their own table right after."""


inspect(FlowRun).all_orm_descriptors["state"].inplace.bulk_dml(pass_over)

if __name__ == "__main__":
    app()
