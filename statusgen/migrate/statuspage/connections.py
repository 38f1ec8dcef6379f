"""Connections of requests that end, however slowly who is asked answers."""

from __future__ import annotations

from typing import Any

from requests.adapters import HTTPAdapter

from statusgen.network.clock import Clock, pools_of


class WatchedAdapter(HTTPAdapter):
    """Tells a clock which socket is waited for; `tls` are the arguments of TLS connections."""

    def __init__(self, clock: Clock, **tls: str) -> None:
        self._clock = clock
        self._tls = tls
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (passed on)
        super().init_poolmanager(*args, **{**kwargs, **self._tls})
        self.poolmanager.pool_classes_by_scheme = pools_of(self._clock)
