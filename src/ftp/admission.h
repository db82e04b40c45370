/* admission.h - a login, as the talker asks for it. */

#ifndef FTP_ADMISSION_H
#define FTP_ADMISSION_H

#include "ftp/admit.h"

/*
 * Ask the monitor about s->asked and password, and wait: nothing is read from
 * the client meanwhile. The password is wiped wherever it was; NULL is a login
 * that needs none, to one of FTP_HOSTS. After
 * ADMIT_ACCEPTED the control connection is the second stage's.
 */
extern enum admit admission(struct session *s, char *password);

#endif
