/* A command without a shell: words between blanks. */

#include <string.h>

#include "lib/command.h"

size_t
command_split(char *s, char **words, size_t max)
{
	char *rest;
	char *word = strtok_r(s, " ", &rest);
	size_t n = 0;

	for (; word && n < max; word = strtok_r(NULL, " ", &rest)) words[n++] = word;
	return n + (word != NULL);
}

int
command_ok(char const *command)
{
	char text[COMMAND_TEXT];
	char *words[COMMAND_WORDS];
	size_t len = strlen(command);
	size_t n;

	if (len >= sizeof text) return 0;
	memcpy(text, command, len + 1);
	n = command_split(text, words, COMMAND_WORDS);
	return n > 0 && n <= COMMAND_WORDS;
}
