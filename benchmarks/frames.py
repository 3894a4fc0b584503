"""Frames of a trace of 10,000 spans: how long each takes while the timeline is scrolled, zoomed, and seen as flames.

``python -m benchmarks.frames [--spans 10000]`` starts a server, sends the trace, drives Debian's Chromium, and prints a
line a gesture. Wanted: at the 95th percentile a frame within 20 ms. Other work on the machine shows in the figures.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.conftest import RunningServer, eventually
from tests.console.browsing import ARGS, CHROMIUM, call

SERVICES = ("storefront", "checkout", "cart", "payment", "inventory", "catalog", "shipping", "search")
GESTURES = {
    "scroll the whole trace": """(done, frames) => {
        const box = document.querySelector('.timeline-scroll');
        const from = performance.now();
        const step = (now) => {
            frames.push(now);
            box.scrollTop = box.scrollHeight * Math.min(1, (now - from) / 3000);
            now - from < 3000 ? requestAnimationFrame(step) : done(frames);
        };
        requestAnimationFrame(step);
    }""",
    "zoom in and out": """(done, frames) => {
        const box = document.querySelector('.timeline-scroll, .flame-scroll');
        const edges = box.getBoundingClientRect();
        const from = performance.now();
        const step = (now) => {
            frames.push(now);
            const deltaY = Math.sin((now - from) / 480) * 30;
            const clientX = edges.right - edges.width / 4;
            const wheel = {deltaY, clientX, ctrlKey: true, bubbles: true, cancelable: true};
            box.dispatchEvent(new WheelEvent('wheel', wheel));
            now - from < 3000 ? requestAnimationFrame(step) : done(frames);
        };
        requestAnimationFrame(step);
    }""",
}


def trace(spans: int, seed: int) -> tuple[str, list[dict[str, Any]]]:
    """Give the documents of one trace: segments of several services, each with some dozens of subsegments."""
    rng = random.Random(seed)
    start = time.time() - 20
    trace_id = f"1-{int(start):08x}-{os.urandom(12).hex()}"
    documents: list[dict[str, Any]] = []
    callers: list[tuple[str, float, float]] = []
    made = 0
    while made < spans:
        parent, low, high = callers.pop(rng.randrange(len(callers))) if callers else ("", start, start + 12)
        one = {"id": rng.randbytes(8).hex(), "name": rng.choice(SERVICES), "start_time": low, "end_time": high}
        inside = []
        for _ in range(min(rng.randint(4, 40), spans - made)):
            begin = rng.uniform(low, high)
            end = min(high, begin + rng.expovariate(4 / (high - low)))
            sub = {
                "id": rng.randbytes(8).hex(),
                "name": rng.choice(("GetItem", "POST /charge", "render", "query")),
                "namespace": "remote",
            }
            inside.append(sub | {"start_time": begin, "end_time": end, "fault": rng.random() < 0.02})
            if end - begin > 1e-5:
                callers.append((sub["id"], begin, end))
        documents.append(
            one | {"trace_id": trace_id, "subsegments": inside} | ({"parent_id": parent} if parent else {})
        )
        made += 1 + len(inside)
    return trace_id, documents


def measure(page: Any, gesture: str) -> tuple[float, float, float]:
    """Give frames a second, and the 95th percentile and the longest frame in milliseconds."""
    times = page.evaluate(f"() => new Promise((done) => ({GESTURES[gesture]})(done, []))")
    lengths = sorted(after - before for before, after in itertools.pairwise(times))
    return 1000 * len(lengths) / sum(lengths), lengths[int(len(lengths) * 0.95)], lengths[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--spans", type=int, default=10_000)
    spans: int = parser.parse_args().spans
    running = RunningServer(Path(tempfile.mkdtemp()) / "data")
    try:
        trace_id, documents = trace(spans, seed=7)
        for at in range(0, len(documents), 40):
            texts = [json.dumps(each) for each in documents[at : at + 40]]
            call(running.url, "/TraceSegments", {"TraceSegmentDocuments": texts})
        eventually(lambda: running.counters()["applier.behind"] == 0)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            began = time.monotonic()
            page.goto(f"{running.url}/traces/{trace_id}?critical=on")
            page.wait_for_selector(".timeline-row", timeout=120_000)
            print(
                f"load    {time.monotonic() - began:26.2f} s",
                page.locator(".trace-line.secondary").first.inner_text().replace("\n", " "),
            )
            if page.locator("[data-much]").count():
                page.locator("[data-much] button").first.click()
            for lens, gestures in (("timeline", tuple(GESTURES)), ("flame", ("zoom in and out",))):
                page.locator(f"[data-lens={lens}]").click()
                page.wait_for_timeout(1500)
                for gesture in gestures:
                    rate, most, worst = measure(page, gesture)
                    print(f"{lens:8}{gesture:24} {rate:6.1f} frames/s  p95 {most:5.1f} ms  worst {worst:5.1f} ms")
            browser.close()
    finally:
        running.stop()


if __name__ == "__main__":
    main()
