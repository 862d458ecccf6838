"""Logs and metrics: which rulebook answers, which plugin is left out, and how long it takes."""

import logging
from datetime import date
from time import perf_counter
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

import unioncore
from unioncore import Placement, Rulebook

REGISTRY = CollectorRegistry()
COMPOSED = Histogram("unioncore_compose_seconds", "How long composing took", registry=REGISTRY)
LEFT_OUT = Gauge("unioncore_plugins_left_out", "Plugins that are broken", registry=REGISTRY)
ASKED = Histogram("unioncore_question_seconds", "How long answers took", registry=REGISTRY)
NOT_KNOWN = Counter(
    "unioncore_not_known", "Answers that are not known, by fact", ["fact"], registry=REGISTRY
)


class Measures(logging.Handler):
    """Takes metrics from what the library logs: a record has its figures as attributes."""

    def emit(self, record: logging.LogRecord) -> None:
        """Measure one record."""
        if hasattr(record, "seconds"):
            COMPOSED.observe(record.seconds)
            LEFT_OUT.set(len(record.left_out))


def asked(rulebook: Rulebook, facts: dict[str, Any], on: date) -> Placement:
    """Answer, and measure it. No fact about anybody is a label or a line of a log."""
    began = perf_counter()
    place = unioncore.placement(rulebook, facts, on=on)
    ASKED.observe(perf_counter() - began)
    for answer in place.answers().values():
        if not answer.known:
            NOT_KNOWN.labels(answer.fact).inc()
    return place


class Broken:
    """A plugin with a mistake in it, which is left out and told."""

    name = "broken"

    @unioncore.hookimpl
    def unioncore_about(self) -> object:
        """Return something that is not what the hook asks for."""
        return "broken"


if __name__ == "__main__":
    lines: list[str] = []

    class Kept(logging.Handler):
        """Keeps the lines, as a file would."""

        def emit(self, record: logging.LogRecord) -> None:
            """Keep one line."""
            lines.append(f"{record.levelname} {record.getMessage()}")

    log = logging.getLogger("unioncore")
    log.setLevel(logging.INFO)
    log.addHandler(Measures())
    log.addHandler(Kept())

    rulebook = unioncore.compose(Broken(), on_fault="leave out")
    asked(rulebook, {"employer.kind": "cafcass", "person.earnings": "31234.56"}, date(2026, 3, 2))
    assert any(line.startswith("WARNING the plugin broken is left out") for line in lines), lines
    assert any(rulebook.fingerprint in line for line in lines), lines
    assert not any("31234" in line for line in lines)
    metrics = generate_latest(REGISTRY).decode()
    assert "unioncore_compose_seconds_count 1.0" in metrics, metrics
    assert "unioncore_plugins_left_out 1.0" in metrics
    assert 'unioncore_not_known_total{fact="service_group"}' in metrics
    print("logs and metrics:", *lines, sep="\n  ")
