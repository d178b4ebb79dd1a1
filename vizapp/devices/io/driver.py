"""A driver: takes requests one after another, commands its device register by register, and waits for the interrupt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from vizapp.devices.io.protocols import PROTOCOLS, Protocol, Step, Steps
from vizapp.devices.layer import WORK, Layer
from vizapp.protocols.operand import ALL_ONES, Access, Request, Signal, amount

SUBMITS, WAITS, ENDS = "submits", "waits", "ends"
EIO = "EIO"
FIELD = {"disk": "driver", "nic": "net-driver"}


@dataclass(slots=True)
class Job:
    """A request at a driver. answer(job, error) is called at its end, for `client`: whoever asked.

    done: blocks or packets that are through; under_way: those handed over; turn: how often work was handed over.
    signalled: the interrupt came before the driver waited for it.
    """

    request: Request
    answer: Callable[[Job, str], None]
    client: Any
    done: int = 0
    under_way: int = 0
    turn: int = 0
    stage: str = SUBMITS
    steps: Steps = ()
    step: int = 0
    signalled: bool = False


class Driver:
    """The driver of one device in a layer. It knows registers and interrupts, not who stands behind the device."""

    def __init__(self, layer: Layer, device: str) -> None:
        self.layer, self.device = layer, device
        self.jobs: list[Job] = []

    @property
    def name(self) -> str:
        return str(self.layer.get(FIELD[self.device]))

    @property
    def protocol(self) -> Protocol:
        return PROTOCOLS[self.name]

    def serve(self, job: Job) -> None:
        """Do a request once those before it are done."""
        self.jobs.append(job)
        self._show()
        if len(self.jobs) == 1:
            self._begin()

    def _show(self) -> None:
        waiting = sum(job.request.count - job.done for job in self.jobs)
        self.layer.show(f"{self.device}-queue", waiting or None)

    def _begin(self, _: None = None) -> None:
        """Hand over as much as the device takes at once."""
        job = self.jobs[0]
        job.under_way = min(self.protocol.batch, job.request.count - job.done)
        job.turn += 1
        job.stage, job.step, job.signalled = SUBMITS, 0, False
        job.steps = self.protocol.submit(self.device, job.done, job.under_way)
        self._tell("io.submitted", job, count=job.under_way, registers=len(job.steps))
        self._next(job)

    def _next(self, job: Job) -> None:
        if job.step < len(job.steps):
            self._access(job.steps[job.step])
        elif job.stage == ENDS:
            self._completed(job)
        elif job.signalled:
            self._acknowledge(job)
        else:
            job.stage = WAITS
            self.layer.after(int(self.layer.get("io-timeout")), self._late, (job, job.turn))

    def _tell(self, name: str, job: Job, *, count: int, **details: Any) -> None:
        call = job.request.call
        self.layer.event(name, call=call, count=count, amount=amount(call, count), driver=self.name,
                         by={"words": f"driver.{self.name}"}, **details)  # fmt: skip

    def _access(self, step: Step) -> None:
        layer, access = self.layer, step.access
        if access.starts:
            self._tell("io.notified", self.jobs[0], count=access.starts, register=access.register)
        layer.issue(step.instruction, operand=access)

    # what comes back

    def accessed(self, access: Access, result: str | None) -> None:
        """The instruction of an access was executed, by the processor or by whoever stands in for the device."""
        job = self.jobs[0] if self.jobs else None
        if job is None or job.step >= len(job.steps) or job.steps[job.step].access != access:
            return  # of a request that has been given up
        if result == ALL_ONES:
            self._end(job, EIO)
            return
        job.step += 1
        self._next(job)

    def signalled(self, signal: Signal) -> None:
        """The device interrupts."""
        job = self.jobs[0] if self.jobs else None
        if job is None:
            return
        if signal.error:
            self._end(job, signal.error)
        elif job.stage == WAITS:
            self._acknowledge(job)
        else:
            job.signalled = True

    def _acknowledge(self, job: Job) -> None:
        job.stage, job.step, job.steps = ENDS, 0, self.protocol.acknowledge
        self._next(job)

    def _completed(self, job: Job) -> None:
        job.done += job.under_way
        self._show()
        self._tell("io.completed", job, count=job.under_way, bytes=job.under_way * job.request.unit)
        if job.done < job.request.count:
            self.layer.after(WORK, self._begin)
        else:
            self._end(job, "")

    def _late(self, entry: tuple[Job, int]) -> None:
        """Nothing came in time (Linux gives a request 30 s: Documentation/ABI/stable/sysfs-block, io_timeout)."""
        job, turn = entry
        if self.jobs and self.jobs[0] is job and job.stage == WAITS and job.turn == turn:
            self._end(job, EIO)

    def _end(self, job: Job, error: str) -> None:
        self.jobs.remove(job)
        self._show()
        if error:
            self._tell("io.failed", job, count=job.under_way, error=error)
        job.answer(job, error)
        if self.jobs:
            self._begin()
