/* schedule.h - values of the parameters that say when and how urgently to deliver. */

#ifndef SMTP_SCHEDULE_H
#define SMTP_SCHEDULE_H

/* Each returns 1 if value is as its RFC has it. */

/* BY: seconds;N or R, and perhaps T: RFC 2852 4. */
extern int schedule_by(char const *value);

/* HOLDFOR: 1 to 999999999 seconds; HOLDUNTIL: a time. RFC 4865 4. */
extern int schedule_holdfor(char const *value);
extern int schedule_holduntil(char const *value);

/* MT-PRIORITY: -9 to 9: RFC 6710 4. */
extern int schedule_priority(char const *value);

/* RRVS: a time, and perhaps ;C or ;R: RFC 7293 3. */
extern int schedule_rrvs(char const *value);

#endif
