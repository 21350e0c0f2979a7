/* t_x3p_damage.c - tests of scan/x3p: what is refused, and why */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "archive.h"
#include "base/bytes.h"
#include "scan/surface.h"

Suite *t_x3p_damage(void);

static const struct scan_wishes usual = SCAN_WISHES_DEFAULT;

/* Bad input, nothing left behind, and the words that a person needs. */
static void assert_refused(const struct buf *archive, const char *words)
{
	struct error e = { 0 };
	struct surface s;
	int status = scan_read(archive->data, archive->size, &usual, &s, &e);

	ck_assert_msg(status == STATUS_INPUT, "status %d, want '%s': %s", status, words, e.text);
	ck_assert_msg(strstr(e.text, words) != NULL, "want '%s': %s", words, e.text);
	ck_assert_ptr_null(s.z);
	ck_assert_int_eq(e.status, STATUS_INPUT);
	ck_assert_int_eq(scan_read(archive->data, archive->size, &usual, &s, NULL), STATUS_INPUT);
}

static void refuse_made(const struct x3p_recipe *recipe, const char *words)
{
	struct buf archive = { 0 };

	x3p_make(&archive, recipe);
	assert_refused(&archive, words);
	buf_free(&archive);
}

START_TEST(kinds)
{
	static const struct {
		struct x3p_recipe recipe;
		const char *words;
	} cases[] = {
		{ { .feature = "PCL", .size = "-", .record3 = "<ListDimension>6</ListDimension>" },
		  "point cloud (feature type PCL) of 6 points" },
		{ { .feature = "PRF" }, "a profile (feature type PRF)" },
		{ { .feature = "sur face" }, "feature type 'sur face'" },
		{ { .cx = "-", .cy = "-", .cz = "-" }, "no axes" },
		{ { .cx = "<AxisType>Q</AxisType>" }, "type of axis CX is 'Q'" },
		{ { .cy = "<AxisType>A</AxisType>" }, "data type of axis CY is ''" },
		{ { .cz = "<AxisType>A</AxisType>" }, "data type of axis CZ is ''" },
		{ { .cz = "<AxisType>A</AxisType><DataType>DOUBLE</DataType>" }, "of axis CZ is 'DOUBLE'" },
		{ { .size = "-" }, "states no size" },
		{ { .size = "<SizeX>3</SizeX>" }, "states no size" },
		{ { .size = "<SizeX>0</SizeX><SizeY>2</SizeY>" }, "0 is not between" },
		{ { .size = "<SizeX>-3</SizeX><SizeY>2</SizeY>" }, "-3 is not between" },
		{ { .size = "<SizeX>3.5</SizeX><SizeY>2</SizeY>" }, "'3.5' is not a whole number" },
		{ { .size = "<SizeX>3</SizeX><SizeX>3</SizeX><SizeY>2</SizeY>" }, "stands twice" },
		{ { .size = "<SizeX>3</SizeX><SizeY>2</SizeY><SizeZ>2</SizeZ>" }, "2 layers" },
		{ { .cx = "<AxisType>I</AxisType><Increment>1,5</Increment>" }, "'1,5' is not a number" },
		{ { .cx = "<AxisType>I</AxisType><Increment>1e999</Increment>" }, "1e999" },
		{ { .record3 = "<ListDimension>7</ListDimension>" }, "a list of 7" },
		{ { .record3 = "<DataList><Datum>1</Datum></DataList>" }, "two lists of points" },
		{ { .list = "<Datum>1</Datum><Datum>1</Datum><Datum>1</Datum><Datum>1</Datum><Datum>1</Datum>"
			    "<Datum>1</Datum>",
		    .record3 = "<DataLink><PointDataLink>bindata/data.bin</PointDataLink></DataLink>" },
		  "PointDataLink stands after the points" },
		{ { .axes = "<Rotation><r11>1</r11><r12>0</r12><r13>0</r13><r21>0</r21><r22>-1</r22>"
			    "<r23>0</r23><r31>0</r31><r32>0</r32><r33>-1</r33></Rotation>" }, "on its face" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		refuse_made(&cases[i].recipe, cases[i].words);
}
END_TEST

/* sizes that contradict each other name both numbers */
START_TEST(contradictions)
{
	static const double z[7];
	static const unsigned char valid[2] = { 0xff, 0xff };
	static const struct {
		struct x3p_recipe recipe;
		const char *words;
	} cases[] = {
		{ { .size = "<SizeX>3</SizeX><SizeY>3</SizeY>" }, "has 48 bytes, but a matrix of 3 x 3 takes 72" },
		{ { .points = z, .points_size = 56 }, "has 56 bytes, but a matrix of 3 x 2 takes 48" },
		{ { .points = z, .points_size = 0 }, "has 0 bytes" },
		{ { .cz = "<AxisType>A</AxisType><DataType>F</DataType>" }, "has 48 bytes, but a matrix of 3 x 2 takes 24" },
		{ { .valid = valid, .valid_size = 2 }, "has 2 bytes, but a matrix of 3 x 2 takes 1" },
		{ { .list = "<Datum>1</Datum>" }, "1 points, but a matrix of 3 x 2 = 6" },
		{ { .list = "<Datum>1</Datum><Datum>1</Datum><Datum>1</Datum><Datum>1</Datum><Datum>1</Datum>"
			    "<Datum>1</Datum><Datum>1</Datum>" }, "more points than the 6 of its 3 x 2 matrix" },
		{ { .list = "<Datum>1;2</Datum>" }, "point 1 has too many coordinates" },
		{ { .cx = "<AxisType>A</AxisType>", .list = "<Datum>1;2</Datum><Datum>1</Datum>" },
		  "point 2 has too few coordinates" },
		{ { .list = "<Datum>one</Datum>" }, "point 1: 'one' is not a number" },
		{ { .size = "<SizeX>1000</SizeX><SizeY>1000</SizeY>", .list = "<Datum>1</Datum>" },
		  "cannot list 1000 x 1000 points" },
	};
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++)
		refuse_made(&cases[i].recipe, cases[i].words);
}
END_TEST

START_TEST(irregular_grids)
{
	static const char absolute[] = "<AxisType>A</AxisType><DataType>D</DataType>";
	static const char *const lists[] = {
		/* columns at 0, 1 and 3; then a point off its column; then all at one place; then beyond */
		"<Datum>0;1</Datum><Datum>1e-5;1</Datum><Datum>3e-5;1</Datum>"
		"<Datum>0;1</Datum><Datum>1e-5;1</Datum><Datum>3e-5;1</Datum>",
		"<Datum>0;1</Datum><Datum>1e-5;1</Datum><Datum>2e-5;1</Datum>"
		"<Datum>0;1</Datum><Datum>1.2e-5;1</Datum><Datum>2e-5;1</Datum>",
		"<Datum>5;1</Datum><Datum>5;1</Datum><Datum>5;1</Datum>"
		"<Datum>5;1</Datum><Datum>5;1</Datum><Datum>5;1</Datum>",
		"<Datum>0;1</Datum><Datum>1e-5;1</Datum><Datum>1e300;1</Datum>"
		"<Datum>0;1</Datum><Datum>1e-5;1</Datum><Datum>-1e300;1</Datum>",
	};
	size_t i;

	for (i = 0; i < sizeof lists / sizeof *lists; i++) {
		struct x3p_recipe recipe = { .cx = absolute, .list = lists[i] };

		refuse_made(&recipe, "absolute X coordinates are no regular grid");
	}
}
END_TEST

START_TEST(all_missing)
{
	static const unsigned char none[1] = { 0 };
	const double nans[6] = { NAN, NAN, NAN, NAN, NAN, NAN };
	struct x3p_recipe by_bitmap = { .valid = none, .valid_size = 1 };
	struct x3p_recipe by_nan = { .points = nans, .points_size = sizeof nans };
	struct x3p_recipe by_text = { .list = "<Datum/><Datum/><Datum/><Datum/><Datum/><Datum/>" };

	refuse_made(&by_bitmap, "all 6 points are missing");
	refuse_made(&by_nan, "all 6 points are missing");
	refuse_made(&by_text, "all 6 points are missing");
}
END_TEST

/* a wrong checksum is an error, unless it is asked that it be none; then it is in the note */
START_TEST(wrong_checksums)
{
	static const unsigned char valid[1] = { 0xff };
	static const char other[] = "00000000000000000000000000000000";
	static const struct {
		struct x3p_recipe recipe;
		const char *words;
	} cases[] = {
		{ { .main_md5 = other }, "main.xml has another MD5" },
		{ { .main_md5 = "no sum at all" }, "main.xml has another MD5" },
		{ { .point_md5 = other }, "bindata/data.bin has another MD5" },
		{ { .point_md5 = "abc" }, "bindata/data.bin has another MD5" },
		{ { .valid = valid, .valid_size = 1, .valid_md5 = other }, "bindata/valid.bin has another MD5" },
	};
	struct scan_wishes lenient = usual;
	size_t i;

	lenient.any_checksum = true;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf archive = { 0 };
		struct surface s;

		refuse_made(&cases[i].recipe, cases[i].words);
		x3p_make(&archive, &cases[i].recipe);
		ck_assert_int_eq(scan_read(archive.data, archive.size, &lenient, &s, NULL), 0);
		ck_assert_ptr_nonnull(strstr(s.note, cases[i].words));
		surface_free(&s);
		buf_free(&archive);
	}
}
END_TEST

/* forms of the checksum file that are sound */
START_TEST(checksum_forms)
{
	struct x3p_recipe recipe = { 0 };
	struct buf archive = { 0 };
	static const char *const forms[] = { "%s *main.xml\n", "%s\r\n", "MD5 (main.xml) = %s",
		"ffffffffffffffffffffffffffffffff *bindata/data.bin\n%s *main.xml\n" };
	char sum[33], text[200];
	struct surface s;
	size_t i, k;

	/* the sum itself, from the archive that has it as its file md5checksum.hex, stored */
	x3p_make(&archive, &recipe);
	for (i = 0; i + 80 < archive.size; i++)
		if (!memcmp(archive.data + i, "PK\3\4", 4) && !memcmp(archive.data + i + 30, "md5checksum.hex", 15))
			break;
	ck_assert_uint_lt(i + 80, archive.size);
	ck_assert_uint_eq(bytes_get16(archive.data + i + 8), 0);
	memcpy(sum, archive.data + i + 45 + bytes_get16(archive.data + i + 28), 32);
	sum[32] = 0;
	buf_free(&archive);
	for (i = 0; i < sizeof forms / sizeof *forms; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
		snprintf(text, sizeof text, forms[i], sum);
#pragma GCC diagnostic pop
		for (k = 0; i == 1 && text[k]; k++)
			if (text[k] >= 'a')
				text[k] = (char)(text[k] - 32);
		recipe.main_md5 = text;
		x3p_make(&archive, &recipe);
		ck_assert_int_eq(scan_read(archive.data, archive.size, &usual, &s, NULL), 0);
		surface_free(&s);
		buf_free(&archive);
	}
}
END_TEST

START_TEST(bad_archives)
{
	static const struct archive_file secret = { "main.xml", "<a/>", 4, "secret" };
	static const struct archive_file twice[] = {
		{ "a/main.xml", "<a/>", 4, NULL }, { "b/main.xml", "<a/>", 4, NULL } };
	static const struct archive_file none = { "readme.txt", "hello", 5, NULL };
	static const struct archive_file again = { "BINDATA/DATA.BIN", "hello", 5, NULL };
	struct x3p_recipe doubled = { .more = &again, .more_count = 1 };
	struct x3p_recipe lost = { .point_link = "bindata/other.bin" };
	struct x3p_recipe no_link = { .point_link = "-", .point_md5 = "-" };
	struct buf archive = { 0 };

	archive_make(&archive, &secret, 1);
	assert_refused(&archive, "main.xml in the archive is encrypted");
	buf_free(&archive);
	archive_make(&archive, twice, 2);
	assert_refused(&archive, "main.xml twice");
	buf_free(&archive);
	archive_make(&archive, &none, 1);
	assert_refused(&archive, "without main.xml");
	buf_free(&archive);
	refuse_made(&doubled, "holds 'bindata/data.bin' twice");
	refuse_made(&lost, "names 'bindata/other.bin', which the archive lacks");
	refuse_made(&no_link, "names no file");
}
END_TEST

static void refuse_document(const char *text, const char *words)
{
	struct archive_file file = { "main.xml", text, strlen(text), NULL };
	struct buf archive = { 0 };

	archive_make(&archive, &file, 1);
	assert_refused(&archive, words);
	buf_free(&archive);
}

START_TEST(bad_documents)
{
	static const char laughs[] = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x \"ha\">"
		"<!ENTITY y \"&x;&x;&x;&x;&x;&x;&x;&x;\"><!ENTITY z \"&y;&y;&y;&y;&y;&y;&y;&y;\">]>"
		"<a><Record1><FeatureType>&z;</FeatureType></Record1></a>";
	static const char outside[] = "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>";
	char *long_text = malloc(3000000);
	size_t i;

	ck_assert_ptr_nonnull(long_text);
	refuse_document(laughs, "document type");
	refuse_document(outside, "document type");
	refuse_document("<a>&nbsp;</a>", "undefined entity");
	refuse_document("<a><b></a>", "line 1: mismatched tag");
	refuse_document("<a>", "no element found");
	refuse_document("not xml", "main.xml, line 1");
	refuse_document("<?xml version=\"1.0\" encoding=\"UTF-7\"?><a/>", "encoding");
	refuse_document("<a/>", "no axes");
	strcpy(long_text, "<a>");
	for (i = 0; i < 100; i++)
		strcat(long_text, "<a>");
	refuse_document(long_text, "nested too deep");
	strcpy(long_text, "<a><Record1><FeatureType>");
	memset(long_text + strlen(long_text), 'S', 5000);
	strcpy(long_text + 5020, "</FeatureType></Record1></a>");
	refuse_document(long_text, "too long");
	/* one endless comment: expat would hold all of it */
	memset(long_text, 'c', 3000000);
	memcpy(long_text, "<!--", 4);
	long_text[2999999] = 0;
	refuse_document(long_text, "a tag or comment of more than 1000000 bytes");
	free(long_text);
}
END_TEST

/* declared sizes are bounded before memory is taken or anything is unpacked */
START_TEST(bombs)
{
	static const struct {
		struct x3p_recipe recipe;
		uint32_t declared;
		const char *words;
	} cases[] = {
		{ { .size = "<SizeX>22400</SizeX><SizeY>22400</SizeY>" }, 0, "22400 x 22400 points are more than" },
		{ { .size = "<SizeX>9000000000000000000</SizeX><SizeY>9000000000000000000</SizeY>" }, 0, "more than" },
		{ { .size = "<SizeX>4294967297</SizeX><SizeY>1</SizeY>" }, 0, "more than" },
		{ { .size = "<SizeX>20000</SizeX><SizeY>20000</SizeY>" }, 3200000000u, "would unpack to 3200000000 bytes" },
		{ { .size = "<SizeX>10000</SizeX><SizeY>10000</SizeY>" }, 800000000u,
		  "to 800000000 bytes, as no scan does" },
		{ { .size = "<SizeX>1000</SizeX><SizeY>1000</SizeY>" }, 8000000u, "bindata/data.bin" },
	};
	struct buf archive = { 0 };
	size_t i;

	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		x3p_make(&archive, &cases[i].recipe);
		if (cases[i].declared)
			archive_declare(&archive, "bindata/data.bin", cases[i].declared);
		assert_refused(&archive, cases[i].words);
		buf_free(&archive);
	}
	x3p_make(&archive, &(struct x3p_recipe){ 0 });
	archive_declare(&archive, "main.xml", 4000000000u);
	assert_refused(&archive, "main.xml would unpack to 4000000000 bytes");
	buf_free(&archive);
}
END_TEST

/* a file that unpacks to more than it declares is stopped there */
START_TEST(more_than_declared)
{
	size_t size = 30000000;
	double *z = calloc(size, 1);
	struct x3p_recipe recipe = { .points = z, .points_size = size };
	struct buf archive = { 0 };

	ck_assert_ptr_nonnull(z);
	x3p_make(&archive, &recipe);
	archive_declare(&archive, "bindata/data.bin", 48);
	assert_refused(&archive, "bindata/data.bin");
	buf_free(&archive);
	free(z);
}
END_TEST

/* an archive cut anywhere is refused */
START_TEST(cut_anywhere)
{
	static const unsigned char valid[1] = { 0xff };
	struct x3p_recipe recipe = { .valid = valid, .valid_size = 1 };
	struct buf archive = { 0 };
	size_t size;

	x3p_make(&archive, &recipe);
	for (size = 0; size < archive.size; size++) {
		unsigned char *copy = malloc(size ? size : 1);
		struct surface s;

		/* its own memory, so that a sanitizer sees any look behind the end */
		memcpy(copy, archive.data, size);
		ck_assert_msg(scan_read(copy, size, &usual, &s, NULL) == STATUS_INPUT, "cut at %zu", size);
		ck_assert_ptr_null(s.z);
		free(copy);
	}
	buf_free(&archive);
}
END_TEST

/* a flipped bit is refused, or it is in what says nothing about the surface (times, flags of the
 * archive's directory): never another surface */
START_TEST(flipped_bits)
{
	static const unsigned char valid[1] = { 0xfb };
	struct x3p_recipe recipe = { .valid = valid, .valid_size = 1 };
	struct buf archive = { 0 };
	struct surface whole, s;
	size_t at, refused = 0;
	int bit;

	x3p_make(&archive, &recipe);
	ck_assert_int_eq(scan_read(archive.data, archive.size, &usual, &whole, NULL), 0);
	for (at = 0; at < archive.size; at++)
		for (bit = 0; bit < 8; bit++) {
			archive.data[at] ^= (unsigned char)(1 << bit);
			if (scan_read(archive.data, archive.size, &usual, &s, NULL)) {
				refused++;
			} else {
				ck_assert_int_eq(memcmp(s.z, whole.z, 6 * sizeof *s.z), 0);
				ck_assert(s.spacing_x_um == whole.spacing_x_um);
				surface_free(&s);
			}
			archive.data[at] ^= (unsigned char)(1 << bit);
		}
	ck_assert_uint_gt(refused, archive.size * 4);
	surface_free(&whole);
	buf_free(&archive);
}
END_TEST

Suite *t_x3p_damage(void)
{
	Suite *s = suite_create("x3p_damage");
	TCase *c = tcase_create("refused");

	tcase_add_test(c, kinds);
	tcase_add_test(c, contradictions);
	tcase_add_test(c, irregular_grids);
	tcase_add_test(c, all_missing);
	tcase_add_test(c, wrong_checksums);
	tcase_add_test(c, checksum_forms);
	tcase_add_test(c, bad_archives);
	tcase_add_test(c, bad_documents);
	tcase_add_test(c, bombs);
	tcase_add_test(c, more_than_declared);
	tcase_add_test(c, cut_anywhere);
	tcase_add_test(c, flipped_bits);
	tcase_set_timeout(c, 120);
	suite_add_tcase(s, c);
	return s;
}
