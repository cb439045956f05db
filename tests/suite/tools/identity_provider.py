"""An identity provider as far as a service sees it: a key set at an address, and tokens, good and bad ones, made with PyJWT.

Prints one JSON document, the address of the key set and the tokens by name, and serves until its standard input ends.
"""

import base64
import hashlib
import hmac
import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER, AUDIENCE = "https://id.example.com/", "https://api.example.com/"
SCOPES = "books_read books_write"


def claims(**changed):
    now = int(time.time())
    said = {"sub": "joe", "iss": ISSUER, "aud": AUDIENCE, "iat": now, "exp": now + 3600, "scope": SCOPES, **changed}
    return {name: value for name, value in said.items() if value is not None}


def part(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def by_hand(header, payload, signature=b""):
    return ".".join([part(header), part(payload), part(signature)])


def public(key, algorithm, kid):
    return {**json.loads(algorithm.to_jwk(key.public_key())), "kid": kid, "use": "sig"}


def main():
    rsa_key, other = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    ec_key = ec.generate_private_key(ec.SECP256R1())
    keys = [public(rsa_key, RSAAlgorithm, "rsa"), public(ec_key, ECAlgorithm, "ec")]
    document = json.dumps({"keys": keys}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(document)))
            self.end_headers()
            self.wfile.write(document)

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def signed(key=rsa_key, algorithm="RS256", kid="rsa", headers=None, **changed):
        return jwt.encode(claims(**changed), key, algorithm, headers={"kid": kid, **(headers or {})})

    now = int(time.time())
    good = signed()
    head, _, signature = good.split(".")
    # What was signed with a public key as if it were a secret: who looks at the token's algorithm takes it.
    pem = rsa_key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    confused = ".".join([part({"alg": "HS256", "typ": "JWT", "kid": "rsa"}), part(claims())])
    confused += "." + part(hmac.new(pem, confused.encode(), hashlib.sha256).digest())
    none = {"typ": "JWT", "kid": "rsa"}
    tokens = {
        "accepted": {"rs256": good, "es256": signed(ec_key, "ES256", "ec"), "a list of audiences": signed(aud=["x", AUDIENCE])},
        "without scopes": {"no scope": signed(scope=None), "other scopes": signed(scope="books_reader")},
        "refused": {
            "expired": signed(exp=now - 3600),
            "no expiry": signed(exp=None),
            "expiry that is no number": by_hand({"alg": "RS256", "kid": "rsa"}, claims(exp="never"), b"x"),
            "not yet": signed(nbf=now + 3600),
            "another issuer": signed(iss="https://evil.example.com/"),
            "no issuer": signed(iss=None),
            "another audience": signed(aud="https://other.example.com/"),
            "no audience": signed(aud=None),
            "another key with the same name": signed(other),
            "a key that nobody has": signed(other, kid="unknown"),
            "another algorithm with the same key": signed(algorithm="RS512"),
            "PSS with the same key": signed(algorithm="PS256"),
            "no algorithm": by_hand({"alg": "none", **none}, claims()),
            "no algorithm in capitals": by_hand({"alg": "NONE", **none}, claims()),
            "no algorithm, signed": by_hand({"alg": "none", **none}, claims(), b"signature"),
            "a secret that is a public key": confused,
            "other claims": ".".join([head, part(claims(sub="root")), signature]),
            "no signature": good.rsplit(".", 1)[0] + ".",
            "half of it": good[: len(good) // 2],
            "two parts": good.rsplit(".", 1)[0],
            "four parts": good + ".x",
            "its own key": signed(other, headers={"jwk": public(other, RSAAlgorithm, "rsa")}),
            "its own address of keys": signed(other, headers={"jku": "http://127.0.0.1:9/keys"}),
            "a path for a key": signed(other, kid="../../../../dev/null"),
            "SQL for a key": signed(other, kid="' OR 1=1 --"),
            "what is critical and unknown": signed(headers={"crit": ["exp2"], "exp2": 1}),
            "a header that is no JSON": part(b"{") + "." + part(claims()) + ".x",
            "claims that are a list": by_hand({"alg": "RS256", "kid": "rsa"}, [], b"x"),
            "a deep one": by_hand({"alg": "RS256", "kid": "rsa", "x": json.loads("[" * 90 + "]" * 90)}, claims(), b"x"),
            "dots": "...",
            "text": "not-a-token",
        },
    }
    print(json.dumps({"jwks": f"http://127.0.0.1:{server.server_port}/keys", "tokens": tokens}), flush=True)
    sys.stdin.read()


main()
