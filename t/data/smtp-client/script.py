# script.py host port: Python's own client, driven as scripts drive it. Writes
# what it gave, with LF, to the file given, and prints how many. The client makes
# CRLF of what is str, and none of what is bytes.
import email.message
import email.policy
import smtplib
import sys

host, port = sys.argv[1], int(sys.argv[2])
text = "From: <al@x.example>\r\nSubject: s\n\n.\n..\r\n.x\n\nend\n"
eight = "Subject: s\r\n\r\n.\r\n..\r\n.x\r\ngr\u00fc\u00dfe\na bare LF\r\n\r\nend\r\n".encode()
given = []


def give(c, to, data, **more):
    raw = data if isinstance(data, bytes) else data.encode()
    given.append(raw.replace(b"\r\n", b"\n"))
    c.sendmail("al@x.example", to, data, **more)


with smtplib.SMTP(host, port, timeout=20) as c:
    code, said = c.ehlo("[127.0.0.1]")
    assert code == 250 and c.does_esmtp and "size" in c.esmtp_features, said
    assert c.noop()[0] == 250 and c.verify("al")[0] == 252 and c.help()
    give(c, ["c@d.example"], text)
    give(c, ["c@d.example"], eight, mail_options=["BODY=8BITMIME"] if c.has_extn("8bitmime") else [])
    # Bytes without CR: it doubles a dot behind LF, and ends the message with CRLF.
    c.sendmail("al@x.example", "c@d.example", b"Subject: s\n\n.x\n")
    given.append(b"Subject: s\n\n..x\n\n")
    give(c, ["c@d.example", "e@f.example"], "second, over the same connection\n")
    refused = c.sendmail("al@x.example", ["c@d.example", "c/d@x.example"], "third\n")
    given.append(b"third\n")
    assert list(refused) == ["c/d@x.example"] and refused["c/d@x.example"][0] == 550, refused
    try:
        c.sendmail("al@x.example", ["c/d@x.example"], "none\n")
        sys.exit("taken without a recipient")
    except smtplib.SMTPRecipientsRefused:
        pass
    try:
        c.login("al", "secret")
        sys.exit("logged in")
    except smtplib.SMTPNotSupportedError:
        pass
    m = email.message.EmailMessage(policy=email.policy.SMTPUTF8)
    m["From"], m["To"], m["Subject"] = "j\u00fcrgen@x.example", "gr\u00f6\u00dfe@d.example", "Gr\u00fc\u00dfe"
    m.set_content("\u00fc\n.\n")
    assert not c.send_message(m)
    given.append(m.as_bytes(policy=email.policy.SMTPUTF8).replace(b"\r\n", b"\n"))
    give(c, "c@d.example", "x" * 3000000 + "\n")
open("given", "wb").write(b"".join(given))
print(len(given))
