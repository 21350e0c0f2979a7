/* x3p_out.c - writes a topography as X3P */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>
#include <zip.h>

#include "base/buf.h"
#include "base/bytes.h"
#include "base/md5.h"
#include "make/x3p_out.h"

static void md5_of(const struct buf *b, char out[MD5_TEXT])
{
	struct md5 m;

	md5_start(&m);
	md5_add(&m, b->data, b->size);
	md5_text(&m, out);
}

struct parts {
	struct buf points, valid, xml, sum;
	double increment, offset;     /* of z, in metres */
};

/* The range of the heights over the integers there are, to a tidy increment. */
static void find_increment(const struct surface *s, enum x3p_points points, struct parts *p)
{
	double low = INFINITY, high = -INFINITY, most = points == X3P_INT16 ? 32000 : 2e9;

	p->increment = 1;
	p->offset = 0;
	if (points == X3P_DOUBLE || points == X3P_FLOAT)
		return;
	for (size_t i = 0; i < (size_t)s->width * (size_t)s->height; i++) {
		low = fmin(low, s->z[i]);
		high = fmax(high, s->z[i]);
	}
	if (!(low <= high))
		low = high = 0;
	p->offset = (low + high) / 2 * 1e-6;
	p->increment = fmax(high - low, 1e-3) / 2 / most * 1e-6;
}

static void put_point(unsigned char *to, enum x3p_points points, const struct parts *p, float z)
{
	double m = z * 1e-6, steps = isnan(z) ? 0 : floor((m - p->offset) / p->increment + .5);
	uint64_t bits;

	switch (points) {
	case X3P_DOUBLE:
		memcpy(&bits, &m, sizeof bits);
		bytes_put64(to, isnan(z) ? UINT64_C(0x7ff8000000000000) : bits);
		break;
	case X3P_FLOAT:
		bytes_put_float(to, isnan(z) ? NAN : (float)m);
		break;
	case X3P_INT32:
		bytes_put32(to, (uint32_t)(int32_t)steps);
		break;
	case X3P_INT16:
		bytes_put16(to, (uint16_t)(int16_t)steps);
		break;
	}
}

/* X3P rows run upwards: the last row of the picture comes first. */
static int put_points(const struct surface *s, enum x3p_points points, struct parts *p, struct error *e)
{
	static const size_t size[] = { 8, 4, 4, 2 };
	size_t n = (size_t)s->width * (size_t)s->height, one = size[points], at = 0;
	bool bitmap = points == X3P_INT32 || points == X3P_INT16;
	int status = buf_reserve(&p->points, n * one, e);

	if (status == STATUS_DONE && bitmap)
		status = buf_reserve(&p->valid, (n + 7) / 8, e);
	if (status != STATUS_DONE)
		return status;
	if (bitmap)
		memset(p->valid.data, 0, p->valid.size = (n + 7) / 8);
	for (int j = s->height - 1; j >= 0; j--)
		for (int i = 0; i < s->width; i++, at++) {
			float z = s->z[(size_t)j * (size_t)s->width + (size_t)i];

			put_point(p->points.data + at * one, points, p, z);
			if (bitmap && !isnan(z))
				p->valid.data[at / 8] |= (unsigned char)(1 << (at & 7));
		}
	p->points.size = n * one;
	return STATUS_DONE;
}

static int put_xml(const struct surface *s, enum x3p_points points, struct parts *p, struct error *e)
{
	char sum[MD5_TEXT], valid[MD5_TEXT];
	int status;

	md5_of(&p->points, sum);
	status = buf_format(&p->xml, e,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<p:ISO5436_2 xmlns:p=\"http://www.opengps.eu/2008/ISO5436_2\">\n"
		"<Record1>\n<Revision>ISO5436 - 2000</Revision>\n<FeatureType>SUR</FeatureType>\n<Axes>\n"
		"<CX><AxisType>I</AxisType><DataType>D</DataType><Increment>%.12g</Increment>"
		"<Offset>0</Offset></CX>\n"
		"<CY><AxisType>I</AxisType><DataType>D</DataType><Increment>%.12g</Increment>"
		"<Offset>0</Offset></CY>\n"
		"<CZ><AxisType>A</AxisType><DataType>%c</DataType><Increment>%.17g</Increment>"
		"<Offset>%.17g</Offset></CZ>\n"
		"</Axes>\n</Record1>\n"
		"<Record2>\n<Date>2000-01-01T00:00:00Z</Date>\n<Creator>make-case</Creator>\n"
		"<Instrument><Manufacturer>none</Manufacturer><Model>made data</Model>"
		"<Serial>0</Serial><Version>" VERSION "</Version></Instrument>\n"
		"<CalibrationDate>2000-01-01T00:00:00Z</CalibrationDate>\n"
		"<ProbingSystem><Type>Software</Type><Identification>made data</Identification>"
		"</ProbingSystem>\n</Record2>\n"
		"<Record3>\n<MatrixDimension><SizeX>%d</SizeX><SizeY>%d</SizeY><SizeZ>1</SizeZ>"
		"</MatrixDimension>\n<DataLink>\n<PointDataLink>bindata/data.bin</PointDataLink>\n"
		"<MD5ChecksumPointData>%s</MD5ChecksumPointData>\n",
		s->spacing_x_um * 1e-6, s->spacing_y_um * 1e-6, "DFLI"[points], p->increment, p->offset,
		s->width, s->height, sum);
	if (status == STATUS_DONE && p->valid.size) {
		md5_of(&p->valid, valid);
		status = buf_format(&p->xml, e, "<ValidPointsLink>bindata/valid.bin</ValidPointsLink>\n"
				    "<MD5ChecksumValidPoints>%s</MD5ChecksumValidPoints>\n", valid);
	}
	if (status == STATUS_DONE)
		status = buf_text(&p->xml, "</DataLink>\n</Record3>\n"
				  "<Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4>\n"
				  "</p:ISO5436_2>\n", e);
	if (status == STATUS_DONE) {
		md5_of(&p->xml, sum);
		status = buf_format(&p->sum, e, "%s *main.xml\n", sum);
	}
	return status;
}

static int add_entry(zip_t *z, const char *name, const struct buf *b, struct error *e)
{
	zip_source_t *from = zip_source_buffer(z, b->data, b->size, 0);
	zip_int64_t at = from ? zip_file_add(z, name, from, ZIP_FL_ENC_UTF_8) : -1;

	if (at < 0) {
		zip_source_free(from);
		return error_set(e, STATUS_SYSTEM, "%s", zip_strerror(z));
	}
	/* 2000-01-01 00:00:00 in the words of DOS, and quick compression */
	if (zip_file_set_dostime(z, (zip_uint64_t)at, 0, 20 << 9 | 1 << 5 | 1, 0) ||
	    zip_set_file_compression(z, (zip_uint64_t)at, ZIP_CM_DEFLATE, 1))
		return error_set(e, STATUS_SYSTEM, "%s", zip_strerror(z));
	return STATUS_DONE;
}

static int write_archive(const struct parts *p, const char *path, struct error *e)
{
	int code, status;
	zip_t *z = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);

	if (!z) {
		zip_error_t why;

		zip_error_init_with_code(&why, code);
		status = error_set(e, STATUS_SYSTEM, "%s", zip_error_strerror(&why));
		zip_error_fini(&why);
		return status;
	}
	status = add_entry(z, "main.xml", &p->xml, e);
	if (status == STATUS_DONE)
		status = add_entry(z, "bindata/data.bin", &p->points, e);
	if (status == STATUS_DONE && p->valid.size)
		status = add_entry(z, "bindata/valid.bin", &p->valid, e);
	if (status == STATUS_DONE)
		status = add_entry(z, "md5checksum.hex", &p->sum, e);
	if (status == STATUS_DONE && zip_close(z) == 0)
		return STATUS_DONE;
	if (status == STATUS_DONE)
		status = error_set(e, STATUS_SYSTEM, "%s", zip_strerror(z));
	zip_discard(z);
	return status;
}

int x3p_write(const struct surface *s, enum x3p_points points, const char *path, struct error *e)
{
	struct parts p = { 0 };
	int status;

	find_increment(s, points, &p);
	status = put_points(s, points, &p, e);
	if (status == STATUS_DONE)
		status = put_xml(s, points, &p, e);
	if (status == STATUS_DONE)
		status = write_archive(&p, path, e);
	buf_free(&p.points);
	buf_free(&p.valid);
	buf_free(&p.xml);
	buf_free(&p.sum);
	return status;
}
