/* The variables of smtp-session: names, kinds, defaults, bounds, help. */

#include "smtp/policies.h"

/* clang-format off */
struct policy const smtp_policies[SMTP_POLICIES + 1] = {
	[SMTP_NAME] = { "SMTP_NAME", POLICY_TEXT, NULL, 1, 255, NULL,
	    "our name in 220, 250 and Received" },
	[SMTP_ANY] = { "SMTP_ANY", POLICY_FLAG, "0", 0, 1, NULL,
	    "1: accept every recipient" },
	[RCPTHOSTS] = { "RCPTHOSTS", POLICY_TEXT, NULL, 1, 4000, NULL,
	    "file or .cdb of domains accepted" },
	[RELAYCLIENT] = { "RELAYCLIENT", POLICY_TEXT, NULL, 0, 255, NULL,
	    "set: any recipient, with this appended" },
	[DEFAULTDOMAIN] = { "DEFAULTDOMAIN", POLICY_TEXT, NULL, 1, 255, NULL,
	    "appended to a recipient without domain" },
	[SMTP_EXT] = { "SMTP_EXT", POLICY_TEXT, NULL, 1, 255, NULL,
	    "+name,-name or =list of EHLO keywords" },
	[DATABYTES] = { "DATABYTES", POLICY_SIZE, "52428800", 0, (uint64_t)1 << 62, NULL,
	    "largest message; 0: no limit" },
	[SMTP_MAXRCPT] = { "SMTP_MAXRCPT", POLICY_NUMBER, "100", 1, 10000, NULL,
	    "recipients per message" },
	[SMTP_MAXMAIL] = { "SMTP_MAXMAIL", POLICY_NUMBER, "1000", 1, 1000000, NULL,
	    "messages per session" },
	[SMTP_TIMEOUT] = { "SMTP_TIMEOUT", POLICY_NUMBER, "300", 1, 86400, NULL,
	    "seconds for a whole line or for progress" },
	[SMTP_BARE] = { "SMTP_BARE", POLICY_WORD, "accept", 0, 0, "accept reject",
	    "a bare CR or LF in the data: accept or reject" },
	[SMTP_STRICT] = { "SMTP_STRICT", POLICY_FLAG, "0", 0, 1, NULL,
	    "1: only the RFC's own syntax" },
	[SMTP_PERCENT] = { "SMTP_PERCENT", POLICY_FLAG, "0", 0, 1, NULL,
	    "1: allow @ % ! inside local parts" },
	[SMTP_RETURNPATH] = { "SMTP_RETURNPATH", POLICY_FLAG, "0", 0, 1, NULL,
	    "1: put Return-Path before the message" },
	[SMTP_EOL] = { "SMTP_EOL", POLICY_WORD, "lf", 0, 0, "lf crlf",
	    "line ends of the message handed over" },
	[SMTP_LOG] = { "SMTP_LOG", POLICY_NUMBER, "1", 0, 3, NULL,
	    "0 none, 1 events, 2 commands, 3 transcript" },
	[ARRIVAL_SPOOL] = { "ARRIVAL_SPOOL", POLICY_TEXT, ".", 1, 4000, NULL,
	    "directory messages are received in" },
	[ARRIVAL_TIMEOUT] = { "ARRIVAL_TIMEOUT", POLICY_NUMBER, "300", 1, 86400, NULL,
	    "seconds the program may run" },
	[CONFINE] = { "CONFINE", POLICY_WORD, "try", 0, 0, "try require",
	    "require: refuse service without all walls" },
	[SMTP_POLICIES] = { NULL, POLICY_FLAG, NULL, 0, 0, NULL, NULL }
};
/* clang-format on */
