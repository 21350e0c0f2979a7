/* signature.c - the electronic signature of one mark, as it is in memory */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sign/signature.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *const mark_names[MARKS] = { "breech-face", "firing-pin", "ejector", "shear", "land" };

static const char *const meta_names[METAS] = {
	"id", "exhibit", "case", "country", "calibre", "firearm_class", "specimen", "cast", "taken",
	"land", "lands", "twist", "source", "spacing_um", "spacing_from", "region", "quality", "method"
};

static int find(const char *const *names, int count, const char *name)
{
	for (int i = 0; i < count; i++)
		if (*names[i] == *name && !strcmp(names[i], name))
			return i;
	return -1;
}

const char *mark_name(enum mark m)
{
	return mark_names[m];
}

int mark_find(const char *name)
{
	return find(mark_names, MARKS, name);
}

int mark_striated(enum mark m)
{
	return m == MARK_LAND || m == MARK_SHEAR;
}

const char *meta_name(enum meta m)
{
	return meta_names[m];
}

int meta_find(const char *name)
{
	return find(meta_names, METAS, name);
}

int signature_text_check(enum meta key, const char *text, struct error *e)
{
	if (strlen(text) >= SIGNATURE_TEXT)
		return error_set(e, STATUS_INPUT, "%s: longer than %d bytes", meta_name(key), SIGNATURE_TEXT - 1);
	for (const char *p = text; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return error_set(e, STATUS_INPUT, "%s: holds a control character", meta_name(key));
	return STATUS_DONE;
}

int signature_set(struct signature *s, enum meta key, const char *text, struct error *e)
{
	char *copy = NULL;

	if (text && *text) {
		int status = signature_text_check(key, text, e);

		if (status)
			return status;
		copy = mem_text(text, e);
		if (!copy)
			return STATUS_SYSTEM;
	}
	free(s->meta[key]);
	s->meta[key] = copy;
	return STATUS_DONE;
}

const char *signature_meta(const struct signature *s, enum meta key)
{
	return s->meta[key] ? s->meta[key] : "";
}

int signature_room(struct signature *s, int width, int height, unsigned layers, struct error *e)
{
	size_t n;

	if (width < 1 || height < 1 || width > SIGNATURE_POINTS_MAX || height > SIGNATURE_POINTS_MAX ||
	    (int64_t)width * height > SIGNATURE_POINTS_MAX)
		return error_set(e, STATUS_INPUT, "a signature of %d x %d points", width, height);
	n = (size_t)width * (size_t)height;
	s->width = width;
	s->height = height;
	s->on = mem_new(n, sizeof *s->on, e);
	if (!s->on)
		return STATUS_SYSTEM;
	for (int k = 0; k < LAYERS; k++)
		if (layers >> k & 1 && !(s->layer[k] = mem_new(n, sizeof *s->layer[k], e)))
			return STATUS_SYSTEM;
	return STATUS_DONE;
}

int signature_land_code(struct signature *s, const uint64_t *filed, size_t size, struct error *e)
{
	uint64_t *copy = mem_new(size, sizeof *copy, e);

	if (!copy)
		return STATUS_SYSTEM;
	memcpy(copy, filed, size * sizeof *copy);
	free(s->land_code);
	s->land_code = copy;
	s->land_code_size = size;
	return STATUS_DONE;
}

int signature_fine_code(struct signature *s, const struct fine_code *code, struct error *e)
{
	if (!s->fine && !(s->fine = mem_new(1, sizeof *s->fine, e)))
		return STATUS_SYSTEM;
	*s->fine = *code;
	return STATUS_DONE;
}

void signature_free(struct signature *s)
{
	for (int k = 0; k < METAS; k++)
		free(s->meta[k]);
	for (int k = 0; k < LAYERS; k++)
		free(s->layer[k]);
	free(s->on);
	free(s->fine);
	free(s->land_code);
	memset(s, 0, sizeof *s);
}
