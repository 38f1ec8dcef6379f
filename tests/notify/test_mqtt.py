"""MQTT through Apprise, to a real broker."""

from __future__ import annotations

import queue
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import paho.mqtt.client as mqtt
import pytest
from hostile_texts import HOSTILE
from paho.mqtt.enums import CallbackAPIVersion
from sample_messages import LINK, message

from statusgen.model import AppriseChannel, ChannelOptions
from statusgen.notify.sender import Post, RefusedError
from statusgen.notify.senders.apprise import AppriseSender

MOSQUITTO = shutil.which("mosquitto") or shutil.which("mosquitto", path="/usr/sbin")

Arrived = Callable[[], str]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Return the port of a broker that takes messages from anybody here."""
    if MOSQUITTO is None:
        pytest.skip("there is no mosquitto")
    port = free_port()
    path: Path = tmp_path_factory.mktemp("mosquitto") / "mosquitto.conf"
    path.write_text(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
    broker = subprocess.Popen([MOSQUITTO, "-c", str(path)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            with socket.socket() as one:
                if one.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        broker.terminate()
        broker.wait()


@pytest.fixture
def arrived(port: int) -> Iterator[Arrived]:
    """Return a function that waits for the next message at the topic."""
    found: queue.Queue[bytes] = queue.Queue()
    ready = queue.Queue[bool]()
    client = mqtt.Client(CallbackAPIVersion.VERSION2)
    client.on_message = lambda _client, _data, one: found.put(bytes(one.payload))
    client.on_subscribe = lambda *_: ready.put(item=True)
    client.connect("127.0.0.1", port)
    client.subscribe("status/acme", qos=1)
    client.loop_start()
    ready.get(timeout=20)
    yield lambda: found.get(timeout=20).decode()
    client.disconnect()
    client.loop_stop()


def sender(port: int) -> AppriseSender:
    channel = AppriseChannel("machines", "MQTT_URL", ChannelOptions(timeout=20))
    return AppriseSender(channel, f"mqtt://127.0.0.1:{port}/status/acme?qos=1")


def test_hostile_texts_arrive_as_they_would_be_shown(
    port: int, arrived: Arrived, monkeypatch: pytest.MonkeyPatch
) -> None:
    for waiting in ("request_rate_per_sec", "mqtt_block_time_sec"):
        monkeypatch.setattr(f"apprise.plugins.mqtt.NotifyMQTT.{waiting}", 0.001)
    one = sender(port)
    with one.open():
        for hostile in HOSTILE:
            one.send(Post("key", "", message(hostile, hostile, watermark="EXERCISE")))
            text = arrived()
            assert text.startswith("EXERCISE\n[Acme] Investigating:")
            assert text.splitlines()[-1] == LINK
            assert "\x00" not in text
            assert "<!channel>" not in text


def test_no_broker_is_certain_before_anything_is_sent() -> None:
    one = sender(free_port())
    with (
        pytest.raises(RefusedError, match=r"^MQTT Notification cannot be reached$") as refused,
        one.open(),
    ):
        pass
    assert refused.value.is_passing
