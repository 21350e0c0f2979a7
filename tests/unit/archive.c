/* archive.c - ZIP and X3P archives made in memory, sound and damaged */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "archive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <zip.h>

#include "base/bytes.h"
#include "base/md5.h"

/* No assertion of Check: tests/fuzz makes its seeds with this too. */
static void must(int holds)
{
	if (!holds) {
		fputs("archive: cannot make what a test wants\n", stderr);
		abort();
	}
}

static void add_file(zip_t *zip, const struct archive_file *file)
{
	zip_source_t *source;
	zip_int64_t index;

	if (file->name[strlen(file->name) - 1] == '/') {
		must(zip_dir_add(zip, file->name, 0) >= 0);
		return;
	}
	source = zip_source_buffer(zip, file->bytes, file->size, 0);
	must(source != NULL);
	index = zip_file_add(zip, file->name, source, 0);
	must(index >= 0);
	must(!zip_file_set_mtime(zip, (zip_uint64_t)index, 1700000000, 0));
	if (file->password)
		must(!zip_file_set_encryption(zip, (zip_uint64_t)index, ZIP_EM_TRAD_PKWARE, file->password));
}

void archive_make(struct buf *out, const struct archive_file *files, size_t count)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_int64_t got;
	zip_stat_t st;
	zip_t *zip;
	size_t i;

	must(source != NULL);
	zip_source_keep(source);
	zip = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
	must(zip != NULL);
	for (i = 0; i < count; i++)
		add_file(zip, &files[i]);
	must(!zip_close(zip));
	must(!zip_source_open(source));
	must(!zip_source_stat(source, &st));
	must(!buf_reserve(out, st.size, NULL));
	got = zip_source_read(source, out->data, st.size);
	must(got == (zip_int64_t)st.size);
	out->size = (size_t)got;
	zip_source_close(source);
	zip_source_free(source);
}

void archive_declare(struct buf *archive, const char *name, uint32_t size)
{
	size_t length = strlen(name), at, changed = 0;
	unsigned char *p = archive->data;

	for (at = 0; at + 46 + length <= archive->size; at++) {
		if (!memcmp(p + at, "PK\3\4", 4) && !memcmp(p + at + 30, name, length)) {
			bytes_put32(p + at + 22, size);
			changed++;
		}
		if (!memcmp(p + at, "PK\1\2", 4) && !memcmp(p + at + 46, name, length)) {
			bytes_put32(p + at + 24, size);
			changed++;
		}
	}
	must(changed == 2);
}

static const char *usual(const char *given, const char *otherwise)
{
	if (!given)
		return otherwise;
	return strcmp(given, "-") ? given : "";
}

static void sum_of(const void *bytes, size_t size, char out[MD5_TEXT])
{
	struct md5 m;

	md5_start(&m);
	md5_add(&m, bytes, size);
	md5_text(&m, out);
}

static void element(struct buf *xml, const char *name, const char *inside)
{
	if (*inside)
		must(!buf_format(xml, NULL, "<%s>%s</%s>\n", name, inside, name));
}

static void data_link(struct buf *xml, const struct x3p_recipe *r, const void *points, size_t size)
{
	char sum[MD5_TEXT];

	sum_of(points, size, sum);
	buf_text(xml, "<DataLink>", NULL);
	element(xml, "PointDataLink", usual(r->point_link, "bindata/data.bin"));
	element(xml, "MD5ChecksumPointData", usual(r->point_md5, sum));
	if (r->valid) {
		sum_of(r->valid, r->valid_size, sum);
		element(xml, "ValidPointsLink", "bindata/valid.bin");
		element(xml, "MD5ChecksumValidPoints", usual(r->valid_md5, sum));
	}
	buf_text(xml, "</DataLink>", NULL);
}

static void make_xml(struct buf *xml, const struct x3p_recipe *r, const void *points, size_t size)
{
	static const char step[] = "<AxisType>I</AxisType><DataType>D</DataType>"
				   "<Increment>6.25e-06</Increment><Offset>0</Offset>";

	buf_text(xml, usual(r->prolog, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"), NULL);
	buf_text(xml, "<p:ISO5436_2 xmlns:p=\"http://www.opengps.eu/2008/ISO5436_2\"><Record1>", NULL);
	element(xml, "FeatureType", usual(r->feature, "SUR"));
	buf_text(xml, "<Axes>", NULL);
	element(xml, "CX", usual(r->cx, step));
	element(xml, "CY", usual(r->cy, step));
	element(xml, "CZ", usual(r->cz, "<AxisType>A</AxisType><DataType>D</DataType>"
				 "<Increment>1</Increment><Offset>0</Offset>"));
	buf_text(xml, usual(r->axes, ""), NULL);
	buf_text(xml, "</Axes></Record1><Record2><Creator>t\xc3\xa4st</Creator>", NULL);
	element(xml, "Comment", usual(r->comment, ""));
	buf_text(xml, "</Record2><Record3>", NULL);
	element(xml, "MatrixDimension", usual(r->size, "<SizeX> 3 </SizeX><SizeY>2</SizeY><SizeZ>1</SizeZ>"));
	if (r->list)
		element(xml, "DataList", r->list);
	else
		data_link(xml, r, points, size);
	buf_text(xml, usual(r->record3, ""), NULL);
	buf_text(xml, "</Record3>", NULL);
	if (strcmp(usual(r->checksum_file, "+"), ""))
		must(!buf_format(xml, NULL, "<Record4><ChecksumFile>%s</ChecksumFile></Record4>",
				 usual(r->checksum_file, "md5checksum.hex")));
	must(!buf_text(xml, "</p:ISO5436_2>\n", NULL));
}

void x3p_make(struct buf *out, const struct x3p_recipe *r)
{
	static const double heights[] = { 1e-6, 2e-6, 3e-6, 4e-6, 5e-6, 6e-6 };
	const void *points = r->points ? r->points : heights;
	size_t size = r->points ? r->points_size : sizeof heights, n = 0, i;
	char name[4][100], own[MD5_TEXT];
	struct archive_file files[16];
	struct buf xml = { 0 };
	const char *sum;

	make_xml(&xml, r, points, size);
	sum_of(xml.data, xml.size, own);
	sum = usual(r->main_md5, own);
	for (i = 0; i < 4; i++)
		snprintf(name[i], sizeof name[i], "%s%s", usual(r->folder, ""),
			 (const char *const []){ "bindata/data.bin", "bindata/valid.bin", "main.xml",
						 "md5checksum.hex" }[i]);
	if (!r->list)
		files[n++] = (struct archive_file){ name[0], points, size, NULL };
	if (r->valid)
		files[n++] = (struct archive_file){ name[1], r->valid, r->valid_size, NULL };
	files[n++] = (struct archive_file){ name[2], xml.data, xml.size, NULL };
	if (*sum)
		files[n++] = (struct archive_file){ name[3], sum, strlen(sum), NULL };
	for (i = 0; i < r->more_count; i++)
		files[n++] = r->more[i];
	archive_make(out, files, n);
	buf_free(&xml);
}
