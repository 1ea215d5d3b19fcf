"""Secrets at rest: sealed credentials, derived tokens, and digests of tokens."""

import base64
import hashlib
import hmac
import os
from typing import Any

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_VERSION = b"\x01"


class SecretBox:
    """Seals and opens with keys derived from the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._root = secret.encode()
        self._sealing = AESGCM(self._derive(b"seal"))
        self._tokens = self._derive(b"tokens")
        self._digests = self._derive(b"digests")

    def seal(self, values: dict[str, Any], context: str) -> bytes:
        """Encrypt values; `context` (such as `inboxes:7`) must be given again to open them."""
        nonce = os.urandom(_NONCE)
        sealed = self._sealing.encrypt(nonce, msgspec.json.encode(values), context.encode())
        return _VERSION + nonce + sealed

    def open(self, sealed: bytes, context: str) -> dict[str, Any]:
        """Raises cryptography's InvalidTag when the secret or the context is another."""
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        return msgspec.json.decode(
            self._sealing.decrypt(nonce, body, context.encode()), type=dict[str, Any]
        )

    def token(self, *parts: object) -> str:
        """The token that belongs to these parts, the same each time it is asked for."""
        name = ":".join(str(part) for part in parts).encode()
        digest = hmac.digest(self._tokens, name, hashlib.sha256)
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    def digest(self, token: str) -> bytes:
        """What is kept of a token: enough to recognise it, not to use it."""
        return hmac.digest(self._digests, token.encode(), hashlib.sha256)

    def _derive(self, purpose: bytes) -> bytes:
        return hmac.digest(self._root, b"streamdesk:" + purpose, hashlib.sha256)
