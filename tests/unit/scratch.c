/* scratch.c - a folder for one test, and files in it */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/scratch.h"

#include <check.h>
#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[200];

void scratch_make(void)
{
	const char *tmp = getenv("TMPDIR");

	/* commands that are words apart by blanks are made of its name */
	if (!tmp || !*tmp || strpbrk(tmp, " \t\n'"))
		tmp = "/tmp";
	snprintf(folder, sizeof folder, "%.150s/unit.XXXXXX", tmp);
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	(void)st;
	(void)kind;
	(void)ftw;
	return remove(path);
}

void scratch_remove(void)
{
	nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch_path(const char *name)
{
	static char path[8][512];
	static int next;

	next = (next + 1) % 8;
	snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
	return path[next];
}

void scratch_write(const char *name, const void *bytes, size_t size)
{
	FILE *out = fopen(scratch_path(name), "w");

	ck_assert_ptr_nonnull(out);
	ck_assert_uint_eq(fwrite(bytes, 1, size, out), size);
	ck_assert_int_eq(fclose(out), 0);
}

char *scratch_read(const char *name, size_t *size)
{
	FILE *in = fopen(scratch_path(name), "r");
	size_t n, room = 1 << 20;
	char *text;

	if (!in)
		return NULL;
	text = malloc(room + 1);
	ck_assert_ptr_nonnull(text);
	n = fread(text, 1, room, in);
	ck_assert_uint_lt(n, room);
	text[n] = 0;
	if (size)
		*size = n;
	fclose(in);
	return text;
}

int scratch_count(void)
{
	DIR *d = opendir(folder);
	int n = 0;

	ck_assert_ptr_nonnull(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n - 2;
}
