"""Instructions: their bytes, and the table of what exits."""

import pytest

from vizapp.protocols.instruction import ALWAYS, FORMS, GUEST_NAMES, NEVER, Instruction


def test_bytes_are_the_machine_code():
    assert Instruction("CPUID", 0, "non-root", 0x1000).pack(b"", None, None) == bytes.fromhex("0fa2")


def test_fields_say_name_mode_ring_and_address():
    fields = Instruction("CPUID", 0, "non-root", 0x1000).fields()
    assert fields == {"name": "CPUID", "mode": "non-root", "ring": 0, "rip": "0x1000"}


def test_what_an_exit_adds_is_in_the_fields():
    fields = Instruction("CPUID", 0, "non-root", 0x1000, saved=0x1002, reason=10, result="KVMKVMKVM").fields()
    assert (fields["saved"], fields["reason"], fields["result"]) == ("0x1002", 10, "KVMKVMKVM")


@pytest.mark.parametrize("form", FORMS.values(), ids=str)
def test_whatever_may_exit_has_a_reason_and_whatever_may_not_has_none(form):
    assert (form.reason is None) == (form.exits == NEVER)


def test_the_mandatory_exits_are_those_of_the_manual():
    assert {name for name in GUEST_NAMES if FORMS[name].exits == ALWAYS} == {"CPUID", "INVD", "VMCALL"}


def test_a_part_covers_the_whole_code():
    instruction = Instruction("MOV-CR3", 0, "non-root", 0)
    assert [part.bits for part in instruction.places()] == [8 * len(instruction.pack(b"", None, None))]
