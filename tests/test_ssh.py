"""Workers on other machines through ssh: shown against an sshd on loopback with throw-away keys, started by the test.

Needs OpenSSH's client and server (Debian: `apt-get install --no-install-recommends openssh-server openssh-client`). Where they
are missing the tests fail and say so: a gap is not a pass. To leave them out knowingly: `-k "not ssh"`.
"""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.record import counts, read
from conformance.remote import DifferentWorker
from tests.worst_day import ROOT, checks

PATH = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])


def program(name: str) -> str:
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.fail(f"{name} is missing: apt-get install --no-install-recommends openssh-server openssh-client", pytrace=False)
    return found


def key(path: Path) -> str:
    """A new key pair; the public half."""
    subprocess.run([program("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    return path.with_suffix(".pub").read_text("utf-8").strip()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def lines(path: Path, **settings: object) -> Path:
    path.write_text("".join(f"{name} {value}\n" for name, value in settings.items()), "utf-8")
    return path


@pytest.fixture(scope="module")
def ssh_config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The client's configuration for the host `loopback`, while its sshd runs."""
    folder, port = tmp_path_factory.mktemp("ssh"), free_port()
    (folder / "authorized").write_text(key(folder / "user") + "\n", "utf-8")
    (folder / "hosts").write_text(f"[127.0.0.1]:{port} {key(folder / 'host')}\n", "utf-8")
    server = lines(
        folder / "sshd_config",
        Port=port,
        ListenAddress="127.0.0.1",
        HostKey=folder / "host",
        AuthorizedKeysFile=folder / "authorized",
        PidFile="none",
        PasswordAuthentication="no",
        StrictModes="no",  # temporary folders are not a home
    )
    client = lines(
        folder / "config",
        Host="loopback",
        HostName="127.0.0.1",
        Port=port,
        User=getpass.getuser(),
        IdentityFile=folder / "user",
        IdentitiesOnly="yes",
        UserKnownHostsFile=folder / "hosts",
        StrictHostKeyChecking="yes",
        BatchMode="yes",
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd separates its privileges
    process = subprocess.Popen([program("sshd"), "-D", "-e", "-f", str(server)], stderr=subprocess.PIPE, text=True)
    try:
        answers(process, port)
        yield client
    finally:
        process.terminate()
        process.communicate()


def answers(process: subprocess.Popen[str], port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    process.kill()
    pytest.fail(f"sshd does not answer: {process.communicate()[1]}", pytrace=False)


def suite(config: Path, folder: Path, *options: str, **environment: str) -> tuple[int, str]:
    """Run on two workers behind ssh, which get their own copy of the checkout in `folder`/there.

    The controller runs from a copy, too: an edit of the checkout during the test would rightly be refused.
    """
    here, there = folder / "here", folder / "there"
    there.mkdir()
    for room in ("conformance", "adapters", "reference", "tests"):
        shutil.copytree(ROOT / room, here / room, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / file, here / file)
    worker = f"ssh=loopback//ssh_config={config}//python={sys.executable}//chdir={there}"
    command = [sys.executable, "-m", "pytest", str(here / "conformance"), "-q", "-p", "no:cacheprovider"]
    command += ["-W", "ignore:The --rsyncdir:DeprecationWarning", "--tx", f"2*{worker}", f"--rsyncdir={here}"]
    command += [f"--records={folder / 'run.jsonl'}"]
    command += ["--adapter", "tests.misbehaving:ADAPTER", "--profile", "full", "--time-limit", "3", "--again", "0", *options]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    answer = subprocess.run(
        command, cwd=here, env={**clean, **environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    return answer.returncode, answer.stdout + answer.stderr


def test_checks_run_behind_ssh_and_a_crash_there_costs_one_check(ssh_config: Path, tmp_path: Path) -> None:
    deeds = [f"misbehaving/quartic/zero/value/{name}/numpy/float64" for name in ("segfault", "kill", "spin")]
    code, text = suite(ssh_config, tmp_path, *checks("misbehaving/quartic/*/value/eager/*", *deeds))
    assert code == 1, text
    run = read(tmp_path / "run.jsonl")
    assert run.complete
    assert counts(run.records) == {"pass": 12, "crash": 2, "timeout": 1}
    (segfault,) = (record for record in run.records if "/segfault/" in record.id)
    assert str(tmp_path / "there") in segfault.message, "the stack shows that the copy behind ssh was run"


def test_a_worker_with_other_versions_is_refused(ssh_config: Path, tmp_path: Path) -> None:
    code, text = suite(ssh_config, tmp_path, *checks("misbehaving/import"), MISBEHAVING_VERSION="2.0")
    assert code == DifferentWorker.code, text
    assert "differs in versions" in text
    assert "remedy: " in text
    assert "Traceback" not in text
