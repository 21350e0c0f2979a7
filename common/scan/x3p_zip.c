/* x3p_zip.c - files in an X3P archive, unpacked in pieces and within bounds */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/x3p_zip.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/mem.h"

/* Real archives have ten entries. */
#define ENTRIES_MAX 1000
/* Scans shrink to a third, their empty margins to a thousandth; only a bomb is all margin. Small
 * files may be anything. */
#define RATIO_MAX 500
#define RATIO_FROM (UINT64_C(1) << 26)
#define PIECE 65536
#define ZLIB_NO_MEMORY (-4)  /* Z_MEM_ERROR; zlib.h belongs to other modules */

struct x3p_zip {
	zip_t *zip;
	int64_t entries;
	unsigned char piece[PIECE];
};

/* libzip's error as ours. */
static int fail(struct error *e, const char *what, zip_error_t *error)
{
	int code = zip_error_code_zip(error);

	/* in places libzip says nothing where it had no memory */
	if (code == ZIP_ER_MEMORY || code == ZIP_ER_OK ||
	    (code == ZIP_ER_ZLIB && zip_error_code_system(error) == ZLIB_NO_MEMORY))
		return error_memory(e);
	if (code == ZIP_ER_NOZIP)
		return error_set(e, STATUS_INPUT, "a ZIP archive without its end: cut, or damaged");
	return error_set(e, STATUS_INPUT, "%.100s: %s", what, zip_error_strerror(error));
}

/* libzip frees the source with the archive, once it has taken it. */
static zip_t *open_zip(const unsigned char *bytes, size_t size, struct error *e)
{
	zip_source_t *source;
	zip_error_t error;
	zip_t *zip = NULL;

	zip_error_init(&error);
	source = zip_source_buffer_create(bytes, size, 0, &error);
	if (source)
		zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (!zip) {
		fail(e, "a damaged ZIP archive", &error);
		if (source)
			zip_source_free(source);
	}
	zip_error_fini(&error);
	return zip;
}

struct x3p_zip *x3p_zip_open(const unsigned char *bytes, size_t size, struct error *e)
{
	struct x3p_zip *z = mem_new(1, sizeof *z, e);

	if (!z)
		return NULL;
	z->zip = open_zip(bytes, size, e);
	if (!z->zip)
		goto fail;
	z->entries = zip_get_num_entries(z->zip, 0);
	if (z->entries > ENTRIES_MAX) {
		error_set(e, STATUS_INPUT, "an archive of %lld files, so not X3P", (long long)z->entries);
		goto fail;
	}
	return z;
fail:
	x3p_zip_close(z);
	return NULL;
}

void x3p_zip_close(struct x3p_zip *z)
{
	if (z && z->zip)
		zip_discard(z->zip);
	free(z);
}

static const char *name_of(const struct x3p_zip *z, int64_t index)
{
	const char *name = zip_get_name(z->zip, (zip_uint64_t)index, ZIP_FL_ENC_RAW);

	return name ? name : "";
}

/* Windows programs write backslashes, and take no account of case. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		int x = *a == '\\' ? '/' : tolower((unsigned char)*a);
		int y = *b == '\\' ? '/' : tolower((unsigned char)*b);

		if (x != y)
			return false;
	}
	return *a == *b;
}

static const char *base_name(const char *name)
{
	const char *at;

	for (at = name; *at; at++)
		if (*at == '/' || *at == '\\')
			name = at + 1;
	return name;
}

static bool stray(const char *name)
{
	return !strncmp(name, "__MACOSX", 8) || strstr(name, "/__MACOSX") ||
	       !strncmp(base_name(name), "._", 2);
}

int x3p_zip_main(struct x3p_zip *z, int64_t *index, char *folder, size_t room, struct error *e)
{
	size_t best = SIZE_MAX, length = 0;
	bool twice = false;
	int64_t i;

	for (i = 0; i < z->entries; i++) {
		const char *name = name_of(z, i), *base = base_name(name), *at;
		size_t depth = 0;

		if (stray(name) || !same_name(base, "main.xml"))
			continue;
		for (at = name; at < base; at++)
			depth += *at == '/' || *at == '\\';
		if (depth > best)
			continue;
		twice = depth == best;
		best = depth;
		*index = i;
		length = (size_t)(base - name);
	}
	if (best == SIZE_MAX)
		return error_set(e, STATUS_INPUT, "a ZIP archive without main.xml, so not X3P");
	if (twice)
		return error_set(e, STATUS_INPUT, "the archive holds main.xml twice");
	if (length >= room)
		return error_set(e, STATUS_INPUT, "the folder of main.xml has too long a name");
	memcpy(folder, name_of(z, *index), length);
	folder[length] = 0;
	return STATUS_DONE;
}

/* -1: none, -2: more than one. */
static int64_t find_in(const struct x3p_zip *z, const char *folder, const char *name)
{
	size_t skip = strlen(folder);
	int64_t i, found = -1;

	for (i = 0; i < z->entries; i++) {
		const char *entry = name_of(z, i);

		if (strncmp(entry, folder, skip) || !same_name(entry + skip, name))
			continue;
		if (found >= 0)
			return -2;
		found = i;
	}
	return found;
}

int x3p_zip_find(struct x3p_zip *z, const char *folder, const char *name, int64_t *index,
		 struct error *e)
{
	const char *at = name;

	while (*at == '/' || *at == '\\' || (*at == '.' && (at[1] == '/' || at[1] == '\\')))
		at++;
	*index = find_in(z, folder, at);
	if (*index == -1 && *folder)
		*index = find_in(z, "", at);
	if (*index == -2)
		return error_set(e, STATUS_INPUT, "the archive holds '%.100s' twice", name);
	if (*index < 0)
		return error_set(e, STATUS_INPUT, "main.xml names '%.100s', which the archive lacks", name);
	return STATUS_DONE;
}

int x3p_zip_size(struct x3p_zip *z, int64_t index, const char *name, uint64_t max, uint64_t *size,
		 struct error *e)
{
	zip_stat_t st;

	zip_stat_init(&st);
	if (zip_stat_index(z->zip, (zip_uint64_t)index, 0, &st) || !(st.valid & ZIP_STAT_SIZE) ||
	    !(st.valid & ZIP_STAT_COMP_SIZE))
		return fail(e, name, zip_get_error(z->zip));
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return error_set(e, STATUS_INPUT, "%.100s in the archive is encrypted", name);
	if (st.size > max)
		return error_set(e, STATUS_INPUT, "%.100s would unpack to %llu bytes, more than the %llu "
				 "that are allowed", name, (unsigned long long)st.size,
				 (unsigned long long)max);
	if (st.size > RATIO_FROM && st.size / RATIO_MAX > st.comp_size)
		return error_set(e, STATUS_INPUT, "%.100s would unpack from %llu to %llu bytes, as no scan "
				 "does", name, (unsigned long long)st.comp_size,
				 (unsigned long long)st.size);
	*size = st.size;
	return STATUS_DONE;
}

/* The next piece; libzip checks the CRC when it gets to the end. */
static int unpack(struct x3p_zip *z, zip_file_t *file, const char *name, uint64_t left, size_t *got,
		  struct error *e)
{
	zip_int64_t n = zip_fread(file, z->piece, PIECE);

	if (n < 0)
		return fail(e, name, zip_file_get_error(file));
	*got = (size_t)n;
	if (*got > left)
		return error_set(e, STATUS_INPUT, "%.100s unpacks to more than it declares", name);
	if (!*got && left)
		return error_set(e, STATUS_INPUT, "%.100s unpacks to %llu bytes less than it declares",
				 name, (unsigned long long)left);
	return STATUS_DONE;
}

int x3p_zip_read(struct x3p_zip *z, int64_t index, const char *name, uint64_t max,
		 x3p_zip_taker *take, void *context, char sum[MD5_TEXT], struct error *e)
{
	uint64_t size = 0, at = 0;
	size_t got = 1;
	zip_file_t *file;
	struct md5 md5;
	int status = x3p_zip_size(z, index, name, max, &size, e);

	if (status)
		return status;
	file = zip_fopen_index(z->zip, (zip_uint64_t)index, 0);
	if (!file)
		return fail(e, name, zip_get_error(z->zip));
	md5_start(&md5);
	while (got && !status) {
		status = unpack(z, file, name, size - at, &got, e);
		if (status || !got)
			break;
		md5_add(&md5, z->piece, got);
		status = take(context, z->piece, at, got, e);
		at += got;
	}
	zip_fclose(file);
	md5_text(&md5, sum);
	return status;
}
