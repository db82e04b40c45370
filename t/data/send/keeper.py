# keeper.py port: a server by Python's aiosmtpd; what it takes is the file kept,
# the recipients of it the file to. A recipient whose name begins with no is none.
import signal
import sys

from aiosmtpd.controller import Controller


class Keep:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("no"):
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        open("kept", "wb").write(envelope.original_content)
        open("to", "w").write("\n".join(envelope.rcpt_tos))
        return "250 2.6.0 kept"


c = Controller(Keep(), hostname="127.0.0.1", port=int(sys.argv[1]), enable_SMTPUTF8=True)
c.start()
signal.sigwait({signal.SIGTERM})
c.stop()
