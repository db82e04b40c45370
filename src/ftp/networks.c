/* Lists of networks: FTP_PASV_PEER, FTP_PASV_ADDR_MAP. */

#include <string.h>

#include <skalibs/types.h>

#include "ftp/networks.h"

enum { ITEM = 128 /* longest entry of a list, its 0 included */ };

static int
share(ip46 const *a, ip46 const *b, unsigned int bits)
{
	unsigned int rest = bits % 8;

	if (a->is6 != b->is6 || memcmp(a->ip, b->ip, bits / 8) != 0) return 0;
	return !rest || ((unsigned char)(a->ip[bits / 8] ^ b->ip[bits / 8]) >> (8 - rest)) == 0;
}

/* "/bits" at s, for addresses like ip; nothing is all of them. */
static int
scan_bits(char const *s, ip46 const *ip, unsigned int *bits)
{
	unsigned int most = ip->is6 ? 128 : 32;

	*bits = most;
	if (!*s) return 1;
	return *s == '/' && uint0_scan(s + 1, bits) && *bits <= most;
}

/* "192.168." */
static int
begins(char const *network, ip46 const *ip)
{
	char text[IP46_FMT];
	size_t n = strlen(network);

	if (strspn(network, "0123456789.") != n || network[n - 1] != '.') return -1;
	if (ip->is6) return 0;
	text[ip46_fmt(text, ip)] = 0;
	return strncmp(text, network, n) == 0;
}

static int
has(char const *network, ip46 const *ip)
{
	unsigned int bits;
	ip46 base;
	size_t n = ip46_scan(network, &base);

	if (!n) return *network ? begins(network, ip) : -1;
	if (!scan_bits(network + n, &base, &bits)) return -1;
	return share(&base, ip, bits);
}

/* The next entry of a list, into item. 0 at the end; -1 if it is too long. */
static int
next(char const **list, char *item)
{
	size_t n = strcspn(*list, ",");

	if (!**list) return 0;
	if (n >= ITEM) return -1;
	memcpy(item, *list, n);
	item[n] = 0;
	*list += n + ((*list)[n] == ',');
	return 1;
}

static int
allows(char const *item, ip46 const *own, ip46 const *ip)
{
	static ip46 const longest = { .is6 = 1 };
	unsigned int bits;

	if (strcmp(item, "exact") == 0) return 0;
	if (strcmp(item, "any") == 0) return 1;
	if (item[0] != '/') return has(item, ip);
	if (!scan_bits(item, &longest, &bits)) return -1;
	return (own->is6 || bits <= 32) && share(own, ip, bits);
}

int
networks_have(char const *list, ip46 const *own, ip46 const *ip)
{
	char item[ITEM];
	int found = 0;
	int r;

	while ((r = next(&list, item)) == 1) {
		r = allows(item, own, ip);
		if (r == -1) return -1;
		found |= r;
	}
	return r ? r : found;
}

int
networks_map(char const *map, ip46 const *ip, ip46 *address)
{
	char item[ITEM];
	int found = 0;
	int r;

	while ((r = next(&map, item)) == 1) {
		char *shown = strchr(item, '=');
		ip46 a;

		if (!shown) return -1;
		*shown++ = 0;
		if (!*shown || ip46_scan(shown, &a) != strlen(shown) || a.is6) return -1;
		r = item[0] ? has(item, ip) : 1;
		if (r == -1) return -1;
		if (r && !found) *address = a;
		found |= r;
	}
	return r ? r : found;
}
