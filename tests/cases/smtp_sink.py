# smtp_sink.py - a mail server on the loopback that keeps what it gets
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: smtp_sink.py FOLDER [REFUSED_RECIPIENT]
# Writes its port to FOLDER/port, each message to FOLDER/N.eml and what is wrong with it, as Python's
# own reader sees it, to FOLDER/wrong. Ends when FOLDER/stop is there.
import asyncio, email, email.policy, os, re, sys
from aiosmtpd.smtp import SMTP

folder, refused = sys.argv[1], sys.argv[2:]
count = 0


def wrong(data, to):
    m = email.message_from_bytes(data, policy=email.policy.strict)
    lines = data.split(b"\r\n")
    if any(len(line) > 78 for line in lines) or any(b"\n" in line for line in lines):
        yield "a line that is too long, or an odd end of line"
    if any(b > 126 for b in data):
        yield "not ASCII"
    for name in ("Date", "From", "To", "Subject", "Message-ID", "MIME-Version"):
        if len(m.get_all(name, [])) != 1:
            yield "%d times %s" % (len(m.get_all(name, [])), name)
    if [a.addr_spec for a in m["To"].addresses] != to:
        yield "header and envelope differ: %s, %s" % (m["To"], to)
    if m["Date"].datetime is None or m["Date"].datetime.utcoffset().total_seconds() != 0:
        yield "no date"
    if not re.fullmatch(r"<[^<>@ ]+@[^<>@ ]+>", m["Message-ID"]):
        yield "no Message-ID"
    if m.defects:
        yield str(m.defects)
    with open(os.path.join(folder, "read"), "a", encoding="utf-8") as out:
        out.write("%s\t%s\t%s\t%s\n" % (m["Message-ID"], m["To"], m["Subject"],
                                     " / ".join(m.get_content().split("\n"))))


class Keep:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        with open(os.path.join(folder, "%d.eml" % count), "wb") as out:
            out.write(envelope.content)
        with open(os.path.join(folder, "wrong"), "a") as out:
            for what in wrong(envelope.content, envelope.rcpt_tos):
                out.write("%d: %s\n" % (count, what))
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Keep(), enable_SMTPUTF8=False), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    # one may listen where nobody gets to: then this ends
    _, to_itself = await asyncio.open_connection("127.0.0.1", port)
    to_itself.close()
    with open(os.path.join(folder, "port.new"), "w") as out:
        out.write(str(port))
    os.rename(os.path.join(folder, "port.new"), os.path.join(folder, "port"))
    while not os.path.exists(os.path.join(folder, "stop")):
        await asyncio.sleep(0.1)

asyncio.run(main())
