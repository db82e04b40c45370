# gmime-warns.py message...: what GMime's parser warns of, by the number of
# GMimeParserWarning, with the file. 16 is not printed: a part may be empty.
# Prints the number of messages. Its typelib leaves the callback out, so by ctypes.
import ctypes, sys

gmime = ctypes.CDLL("libgmime-3.0.so.0")
for name in ("parser_options_new", "stream_mem_new_with_buffer", "parser_new_with_stream", "parser_construct_message"):
    getattr(gmime, "g_mime_" + name).restype = ctypes.c_void_p
warning = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_uint, ctypes.c_char_p, ctypes.c_void_p)
path = None


@warning
def warn(offset, code, item, _):
    if code != 16:
        print(f"{path}: warning {code} at {offset}: {item}")


gmime.g_mime_init()
options = ctypes.c_void_p(gmime.g_mime_parser_options_new())
gmime.g_mime_parser_options_set_warning_callback(options, warn, None)
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    stream = gmime.g_mime_stream_mem_new_with_buffer(data, ctypes.c_size_t(len(data)))
    parser = gmime.g_mime_parser_new_with_stream(ctypes.c_void_p(stream))
    message = gmime.g_mime_parser_construct_message(ctypes.c_void_p(parser), options)
    if not message:
        print(f"{path}: no message")
    for thing in message, parser, stream:
        if thing:
            gmime.g_object_unref(ctypes.c_void_p(thing))
print(len(sys.argv) - 1, "messages")
