"""Workers on other machines: before one takes part, it shows that it is the controller's environment."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from conformance.plan import Selection
from conformance.problem import Problem
from conformance.session import Session, flags

ROOT = Path(__file__).parents[1]
ASK = """
import os, sys
sys.path[:0] = [os.path.join(os.getcwd(), {folder!r})]
from conformance.remote import identity, worker
channel.send(identity(worker({choices!r}, {device!r})))
"""
REMEDY = "give it the same checkout (--rsyncdir), Python and versions, or run it as a shard of its own (--shard)"


class DifferentWorker(Problem):
    """A worker on another machine is not the environment in which the controller runs."""

    code = 18


def require_same(session: Session, gateway: Any) -> None:
    """Compare a worker that was not started here with this process. Raises DifferentWorker."""
    if gateway.spec.popen:
        return
    choices = [session.choices.get(adapter.name, adapter.name) for adapter in session.adapters]
    try:
        text = gateway.remote_exec(ASK.format(folder=ROOT.name, choices=choices, device=session.device)).receive()
    except (OSError, EOFError, gateway.RemoteError) as fault:
        raise DifferentWorker(f"worker {gateway.spec} cannot say what it is: {fault}", REMEDY) from fault
    here, there = json.loads(identity(session)), json.loads(text)
    for name in here:
        if here[name] != there.get(name):
            raise DifferentWorker(f"worker {gateway.spec} differs in {name}: {there.get(name)}, here {here[name]}", REMEDY)


def worker(choices: Sequence[str], device: str) -> Session:
    """The session of these adapters as another machine sees it, whatever the selection."""
    return Session.choose(ROOT, choices, Selection(), device)


def identity(session: Session) -> str:
    """What has to be the same in every process of one run, as JSON."""
    source = hashlib.sha256()
    for room in ("conformance", "adapters", "reference"):
        for path in sorted((ROOT / room).rglob("*.py")):
            source.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return json.dumps(
        {
            "source": source.hexdigest(),
            "versions": session.versions,
            "interpreter": f"{platform.python_implementation()} {platform.python_version()}",
            "machine": platform.machine(),
            "longdouble": int(np.finfo(np.longdouble).nmant) + 1,
            "flags": flags(),
            "device": session.device,
        }
    )
