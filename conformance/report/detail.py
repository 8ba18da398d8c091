"""All that a records file knows of one check, for a person who has to find out why it is red."""

from __future__ import annotations

from dataclasses import asdict

from conformance.record import Header, Record

MEANING = {
    "error": "largest |got - expected|, at the worst element",
    "bound": "error that correct arithmetic in this dtype may make there",
    "beta": "error ÷ bound: more than 1 is red",
    "rho": "bound ÷ value, median over the elements: the relative error that could be seen",
}


def detail(header: Header, record: Record) -> str:
    """One field per line, figures with their meaning, and the command that runs the check alone."""
    versions = ", ".join(f"{k} {v}" for k, v in header.versions.get(record.adapter, {}).items())
    rows = [[key, str(value), MEANING.get(key, "")] for key, value in asdict(record).items() if value not in ("", None)]
    rows += [["versions", versions, ""], ["platform", f"{header.platform}, {header.interpreter}", ""]]
    text = "\n".join(f"{name:10} {value}" + (f"   ({meaning})" if meaning else "") for name, value, meaning in rows)
    alone = f"pytest conformance --profile full --device {record.device} --adapter {record.adapter} --check '{record.id}'"
    return f"{text}\n\nalone: {alone}"
