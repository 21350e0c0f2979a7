/* x3p_xml.c - main.xml of an X3P archive */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan/x3p_xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <expat.h>

#include "base/mem.h"
#include "base/num.h"

#define DEPTH_MAX 16
#define PATH_MAX_BYTES 512
/* What expat may hold of an unfinished tag, comment or text. */
#define TOKEN_MAX 1000000

enum field_kind { FIELD_TEXT, FIELD_REAL, FIELD_SIZE, FIELD_REMARK /* its beginning is enough */ };

/* Elements by their path below the root; names without namespace prefix. */
static const struct field {
	const char *path;
	enum field_kind kind;
	size_t offset;
	bool late;     /* may stand after the list of points */
} fields[] = {
#define TEXT(path, member) { path, FIELD_TEXT, offsetof(struct x3p_header, member), false }
#define REAL(path, member) { path, FIELD_REAL, offsetof(struct x3p_header, member), false }
#define SIZE(path, member) { path, FIELD_SIZE, offsetof(struct x3p_header, member), false }
#define LATE(path, member) { path, FIELD_TEXT, offsetof(struct x3p_header, member), true }
#define AXIS(name, i) \
	TEXT("Record1/Axes/" name "/AxisType", axis[i].type), \
	TEXT("Record1/Axes/" name "/DataType", axis[i].data), \
	REAL("Record1/Axes/" name "/Increment", axis[i].increment), \
	REAL("Record1/Axes/" name "/Offset", axis[i].offset)
	TEXT("Record1/FeatureType", feature),
	{ "Record2/Comment", FIELD_REMARK, offsetof(struct x3p_header, comment), true },
	AXIS("CX", AXIS_X),
	AXIS("CY", AXIS_Y),
	AXIS("CZ", AXIS_Z),
	REAL("Record1/Axes/Rotation/r11", rotation[0]),
	REAL("Record1/Axes/Rotation/r12", rotation[1]),
	REAL("Record1/Axes/Rotation/r13", rotation[2]),
	REAL("Record1/Axes/Rotation/r21", rotation[3]),
	REAL("Record1/Axes/Rotation/r22", rotation[4]),
	REAL("Record1/Axes/Rotation/r23", rotation[5]),
	REAL("Record1/Axes/Rotation/r31", rotation[6]),
	REAL("Record1/Axes/Rotation/r32", rotation[7]),
	REAL("Record1/Axes/Rotation/r33", rotation[8]),
	SIZE("Record3/MatrixDimension/SizeX", size[0]),
	SIZE("Record3/MatrixDimension/SizeY", size[1]),
	SIZE("Record3/MatrixDimension/SizeZ", size[2]),
	SIZE("Record3/ListDimension", list),
	TEXT("Record3/DataLink/PointDataLink", point_link),
	TEXT("Record3/DataLink/MD5ChecksumPointData", point_md5),
	TEXT("Record3/DataLink/ValidPointsLink", valid_link),
	TEXT("Record3/DataLink/MD5ChecksumValidPoints", valid_md5),
	LATE("Record3/Mask/Background", background),
	LATE("Record4/ChecksumFile", checksum_file),
};
#define FIELDS (sizeof fields / sizeof *fields)
enum { NOWHERE = -1, IN_DATUM = -2 };

struct x3p_xml {
	XML_Parser parser;
	struct x3p_header *header;
	struct x3p_listener listener;
	char path[PATH_MAX_BYTES];
	size_t path_end[DEPTH_MAX + 1];  /* length of the path at each depth */
	int depth;
	int where;                       /* a field's number, NOWHERE or IN_DATUM */
	bool given[FIELDS];
	char text[X3P_TEXT];
	size_t length;
	uint64_t fed;
	struct error *e;
	int status;
};

static void stop(struct x3p_xml *x, int status)
{
	x->status = status;
	XML_StopParser(x->parser, XML_FALSE);
}

static void go_to(struct x3p_xml *x)
{
	size_t i;

	x->where = NOWHERE;
	if (x->header->text && !strcmp(x->path, "Record3/DataList/Datum")) {
		x->where = IN_DATUM;
		return;
	}
	for (i = 0; i < FIELDS; i++)
		if (!strcmp(x->path, fields[i].path)) {
			x->where = (int)i;
			return;
		}
}

static void on_start(void *context, const XML_Char *name, const XML_Char **attributes)
{
	struct x3p_xml *x = context;
	const char *colon = strrchr(name, ':');
	size_t at = x->depth ? x->path_end[x->depth] : 0, n;

	(void)attributes;
	if (x->status)
		return;
	if (colon)
		name = colon + 1;
	n = strlen(name);
	if (x->depth == DEPTH_MAX || at + n + 2 > sizeof x->path) {
		stop(x, error_set(x->e, STATUS_INPUT, "elements nested too deep in main.xml"));
		return;
	}
	/* the root's own name is no part of the path: it differs from writer to writer */
	if (x->depth++ == 0)
		n = 0;
	else if (at)
		x->path[at++] = '/';
	memcpy(x->path + at, name, n);
	x->path[at + n] = 0;
	x->path_end[x->depth] = at + n;
	x->length = 0;
	if (!strcmp(x->path, "Record3/DataList")) {
		if (x->header->text || x->header->point_link[0]) {
			stop(x, error_set(x->e, STATUS_INPUT, "two lists of points in main.xml"));
			return;
		}
		x->header->text = true;
		n = (size_t)x->listener.list(x->listener.context, x->e);
		if (n)
			stop(x, (int)n);
	}
	go_to(x);
}

static int set_field(struct x3p_xml *x, const struct field *f, char *text)
{
	char *to = (char *)x->header + f->offset;
	struct error own;
	int status = STATUS_DONE;

	if (f->kind == FIELD_REMARK) {
		memcpy(to, text, strlen(text) + 1);
		return STATUS_DONE;
	}
	if (x->given[f - fields])
		return error_set(x->e, STATUS_INPUT, "%s stands twice in main.xml", f->path);
	if (x->header->text && !f->late)
		return error_set(x->e, STATUS_INPUT, "%s stands after the points in main.xml", f->path);
	x->given[f - fields] = true;
	if (f->kind == FIELD_TEXT) {
		memcpy(to, text, strlen(text) + 1);
		return STATUS_DONE;
	}
	if (!*text)  /* as good as absent */
		return STATUS_DONE;
	if (f->kind == FIELD_REAL)
		status = num_real(text, -HUGE_VAL, HUGE_VAL, (double *)to, &own);
	else
		status = num_integer(text, 1, INT64_MAX, (int64_t *)to, &own);
	if (status)
		return error_set(x->e, STATUS_INPUT, "%s in main.xml: %.200s", f->path, own.text);
	return STATUS_DONE;
}

static char *trimmed(struct x3p_xml *x)
{
	char *text = x->text;

	x->text[x->length] = 0;
	while (x->length && strchr(" \t\r\n", x->text[x->length - 1]))
		x->text[--x->length] = 0;
	return text + strspn(text, " \t\r\n");
}

static void on_end(void *context, const XML_Char *name)
{
	struct x3p_xml *x = context;
	int status = STATUS_DONE;

	(void)name;
	if (x->status)
		return;
	if (x->where == IN_DATUM)
		status = x->listener.datum(x->listener.context, trimmed(x), x->e);
	else if (x->where != NOWHERE)
		status = set_field(x, &fields[x->where], trimmed(x));
	if (status)
		stop(x, status);
	x->where = NOWHERE;
	x->depth--;
	x->path[x->depth ? x->path_end[x->depth] : 0] = 0;
}

static void on_text(void *context, const XML_Char *text, int length)
{
	struct x3p_xml *x = context;

	if (x->where == NOWHERE || x->status)
		return;
	if ((size_t)length > sizeof x->text - 1 - x->length) {
		if (x->where >= 0 && fields[x->where].kind == FIELD_REMARK)
			return;
		stop(x, error_set(x->e, STATUS_INPUT, "a value in main.xml is too long: %.100s", x->path));
		return;
	}
	memcpy(x->text + x->length, text, (size_t)length);
	x->length += (size_t)length;
}

static void on_doctype(void *context, const XML_Char *name, const XML_Char *system,
		       const XML_Char *public, int internal)
{
	struct x3p_xml *x = context;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	if (!x->status)
		stop(x, error_set(x->e, STATUS_INPUT, "main.xml has a document type (and so, maybe, "
				  "entities), which no X3P file needs"));
}

/* windows-1252 and other encodings that agree with ASCII in its characters, which are all that
 * is looked at: each byte is taken as a character. */
static int on_encoding(void *context, const XML_Char *name, XML_Encoding *encoding)
{
	int i;

	(void)context;
	if (!strncmp(name, "UTF-", 4) || !strncmp(name, "utf-", 4) || !strncmp(name, "UCS", 3))
		return XML_STATUS_ERROR;
	for (i = 0; i < 256; i++)
		encoding->map[i] = i;
	encoding->data = NULL;
	encoding->convert = NULL;
	encoding->release = NULL;
	return XML_STATUS_OK;
}

struct x3p_xml *x3p_xml_open(struct x3p_header *header, const struct x3p_listener *listener,
			     struct error *e)
{
	struct x3p_xml *x = mem_new(1, sizeof *x, e);
	int i;

	if (!x)
		return NULL;
	x->parser = XML_ParserCreate(NULL);
	if (!x->parser) {
		error_memory(e);
		free(x);
		return NULL;
	}
	memset(header, 0, sizeof *header);
	for (i = 0; i < 3; i++)
		header->axis[i].increment = header->axis[i].offset = NAN;
	for (i = 0; i < 9; i++)
		header->rotation[i] = NAN;
	x->header = header;
	x->listener = *listener;
	x->where = NOWHERE;
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, on_start, on_end);
	XML_SetCharacterDataHandler(x->parser, on_text);
	XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
	XML_SetUnknownEncodingHandler(x->parser, on_encoding, NULL);
	return x;
}

int x3p_xml_feed(struct x3p_xml *x, const unsigned char *bytes, size_t size, bool last, struct error *e)
{
	enum XML_Error code;

	x->e = e;
	if (size > TOKEN_MAX)
		return error_set(e, STATUS_SYSTEM, "a piece of %zu bytes", size);
	if (XML_Parse(x->parser, (const char *)bytes, (int)size, last) == XML_STATUS_ERROR) {
		if (x->status)
			return x->status;
		code = XML_GetErrorCode(x->parser);
		if (code == XML_ERROR_NO_MEMORY)
			return error_memory(e);
		return error_set(e, STATUS_INPUT, "main.xml, line %lu: %s",
				 (unsigned long)XML_GetCurrentLineNumber(x->parser), XML_ErrorString(code));
	}
	x->fed += size;
	if (x->fed > (uint64_t)XML_GetCurrentByteIndex(x->parser) + TOKEN_MAX + size)
		return error_set(e, STATUS_INPUT, "main.xml holds a tag or comment of more than %d bytes",
				 TOKEN_MAX);
	return STATUS_DONE;
}

void x3p_xml_close(struct x3p_xml *x)
{
	if (!x)
		return;
	XML_ParserFree(x->parser);
	free(x);
}
