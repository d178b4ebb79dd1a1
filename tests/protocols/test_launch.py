"""A launch to a container engine."""

from vizapp.protocols.launch import Launch


def test_a_launch_tells_its_outcome_once_it_is_known():
    asked = Launch("run", "web", "gRPC")
    assert "result" not in asked.fields()
    assert Launch("run", "web", "gRPC", "created").fields()["result"] == "created"


def test_a_launch_has_no_bytes_of_its_own():
    assert Launch("run", "web").pack(b"", None, None) == b""
