"""An identity provider on one's own machine: as much of OpenID Connect as signing in needs, with tokens under RS256."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "the-tracker", "a secret of the two"
LONG_FROM_NOW = 4_102_444_800  # 2100


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class IdentityProvider:
    """Lets in whoever `claims` describe, without asking; what a test changes shows in the next token."""

    def __init__(self):
        self.key = self.signing_key = new_key()
        self.claims = {"sub": "1", "email": "ada.officer@thornbury.example"}
        self.answer_with = {}  # for an error instead of a code
        self.asked = []  # what each sign-in asked for
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Handler,), {"provider": self}))
        self.origin = f"http://127.0.0.1:{self.server.server_port}"
        self.issuer = f"{self.origin}/tenant/v2.0"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def description(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]}

    def token(self, form):
        if form["client_secret"] != SECRET or not form["code_verifier"]:
            return {"error": "invalid_client"}
        claims = {"iss": self.issuer, "aud": CLIENT, "exp": LONG_FROM_NOW} | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    provider = None

    def do_GET(self):
        address = urlsplit(self.path)
        name = address.path.rpartition("/")[2]
        if name == "authorize":
            asked = {key: values[0] for key, values in parse_qs(address.query).items()}
            self.provider.asked.append(asked)
            answer = (self.provider.answer_with or {"code": "abc"}) | {"state": asked["state"]}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
            self.end_headers()
        elif name in ("openid-configuration", "keys"):
            self.answer(self.provider.keys() if name == "keys" else self.provider.description())
        else:
            self.send_error(404)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(self.provider.token({key: values[0] for key, values in form.items()}))

    def answer(self, body):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args):
        pass
