/* base64.h - bytes as text of 64 letters */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/buf.h"

/* Adds the bytes in base64 (RFC 4648, section 4), filled up with '=', without line ends. */
int base64_add(struct buf *to, const void *bytes, size_t size, struct error *e);

#endif
