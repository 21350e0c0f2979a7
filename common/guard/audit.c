/* audit.c - the trail: each line holds the hash of the one before */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guard/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "file/lock.h"
#include "guard/audit_line.h"
#include "guard/lines.h"

#define WAIT_S 30
#define ROOM_KEPT (512 << 10)    /* some two thousand lines */
#define ROOM_LEAST (128 << 10)

/* Where the next line goes and what it must hold. The chain goes on from what the head remembers of
 * the last line, not from what stands in the file: a line that was changed or cut off at the end
 * stays visible as a break for ever, and is not made good by the next that writes.
 *
 * The head is written after the line, so it may be behind by the lines of a process that was killed
 * (they are walked), and, because neither is flushed for a read, before them after the machine
 * stopped: then lines behind `flushed` are missing, and that is written down and not taken for a cut. */
struct trail {
	const struct folder *folder;
	int fd, head_fd;
	int64_t end;
	struct audit_head head;    /* as the file should say now */
	char note[160];            /* what must be put on record before the next line */
};

/* sodium_init is for what draws random numbers, and ends the process where there are none; a hash
 * needs none, and is the same without it. */
void audit_hash(const void *line, size_t size, char out[AUDIT_HASH])
{
	unsigned char hash[32];

	crypto_generichash(hash, sizeof hash, line, size, NULL, 0);
	sodium_bin2hex(out, AUDIT_HASH, hash, sizeof hash);
}

/* Which start of the machine this is; "-" when it cannot be told. */
static void read_boot(char out[40])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, out, 36);

	if (fd >= 0)
		close(fd);
	memcpy(out + (n == 36 ? 36 : 0), n == 36 ? "" : "-", n == 36 ? 1 : 2);
	if (strspn(out, "0123456789abcdef-") != strlen(out))
		memcpy(out, "-", 2);
}

static int write_head(struct trail *t, struct error *e)
{
	char text[AUDIT_HEAD_SIZE + 1];
	int n = snprintf(text, sizeof text, "%016lld %016lld %016lld %s %-36s\n", (long long)t->head.lines,
			 (long long)t->head.size, (long long)t->head.flushed, t->head.hash, t->head.boot);

	if (n != AUDIT_HEAD_SIZE)
		return error_set(e, STATUS_SYSTEM, AUDIT_HEAD ": cannot be put in words");
	if (pwrite(t->head_fd, text, AUDIT_HEAD_SIZE, 0) != AUDIT_HEAD_SIZE)
		return error_system(e, AUDIT_HEAD ": cannot write");
	return STATUS_DONE;
}

/* The number and hash of the last line of the file; 0 for its header. */
static int read_last(struct trail *t, int64_t *n, char hash[AUDIT_HASH], struct error *e)
{
	struct buf line = { 0 };
	int status = lines_last(t->fd, t->end, &line, e);

	if (!status && t->end > 0) {
		audit_hash(line.data, line.size, hash);
		/* a line that is none is left for audit_verify to name; the head knows the number */
		*n = audit_line_number((const char *)line.data, line.size);
	}
	buf_free(&line);
	return status;
}

/* True where the lines from the head's size on are links of the chain that it remembers; the head
 * then moves to the last of them. */
static bool walk_on(struct trail *t)
{
	struct audit_reader *r;
	struct audit_line line;
	struct audit_head h = t->head;
	bool holds = audit_reader_from(&r, t->fd, h.size, t->end) == STATUS_DONE;
	int status = STATUS_INPUT;

	while (holds && !(status = audit_next(r, &line, NULL))) {
		holds = line.n == h.lines + 1 && !strcmp(line.before, h.hash);
		h.lines = line.n;
		memcpy(h.hash, line.hash, sizeof h.hash);
	}
	audit_reader_close(r);
	if (!holds || status != STATUS_NO)
		return false;
	h.size = t->end;
	t->head = h;
	return true;
}

/* The trail is shorter than the head says. */
static void shorter(struct trail *t, int64_t last, const char *hash, const char *boot)
{
	if (last < t->head.flushed || last >= t->head.lines || !strcmp(boot, t->head.boot))
		return;   /* cut off: the chain goes on from the head, and shows it */
	snprintf(t->note, sizeof t->note, "lines %lld to %lld were not on the disk when the machine stopped",
		 (long long)last + 1, (long long)t->head.lines);
	t->head.lines = last;
	memcpy(t->head.hash, hash, AUDIT_HASH);
}

/* Finds out how the file and the head stand to each other. */
static int settle(struct trail *t, struct error *e)
{
	char hash[AUDIT_HASH] = "", boot[40];
	struct error own;
	int64_t last = 0;
	size_t torn;
	int status = lines_settle(t->folder, AUDIT_FILE, t->fd, &t->end, &torn, e);
	bool had_head;

	if (!status)
		status = read_last(t, &last, hash, e);
	if (status)
		return status;
	read_boot(boot);
	status = audit_read_head(t->folder, &t->head, &own);
	if (status && status != STATUS_NO)
		return error_set(e, own.status, "%s", own.text);
	had_head = status == STATUS_DONE;
	if (!had_head) {
		if (last > 0)
			snprintf(t->note, sizeof t->note, "no " AUDIT_HEAD ": lines that were cut off here "
				 "would not be known");
		else
			audit_hash(AUDIT_COLUMNS, strlen(AUDIT_COLUMNS), hash);
		memset(&t->head, 0, sizeof t->head);
		t->head.lines = last > 0 ? last : 0;
		t->head.size = t->end;
		memcpy(t->head.hash, hash, sizeof hash);
	} else if (t->head.size > t->end) {
		shorter(t, last, hash, boot);
	} else if (t->head.size < t->end) {
		walk_on(t);
	}
	if (torn)
		snprintf(t->note, sizeof t->note, "%zu bytes of an unfinished line are set aside in "
			 AUDIT_FILE ".torn", torn);
	memcpy(t->head.boot, boot, sizeof boot);
	/* before the first line, so that there never is a line without a head; where lines are there and
	 * the head is gone, it comes after the note that says so */
	return had_head || *t->note ? STATUS_DONE : write_head(t, e);
}

/* No line, no answer: so that a disk that others have filled does not keep officers from reading, room for lines
 * is the trail's own before it is needed. A file system that cannot do that, or is full already, gives none, and
 * then lines are refused as soon as it is. */
static void keep_room(const struct trail *t)
{
	struct stat st;

	if (!fstat(t->fd, &st) && (int64_t)st.st_blocks * 512 - t->end < ROOM_LEAST)
		(void)!fallocate(t->fd, FALLOC_FL_KEEP_SIZE, t->end, ROOM_KEPT);
}

/* One line at the end of the trail, and the head after it. */
static int append(struct trail *t, const struct audit_entry *entry, bool flush, struct error *e)
{
	struct buf line = { 0 };
	size_t from;
	int status = STATUS_DONE;

	if (t->end == 0)
		status = buf_text(&line, AUDIT_COLUMNS "\n", e);
	from = line.size;
	if (!status)
		status = audit_line_put(&line, t->head.lines + 1, entry, t->head.hash, e);
	if (!status)
		status = lines_append(t->fd, t->end, line.data, line.size, flush, e);
	if (status)
		goto out;
	t->end += (int64_t)line.size;
	t->head.lines++;
	t->head.size = t->end;
	if (flush)
		t->head.flushed = t->head.lines;
	audit_hash(line.data + from, line.size - from - 1, t->head.hash);
	status = write_head(t, e);
	keep_room(t);
out:
	buf_free(&line);
	return status;
}

int audit_write(const struct folder *f, const struct audit_entry *entry, bool flush, int64_t *n,
		struct error *e)
{
	struct trail t = { .folder = f, .fd = -1, .head_fd = -1 };
	struct audit_entry note = *entry;
	int status;

	status = folder_file(f, AUDIT_FILE, O_RDWR | O_CREAT, &t.fd, e);
	if (!status)
		status = lock_take(t.fd, LOCK_EXCLUSIVE, WAIT_S, e);
	if (!status)
		status = folder_file(f, AUDIT_HEAD, O_RDWR | O_CREAT, &t.head_fd, e);
	if (!status)
		status = settle(&t, e);
	if (!status && *t.note) {
		note.action = "trail";
		note.what = t.note;
		note.purpose = "";
		note.of = 0;
		note.count = -1;
		note.outcome = "noted";
		status = append(&t, &note, true, e);
	}
	if (!status)
		status = append(&t, entry, flush, e);
	if (!status && n)
		*n = t.head.lines;
	if (t.head_fd >= 0)
		close(t.head_fd);
	if (t.fd >= 0)
		close(t.fd);   /* also gives the lock back */
	if (status)
		return e ? error_within(e, "the audit trail") : status;
	return STATUS_DONE;
}
