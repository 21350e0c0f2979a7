/* x3p_xml.h - main.xml of an X3P archive */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef SCAN_X3P_XML_H
#define SCAN_X3P_XML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "scan/x3p_points.h"

/* What is told while the document is read. Anything but STATUS_DONE ends the reading. */
struct x3p_listener {
	/* A list of points begins; the header is known. */
	int (*list)(void *context, struct error *e);
	/* A point of it: its text, which may be changed. */
	int (*datum)(void *context, char *text, struct error *e);
	void *context;
};

struct x3p_xml;

/* Fills *header, which must outlive it. NULL: no memory. */
struct x3p_xml *x3p_xml_open(struct x3p_header *header, const struct x3p_listener *listener,
			     struct error *e);

/* The next piece of the document; `last` with the last one. STATUS_INPUT: not XML, or XML that no
 * main.xml needs: a document type, entities, elements nested too deep, texts too long, a value
 * twice, a value after the points that it describes. */
int x3p_xml_feed(struct x3p_xml *x, const unsigned char *bytes, size_t size, bool last, struct error *e);

/* NULL is allowed. */
void x3p_xml_close(struct x3p_xml *x);

#endif
