/* Telnet in the control connection: RFC 854, RFC 959 2.3, RFC 1123 4.1.2.12. */

#include "ftp/telnet.h"

enum { SE = 240, SB = 250, WILL = 251, WONT = 252, DO = 253, DONT = 254, IAC = 255 };

static void
refuse(struct telnet *t, unsigned char option)
{
	if (t->refused == TELNET_ANSWERS || t->answers + 3 > sizeof t->answer) return;
	t->refused++;
	t->answer[t->answers++] = (char)IAC;
	t->answer[t->answers++] = (char)(t->asked == DO || t->asked == DONT ? WONT : DONT);
	t->answer[t->answers++] = (char)option;
}

/* The byte after IAC; returns the bytes put into out. */
static size_t
command(struct telnet *t, unsigned char c, char *out)
{
	t->state = TELNET_DATA;
	if (c == IAC) {
		out[0] = (char)IAC;
		return 1;
	}
	if (c < SE) {
		out[0] = (char)IAC;
		out[1] = (char)c;
		return 2;
	}
	t->asked = c;
	t->inside = 0;
	if (c == SB) t->state = TELNET_SB;
	if (c >= WILL) t->state = TELNET_OPTION;
	return 0;
}

/* A byte of a subnegotiation. */
static size_t
inside(struct telnet *t, unsigned char c, char *out)
{
	if (t->state == TELNET_SB_IAC && c == SE) {
		t->state = TELNET_DATA;
		return 0;
	}
	t->state = t->state == TELNET_SB && c == IAC ? TELNET_SB_IAC : TELNET_SB;
	if (++t->inside <= TELNET_SB_MAX) return 0;
	t->state = TELNET_DATA;
	out[0] = 0;
	return 1;
}

/*
 *  state   |  IAC       SE     SB   WILL..DONT  < 240      other
 *  --------+-----------------------------------------------------
 *  DATA    |  IAC       put    put  put         put        put
 *  IAC     |  DATA put  DATA   SB   OPTION      DATA put2  DATA
 *  OPTION  |  DATA refuse, whatever the byte
 *  SB      |  SB_IAC    SB     SB   SB          SB         SB
 *  SB_IAC  |  SB        DATA   SB   SB          SB         SB
 */
size_t
telnet_decode(struct telnet *t, char const *in, size_t n, char *out)
{
	size_t w = 0;
	size_t i;

	for (i = 0; i < n; i++) {
		unsigned char c = (unsigned char)in[i];

		switch (t->state) {
		case TELNET_DATA:
			if (c == IAC)
				t->state = TELNET_IAC;
			else
				out[w++] = in[i];
			break;
		case TELNET_IAC: w += command(t, c, out + w); break;
		case TELNET_OPTION:
			refuse(t, c);
			t->state = TELNET_DATA;
			break;
		case TELNET_SB:
		case TELNET_SB_IAC: w += inside(t, c, out + w); break;
		}
	}
	return w;
}
