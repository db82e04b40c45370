# judge.py: what Python's email module makes of the message on standard input:
# the fields it decodes, one line per part, then the defects it found. The two
# that it notes for an encoded word in a name= parameter are known and accepted.
import email, email.policy, hashlib, sys

m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
for name in ("From", "To", "Cc", "Subject", "X-Test"):
    if m[name] is not None:
        print(name + ": " + str(m[name]))
defects = list(m.defects)
for part in m.walk():
    body = part.get_payload(decode=True)
    digest = hashlib.sha256(body).hexdigest()[:16] if body is not None else "-"
    name = part.get_filename() or "-"
    print(part.get_content_type(), part.get_content_disposition() or "-", name, digest, sep="|")
    defects += part.defects
    for key, value in part.items():
        if key.lower() != "content-type":
            defects += value.defects if hasattr(value, "defects") else []
for d in defects:
    print("defect", d)
