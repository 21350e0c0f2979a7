/* x3p.c - topographies in X3P archives */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/x3p.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <zip.h>

#include "base/md5.h"
#include "base/mem.h"
#include "scan/png.h"
#include "scan/x3p_points.h"
#include "scan/x3p_xml.h"

/* Bounds on what an archive may say of itself. Real ones have ten entries and 100 MB at most. */
#define ENTRIES_MAX 1000
#define UNPACKED_MAX (UINT64_C(1) << 30)
/* Scans shrink to a third, empty margins to a thousandth; only a bomb is all margin. */
#define RATIO_MAX 500
#define RATIO_FROM (UINT64_C(1) << 26)
#define CHECKSUM_FILE_MAX 65536
#define MASK_MAX (UINT64_C(1) << 26)
#define PIECE 65536

struct archive {
	zip_t *zip;
	zip_int64_t entries;
	const struct scan_wishes *wishes;
	struct x3p_header header;
	struct x3p_points points;
	struct surface *out;
	char main_md5[MD5_TEXT];
	char folder[X3P_TEXT];    /* where main.xml is: "" or "name/" */
	unsigned char *piece;     /* PIECE bytes */
};

bool x3p_is(const unsigned char *bytes, size_t size)
{
	return size >= 4 && (!memcmp(bytes, "PK\3\4", 4) || !memcmp(bytes, "PK\5\6", 4));
}

/* Windows programs write backslashes, and take no account of case. */
static bool same_name(const char *a, const char *b)
{
	for (; *a && *b; a++, b++) {
		char x = *a == '\\' ? '/' : (char)tolower((unsigned char)*a);
		char y = *b == '\\' ? '/' : (char)tolower((unsigned char)*b);

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

/* What macOS and other desktops strew over archives. */
static bool stray(const char *name)
{
	return !strncmp(name, "__MACOSX", 8) || strstr(name, "/__MACOSX") || !strncmp(base_name(name), "._", 2);
}

/* Its number, -1: none, -2: more than one. */
static zip_int64_t find_entry(const struct archive *a, const char *folder, const char *name)
{
	zip_int64_t i, found = -1;
	size_t skip = strlen(folder);

	for (i = 0; i < a->entries; i++) {
		const char *entry = zip_get_name(a->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW);

		if (!entry || strncmp(entry, folder, skip) || !same_name(entry + skip, name))
			continue;
		if (found >= 0)
			return -2;
		found = i;
	}
	return found;
}

/* A file that main.xml names: relative to its folder, perhaps with "./" or "/" before it. */
static int find_link(const struct archive *a, const char *link, zip_int64_t *index, struct error *e)
{
	const char *name = link;

	while (*name == '/' || *name == '\\' || (*name == '.' && (name[1] == '/' || name[1] == '\\')))
		name++;
	*index = find_entry(a, a->folder, name);
	if (*index == -1 && *a->folder)
		*index = find_entry(a, "", name);
	if (*index == -2)
		return error_set(e, STATUS_INPUT, "the archive holds '%.100s' twice", link);
	if (*index < 0)
		return error_set(e, STATUS_INPUT, "main.xml names '%.100s', which the archive lacks", link);
	return STATUS_DONE;
}

/* main.xml in the topmost folder that has one. */
static int find_main(struct archive *a, zip_int64_t *index, struct error *e)
{
	size_t best = SIZE_MAX;
	zip_int64_t i;

	*index = -1;
	for (i = 0; i < a->entries; i++) {
		const char *name = zip_get_name(a->zip, (zip_uint64_t)i, ZIP_FL_ENC_RAW), *at;
		size_t depth = 0;

		if (!name || stray(name) || !same_name(base_name(name), "main.xml"))
			continue;
		for (at = name; *at; at++)
			depth += *at == '/' || *at == '\\';
		if (depth == best)
			return error_set(e, STATUS_INPUT, "the archive holds main.xml twice");
		if (depth > best)
			continue;
		if ((size_t)(base_name(name) - name) >= sizeof a->folder)
			return error_set(e, STATUS_INPUT, "the folder of main.xml has too long a name");
		best = depth;
		*index = i;
		memcpy(a->folder, name, (size_t)(base_name(name) - name));
		a->folder[base_name(name) - name] = 0;
	}
	if (*index < 0)
		return error_set(e, STATUS_INPUT, "a ZIP archive without main.xml, so not X3P");
	return STATUS_DONE;
}

/* Opens an entry whose declared size is bearable: at most max bytes, no more than deflate gives,
 * and not encrypted. */
static int open_entry(const struct archive *a, zip_int64_t index, const char *what, uint64_t max,
		      zip_file_t **file, uint64_t *size, struct error *e)
{
	zip_stat_t st;

	zip_stat_init(&st);
	*file = NULL;
	if (zip_stat_index(a->zip, (zip_uint64_t)index, 0, &st) || !(st.valid & ZIP_STAT_SIZE))
		return error_set(e, STATUS_INPUT, "%.100s: %s", what, zip_strerror(a->zip));
	if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) && st.encryption_method != ZIP_EM_NONE)
		return error_set(e, STATUS_INPUT, "%.100s in the archive is encrypted", what);
	if (st.size > max)
		return error_set(e, STATUS_INPUT, "%.100s would unpack to %llu bytes, more than the %llu "
				 "that are allowed", what, (unsigned long long)st.size,
				 (unsigned long long)max);
	if (st.size > RATIO_FROM && (st.valid & ZIP_STAT_COMP_SIZE) && st.size / RATIO_MAX > st.comp_size)
		return error_set(e, STATUS_INPUT, "%.100s would unpack from %llu to %llu bytes, as no scan "
				 "does", what, (unsigned long long)st.comp_size, (unsigned long long)st.size);
	*file = zip_fopen_index(a->zip, (zip_uint64_t)index, 0);
	if (!*file)
		return error_set(e, STATUS_INPUT, "%.100s: %s", what, zip_strerror(a->zip));
	*size = st.size;
	return STATUS_DONE;
}

/* Up to PIECE bytes into a->piece; *got 0 at the end. libzip checks the CRC when it gets there. */
static int read_piece(struct archive *a, zip_file_t *file, const char *what, size_t *got, struct error *e)
{
	zip_int64_t n = zip_fread(file, a->piece, PIECE);

	*got = 0;
	if (n < 0)
		return error_set(e, STATUS_INPUT, "%.100s: %s", what, zip_file_strerror(file));
	*got = (size_t)n;
	return STATUS_DONE;
}

typedef int piece_taker(struct archive *a, void *context, uint64_t at, size_t size, struct error *e);

/* All of an entry through `take`, and its MD5. What comes out is bounded by what was declared. */
static int read_entry(struct archive *a, zip_int64_t index, const char *what, uint64_t max,
		      piece_taker *take, void *context, char sum[MD5_TEXT], struct error *e)
{
	zip_file_t *file = NULL;
	uint64_t size = 0, at = 0;
	struct md5 md5;
	size_t got;
	int status = open_entry(a, index, what, max, &file, &size, e);

	md5_start(&md5);
	while (!status) {
		status = read_piece(a, file, what, &got, e);
		if (!status && got == 0)
			break;
		if (!status && got > size - at)
			status = error_set(e, STATUS_INPUT, "%.100s unpacks to more than the %llu bytes that "
					   "it declares", what, (unsigned long long)size);
		if (!status) {
			md5_add(&md5, a->piece, got);
			status = take(a, context, at, got, e);
			at += got;
		}
	}
	if (!status && at != size)
		status = error_set(e, STATUS_INPUT, "%.100s unpacks to %llu bytes, not to the %llu that it "
				   "declares", what, (unsigned long long)at, (unsigned long long)size);
	if (file)
		zip_fclose(file);
	md5_text(&md5, sum);
	return status;
}

static int wrong_sum(struct archive *a, const char *what, const char *where, struct error *e)
{
	if (a->wishes->any_checksum) {
		surface_note(a->out, "%s has another MD5 than %s says", what, where);
		return STATUS_DONE;
	}
	return error_set(e, STATUS_INPUT, "%.100s has another MD5 than %.100s says: it was damaged or "
			 "changed after it was written", what, where);
}

/* A checksum as main.xml states it; empty is absent. */
static int check_sum(struct archive *a, const char *what, const char *stated, const char *real,
		     struct error *e)
{
	if (!*stated) {
		surface_note(a->out, "%s has no checksum", what);
		return STATUS_DONE;
	}
	return strcasecmp(stated, real) ? wrong_sum(a, what, "main.xml", e) : STATUS_DONE;
}

static int on_list(void *context, struct error *e)
{
	struct archive *a = context;

	return x3p_points_begin(&a->points, &a->header, a->wishes->max_points, a->out, e);
}

static int on_datum(void *context, char *text, struct error *e)
{
	struct archive *a = context;

	return x3p_points_text(&a->points, text, e);
}

static int take_xml(struct archive *a, void *context, uint64_t at, size_t size, struct error *e)
{
	(void)at;
	return x3p_xml_feed(context, a->piece, size, false, e);
}

static int read_main(struct archive *a, struct error *e)
{
	struct x3p_listener listener = { on_list, on_datum, a };
	struct x3p_xml *xml = NULL;
	zip_int64_t index;
	int status = find_main(a, &index, e);

	if (status)
		return status;
	xml = x3p_xml_open(&a->header, &listener, e);
	if (!xml)
		return STATUS_SYSTEM;
	status = read_entry(a, index, "main.xml", UNPACKED_MAX, take_xml, xml, a->main_md5, e);
	if (!status)
		status = x3p_xml_feed(xml, a->piece, 0, true, e);
	x3p_xml_close(xml);
	return status;
}

struct small {
	char *text;
	size_t size;
};

static int take_small(struct archive *a, void *context, uint64_t at, size_t size, struct error *e)
{
	struct small *s = context;

	(void)e;
	memcpy(s->text + at, a->piece, size);
	s->size = at + size;
	return STATUS_DONE;
}

/* Whether a text like "0123... *main.xml", of one line or several, has this MD5. */
static bool has_sum(const char *text, const char *sum)
{
	while (*text) {
		size_t n = strspn(text, "0123456789abcdefABCDEF");

		if (n == MD5_TEXT - 1 && !strncasecmp(text, sum, n))
			return true;
		text += n ? n : 1;
	}
	return false;
}

/* main.xml against the file of its checksum; without one it is only noted. */
static int check_main(struct archive *a, struct error *e)
{
	const char *name = *a->header.checksum_file ? a->header.checksum_file : "md5checksum.hex";
	char text[CHECKSUM_FILE_MAX + 1], own[MD5_TEXT];
	struct small small = { text, 0 };
	zip_int64_t index;
	int status;

	if (find_link(a, name, &index, NULL)) {
		surface_note(a->out, "main.xml has no checksum");
		return STATUS_DONE;
	}
	status = read_entry(a, index, name, CHECKSUM_FILE_MAX, take_small, &small, own, e);
	if (status)
		return status;
	text[small.size] = 0;
	return has_sum(text, a->main_md5) ? STATUS_DONE : wrong_sum(a, "main.xml", name, e);
}

static int take_points(struct archive *a, void *context, uint64_t at, size_t size, struct error *e)
{
	(void)context;
	(void)at;
	return x3p_points_binary(&a->points, a->piece, size, e);
}

static int take_valid(struct archive *a, void *context, uint64_t at, size_t size, struct error *e)
{
	(void)context;
	(void)e;
	x3p_points_valid(&a->points, at, a->piece, size);
	return STATUS_DONE;
}

/* The declared size of a list against the size of the matrix, before anything is unpacked. */
static int check_size(const struct archive *a, zip_int64_t index, const char *what, uint64_t want,
		      struct error *e)
{
	zip_stat_t st;

	zip_stat_init(&st);
	if (zip_stat_index(a->zip, (zip_uint64_t)index, 0, &st) || !(st.valid & ZIP_STAT_SIZE))
		return error_set(e, STATUS_INPUT, "%.100s: %s", what, zip_strerror(a->zip));
	if (st.size == want)
		return STATUS_DONE;
	return error_set(e, STATUS_INPUT, "%.100s has %llu bytes, but a matrix of %lld x %lld takes %llu",
			 what, (unsigned long long)st.size, (long long)a->header.size[0],
			 (long long)a->header.size[1], (unsigned long long)want);
}

static int read_binary(struct archive *a, struct error *e)
{
	const struct x3p_header *h = &a->header;
	zip_int64_t points, valid = -1;
	uint64_t total;
	char sum[MD5_TEXT];
	int status;

	if (!*h->point_link)
		return error_set(e, STATUS_INPUT, "main.xml holds no points and names no file of them");
	if ((status = x3p_points_check(h, a->wishes->max_points, e)) ||
	    (status = find_link(a, h->point_link, &points, e)))
		return status;
	total = (uint64_t)h->size[0] * (uint64_t)h->size[1];
	if ((status = check_size(a, points, h->point_link, total * x3p_points_bytes(h), e)))
		return status;
	if (*h->valid_link && ((status = find_link(a, h->valid_link, &valid, e)) ||
			       (status = check_size(a, valid, h->valid_link, (total + 7) / 8, e))))
		return status;
	if ((status = x3p_points_begin(&a->points, h, a->wishes->max_points, a->out, e)) ||
	    (status = read_entry(a, points, h->point_link, UNPACKED_MAX, take_points, NULL, sum, e)) ||
	    (status = check_sum(a, h->point_link, h->point_md5, sum, e)))
		return status;
	if (valid < 0)
		return STATUS_DONE;
	status = read_entry(a, valid, h->valid_link, UNPACKED_MAX, take_valid, NULL, sum, e);
	return status ? status : check_sum(a, h->valid_link, h->valid_md5, sum, e);
}

/* The background of a mask picture: as main.xml states it ("#cd7f32"), else the colour that most
 * of the picture has. */
static unsigned background(const struct png_picture *mask, const char *stated)
{
	size_t points = (size_t)mask->width * (size_t)mask->height, i, lead = 0;
	unsigned colour = 0, r, g, b;

	if (sscanf(stated, "#%2x%2x%2x", &r, &g, &b) == 3)
		return r << 16 | g << 8 | b;
	for (i = 0; i < points; i++) {
		const unsigned char *p = mask->pixels + 3 * i;
		unsigned c = (unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2];

		if (!lead)
			colour = c;
		lead = c == colour ? lead + 1 : lead - 1;
	}
	return colour;
}

/* The picture's rows are in the order of the points, which is upwards. */
static int mark(struct archive *a, const struct png_picture *mask, struct error *e)
{
	struct surface *s = a->out;
	size_t width = (size_t)s->width, height = (size_t)s->height, x, y, marked = 0;
	unsigned ground = background(mask, a->header.background);

	s->marked = mem_new(width * height, 1, e);
	if (!s->marked)
		return STATUS_SYSTEM;
	for (y = 0; y < height; y++) {
		unsigned char *row = s->marked + (height - 1 - y) * width;

		for (x = 0; x < width; x++) {
			const unsigned char *p = mask->pixels + 3 * (y * width + x);

			row[x] = ((unsigned)p[0] << 16 | (unsigned)p[1] << 8 | p[2]) != ground;
			marked += row[x];
		}
	}
	if (marked) {
		surface_note(s, "a mask picture marks %.1f %%, not heeded",
			     100.0 * (double)marked / (double)(width * height));
	} else {
		free(s->marked);
		s->marked = NULL;
	}
	return STATUS_DONE;
}

/* A mask picture as x3ptools and Cadre's software write it. What its colours mean is for people:
 * some mark what to keep, some what to leave out. So the heights stay as they are, the marks are
 * handed over, and a picture that cannot be used is no reason to refuse the scan. */
static int read_mask(struct archive *a, struct error *e)
{
	size_t points = (size_t)a->out->width * (size_t)a->out->height;
	struct small small = { NULL, 0 };
	struct png_picture mask = { 0 };
	char sum[MD5_TEXT];
	struct error why;
	zip_int64_t index;
	zip_stat_t st;
	int status;

	index = find_entry(a, a->folder, "bindata/mask.png");
	zip_stat_init(&st);
	if (index < 0 || zip_stat_index(a->zip, (zip_uint64_t)index, 0, &st) || !(st.valid & ZIP_STAT_SIZE))
		return STATUS_DONE;
	if (st.size > MASK_MAX) {
		surface_note(a->out, "a mask picture of %llu bytes is not read", (unsigned long long)st.size);
		return STATUS_DONE;
	}
	small.text = mem_new(st.size, 1, e);
	if (!small.text)
		return STATUS_SYSTEM;
	status = read_entry(a, index, "mask.png", MASK_MAX, take_small, &small, sum, &why);
	if (!status)
		status = png_read_rgb((unsigned char *)small.text, small.size, points, &mask, &why);
	if (!status && (mask.width != a->out->width || mask.height != a->out->height))
		status = error_set(&why, STATUS_INPUT, "%d x %d pixels", mask.width, mask.height);
	if (status == STATUS_INPUT) {
		surface_note(a->out, "its mask picture cannot be used: %.80s", why.text);
		status = STATUS_DONE;
	} else if (status) {
		error_set(e, status, "%s", why.text);
	} else {
		status = mark(a, &mask, e);
	}
	free(mask.pixels);
	free(small.text);
	return status;
}

static int read_archive(struct archive *a, struct error *e)
{
	int status;

	a->entries = zip_get_num_entries(a->zip, 0);
	if (a->entries > ENTRIES_MAX)
		return error_set(e, STATUS_INPUT, "an archive of %lld files, so not X3P", (long long)a->entries);
	if ((status = read_main(a, e)) || (!a->header.text && (status = read_binary(a, e))) ||
	    (status = check_main(a, e)) || (status = read_mask(a, e)))
		return status;
	return x3p_points_end(&a->points, e);
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
		if (zip_error_code_zip(&error) == ZIP_ER_MEMORY)
			error_memory(e);
		else
			error_set(e, STATUS_INPUT, "a damaged ZIP archive: %s", zip_error_strerror(&error));
		if (source)
			zip_source_free(source);
	}
	zip_error_fini(&error);
	return zip;
}

int x3p_read(const unsigned char *bytes, size_t size, const struct scan_wishes *wishes,
	     struct surface *out, struct error *e)
{
	struct archive a = { .wishes = wishes, .out = out };
	struct error own;
	int status;

	if (!e)
		e = &own;
	memset(out, 0, sizeof *out);
	a.zip = open_zip(bytes, size, e);
	if (!a.zip)
		return e->status;
	a.piece = mem_new(PIECE, 1, e);
	status = a.piece ? read_archive(&a, e) : STATUS_SYSTEM;
	x3p_points_free(&a.points);
	free(a.piece);
	zip_discard(a.zip);
	if (status)
		surface_free(out);
	return status;
}
