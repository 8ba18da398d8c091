"""Records as tables for a terminal: outcomes by framework and family, budgets by dtype, then every red check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from conformance.record import RED, Header, Record, counts

Source = tuple[Path, Header, tuple[Record, ...]]
SHOWN = 40
"""Red checks listed before the rest are only counted."""


def render(sources: Sequence[Source]) -> str:
    """The whole report of one or several record files."""
    parts = [_title(header, records) for _, header, records in sources]
    records = [record for source in sources for record in source[2]]
    parts.append(outcomes(records, lambda r: r.adapter))
    parts.append(outcomes(records, lambda r: r.family))
    parts.append(budgets(records))
    parts.append(_red(sources))
    return "\n\n".join(part for part in parts if part) + "\n"


def outcomes(records: Iterable[Record], group: Callable[[Record], str]) -> str:
    """One row per group, one column per outcome that occurs; the last column is `share`."""
    records = list(records)
    columns = list(counts(records))
    rows = [["", *columns, "known", "all", "pass"]]
    for name in dict.fromkeys(map(group, records)):
        members = [record for record in records if group(record) == name]
        found = counts(members)
        known = sum(bool(record.known) for record in members)
        rows.append([name, *(str(found.get(c, "")) for c in columns), str(known or ""), str(len(members)), share(members)])
    return table(rows)


def share(records: Sequence[Record]) -> str:
    """pass ÷ (all − unsupported − convention) in percent with one decimal, truncated; "-" where nothing was asked."""
    asked = sum(record.outcome not in ("unsupported", "convention") for record in records)
    passed = sum(record.outcome == "pass" for record in records)
    return f"{1000 * passed // asked / 10}%" if asked else "-"


def budgets(records: Iterable[Record]) -> str:
    """Largest error ÷ bound per framework and dtype, over the checks that pass."""
    passed = [record for record in records if record.outcome == "pass" and record.beta is not None]
    dtypes = list(dict.fromkeys(r.dtype for r in sorted(passed, key=lambda r: r.dtype)))
    rows = [["largest error ÷ bound", *dtypes]]
    for adapter in dict.fromkeys(record.adapter for record in passed):
        largest = (max((r.beta or 0.0 for r in passed if r.adapter == adapter and r.dtype == d), default=None) for d in dtypes)
        rows.append([adapter, *("" if beta is None else f"{beta:.2f}" for beta in largest)])
    return table(rows) if passed else ""


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns padded to their widest cell: the first to the left, the others to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = (
        "  ".join(c.rjust(w) if i else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _title(header: Header, records: tuple[Record, ...]) -> str:
    names = "; ".join(
        f"{adapter} ({', '.join(f'{k} {v}' for k, v in versions.items())})" for adapter, versions in header.versions.items()
    )
    seconds = sum(record.seconds for record in records)
    return f"{names} on {header.device}, profile {header.profile}: {len(records)} checks, {seconds:.1f} s inside the framework"


def _red(sources: Sequence[Source]) -> str:
    lines = [_line(path, r) for path, _, records in sources for r in records if r.outcome in RED and not r.known]
    if not lines:
        return "no unexplained red"
    more = f"\n… and {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
    return f"{len(lines)} red:\n" + "\n".join(lines[:SHOWN]) + more


def _line(path: Path, record: Record) -> str:
    beta = "" if record.beta is None else f", error ÷ bound {record.beta:.3g}"
    command = f"python -m conformance explain {path} '{record.id}'"
    return f"{record.outcome}{beta}: {record.id}\n    {record.message}\n    {command}"
