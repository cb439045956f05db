"""The scenarios of tests/run/matrix, through the Python clients."""

from __future__ import annotations

import asyncio
import sys
import traceback

import faults
import front
import reads
import writes
from books import Shop
from way import AsyncWay, Way

SCENARIOS = (
    writes.create,
    reads.get_raw,
    reads.page_1000,
    reads.page_single,
    reads.page_stuck,
    reads.filters,
    writes.patch_null,
    writes.patch_if_match,
    writes.conflict,
    writes.declared_error,
    reads.not_found,
    writes.validation,
    reads.unauthenticated,
    faults.refresh,
    faults.retry_503,
    faults.retry_429,
    faults.retry_date,
    faults.retry_gives_up,
    faults.no_retry_write,
    faults.idempotent_retry,
    faults.cut_get,
    faults.attempt_timeout,
    faults.total_timeout,
    faults.cancel,
    reads.unknown_enum,
    reads.unknown_error,
    reads.garbage,
    faults.deprecated,
    faults.hooks,
    writes.batch,
    writes.soft_delete,
    reads.fields,
    writes.nested,
    reads.slash_in_path,
    reads.int64_decimal,
    writes.wire,
    faults.redirect,
    reads.page_end,
    faults.in_flight,
    writes.key_header,
    reads.unreadable,
    reads.odd_problem,
    faults.refresh_once,
    faults.bad_key,
)


async def main(way: Way) -> int:
    """Goes through all scenarios."""
    shop, failed = Shop(way), 0
    for scenario in SCENARIOS:
        front.begin(scenario.__name__)
        try:
            await scenario(shop)
            print(f"ok {scenario.__name__}")
        except Exception:
            failed = 1
            why = " ".join(traceback.format_exc().split())
            print(f"not ok {scenario.__name__}: {why}")
    return failed


if __name__ == "__main__":
    ways = {"threads": Way(), "coroutines": AsyncWay()}
    sys.exit(asyncio.run(main(ways[sys.argv[1]])))
