"""What ``kaike run`` prints."""

import time
from pathlib import Path

from rich.console import Console as Terminal
from rich.table import Table

from suite.running import logs
from suite.running.accounts import demo_accounts
from suite.running.process import Process


class Console:
    """The person at the terminal."""

    def __init__(self, *, folder: Path) -> None:
        self.terminal = Terminal(highlight=False, soft_wrap=True)
        self.folder = folder
        self.began = time.monotonic()

    def say(self, text: str) -> None:
        """One line, at once."""
        self.terminal.print(text, markup=False)

    def starting(self, *, databases: str, bus: str) -> None:
        """What is about to start, and on what."""
        self.say(f"Starting Kaike: data in {self.folder}, databases on {databases}, bus on {bus}")

    def prepared(self, name: str) -> None:
        """One service's database is up to date."""
        self.say(f"  {name}: database up to date [{self._seconds()}]")

    def ready(self, port: int, pss_kib: int) -> None:
        """Everything answers: where, and who may sign in."""
        self.say(f"\nKaike answers at http://127.0.0.1:{port}/")
        table = Table("login", "password", "who", title="Demo accounts", title_justify="left")
        for account in demo_accounts():
            table.add_row(account["login"], account["password"], account["who"])
        if table.row_count:
            self.terminal.print(table)
        self.say(f"Logs: {self.folder / 'log'}   Stop: Ctrl-C   Play the main flow: make demo")
        self.say('A price and a course package, to try it by hand in the browser: make demo ARGS="--prepare"')
        self.say(f"ready in {self._seconds()}, {pss_kib // 1024} MB")

    def ended(self, process: Process, code: int, delay: float, log: Path) -> None:
        """A process died by itself and comes back."""
        how = f"signal {-code}" if code < 0 else f"code {code}"
        self.say(f"  {process.name} {process.kind} ended with {how}; again in {delay:.1f} s; see {log}")
        if code != 0:
            self.say(logs.last_lines(log, count=2))

    def stopping(self) -> None:
        """The end has begun."""
        self.say("Stopping …")

    def stopped(self) -> None:
        """Nothing runs any more."""
        self.say("Stopped.")

    def _seconds(self) -> str:
        return f"{time.monotonic() - self.began:.1f} s"
