# For the tests that look at the message a program was given, and has kept as message.

# message: what it was given, without our field.
message() { sed '1,/^\t[A-Z][a-z][a-z], /d' message; }

# kept text: the message is exactly text, as printf %b has it.
kept() { printf '%b' "$1" | cmp - <(message); }
