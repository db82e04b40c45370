# doorkeeper.py port mechanism...: a server by Python's aiosmtpd that takes no mail
# without a login by one of these: al, whose password is "p w", or whose token is
# "token"; each login that was right goes to the file logins.
import base64
import signal
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

OFFERED = sys.argv[2:]


def check(mechanism, name, secret, right):
    ok = (name, secret) == (b"al", right)
    if ok:
        open("logins", "a").write(mechanism + "\n")
    return AuthResult(success=ok, handled=False, auth_data=name)


class Door:
    async def auth_XOAUTH2(self, server, args):
        """With an initial response, or without one."""
        said = await server.challenge_auth("") if len(args) == 1 else base64.b64decode(args[1])
        user, auth, a, b = said.split(b"\1")
        result = check("XOAUTH2", user.removeprefix(b"user="), auth, b"auth=Bearer token")
        if not result.success:
            assert await server.challenge_auth('{"status":"401"}') == b""
        return result

    async def handle_RCPT(self, server, session, envelope, address, options):
        if not session.authenticated:
            return "530 5.7.0 Who are you?"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        return "250 2.6.0 kept"


def authenticate(server, session, envelope, mechanism, data):
    return check(mechanism, data.login, data.password, b"p w")


c = Controller(Door(), hostname="127.0.0.1", port=int(sys.argv[1]), auth_require_tls=False, authenticator=authenticate,
               auth_exclude_mechanism={"PLAIN", "LOGIN", "XOAUTH2"} - set(OFFERED))
c.start()
signal.sigwait({signal.SIGTERM})
c.stop()
