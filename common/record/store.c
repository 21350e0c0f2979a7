/* store.c - a file of tables, number to bytes, kept as a cache (LMDB) */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "record/store.h"

#include <errno.h>
#include <fcntl.h>
#include <lmdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "guard/privilege.h"
#include "record/gate.h"

#define ROOM (UINT64_C(1) << 30)

struct store {
	const struct folder *folder;
	const char *name;
	const struct store_table *tables;
	uint64_t room;
	MDB_env *env;
	MDB_txn *txn;
	MDB_dbi dbi[STORE_TABLES];
	MDB_cursor *cursor[STORE_TABLES];
	bool opened;        /* dbi are set */
	bool write, grew;
	bool stamped;       /* what is being written to is the file that others find */
	struct gate gate;   /* fd -1: in memory */
	int memory;         /* descriptor; -1: on the disk */
	struct error why;   /* it is in memory */
};

static int failed(int r, const char *what, struct error *e)
{
	bool damaged = r == MDB_CORRUPTED || r == MDB_PAGE_NOTFOUND || r == MDB_INVALID || r == MDB_INCOMPATIBLE ||
		       r == MDB_VERSION_MISMATCH || r == MDB_PANIC || r == MDB_BAD_VALSIZE;

	return error_set(e, damaged ? STATUS_INPUT : STATUS_SYSTEM, "index: %s: %s", what, mdb_strerror(r));
}

static int make_env(struct store *s, struct error *e)
{
	int r = mdb_env_create(&s->env);

	if (!r)
		r = mdb_env_set_maxdbs(s->env, STORE_TABLES);
	if (!r)
		r = mdb_env_set_maxreaders(s->env, 1000);
	if (!r)
		r = mdb_env_set_mapsize(s->env, s->room);
	return r ? failed(r, "cannot be prepared", e) : STATUS_DONE;
}

static void drop_env(struct store *s)
{
	if (s->env)
		mdb_env_close(s->env);
	s->env = NULL;
	s->opened = false;
}

/* LMDB maps the file and trusts it: one that was cut would end the process. */
static int check_whole(struct store *s, struct error *e)
{
	struct stat st;
	MDB_envinfo info;
	MDB_stat tree;
	int fd;

	if (mdb_env_get_fd(s->env, &fd) || fstat(fd, &st) || mdb_env_info(s->env, &info) ||
	    mdb_env_stat(s->env, &tree))
		return error_set(e, STATUS_INPUT, "index: cannot be looked at");
	if ((uint64_t)st.st_size < ((uint64_t)info.me_last_pgno + 1) * tree.ms_psize)
		return error_set(e, STATUS_INPUT, "index: it was cut");
	return STATUS_DONE;
}

/* STATUS_INPUT: what is there is no store. */
static int open_env(struct store *s, bool known_boot, struct error *e)
{
	unsigned flags = MDB_NOSUBDIR | MDB_NOTLS | (known_boot ? MDB_NOSYNC : 0);
	char path[FOLDER_PATH], lock[256];
	int fd, r, status;

	/* made first by the folder's own rules of mode and group */
	snprintf(lock, sizeof lock, "%.200s-lock", s->name);
	status = folder_file(s->folder, s->name, O_RDWR | O_CREAT, &fd, e);
	if (status)
		return status;
	close(fd);
	status = folder_file(s->folder, lock, O_RDWR | O_CREAT, &fd, e);
	if (status)
		return status;
	close(fd);
	status = make_env(s, e);
	if (!status)
		status = folder_locate(s->folder, s->name, path, e);
	if (!status)
		status = privilege_raise(e);
	if (!status) {
		r = mdb_env_open(s->env, path, flags, s->folder->mode);
		status = privilege_lower(e);
		if (!status && r)
			status = error_set(e, r == ENOSPC || r == ENOMEM || r == EACCES || r == EROFS ?
					   STATUS_SYSTEM : STATUS_INPUT, "index: %s", mdb_strerror(r));
	}
	if (!status)
		status = check_whole(s, e);
	if (status)
		drop_env(s);
	return status;
}

/* LMDB trusts what it reads, its pages have no sums, and what a damaged one leaves out would be an answer. So a file
 * that anybody else has written to is damaged. */
static int check_own(struct store *s, struct error *e)
{
	int fd;

	if (mdb_env_get_fd(s->env, &fd))
		return error_set(e, STATUS_INPUT, "index: cannot be looked at");
	return gate_foreign(&s->gate, fd) ? error_set(e, STATUS_INPUT, "index: changed by another program") : STATUS_DONE;
}

/* Who has written says so, whatever came of it. Where he cannot, it is made anew by the next. */
static int put_stamp(struct store *s, struct error *e)
{
	int fd;

	return mdb_env_get_fd(s->env, &fd) ? error_set(e, STATUS_INPUT, "index: cannot be looked at") :
	       gate_stamp(&s->gate, fd, e);
}

static int make_anew(struct store *s, bool known_boot, struct error *e)
{
	int status;

	drop_env(s);
	status = gate_throw_away(&s->gate, e);
	if (!status)
		status = open_env(s, known_boot, e);
	return status ? status : put_stamp(s, e);
}

/* Opens the files; first throws away what belongs to another start of the machine, or is damaged. */
static int open_files(struct store *s, struct error *e)
{
	bool known_boot = false;
	int status = gate_open(&s->gate, s->folder, s->name, e);

	if (!status)
		status = gate_same_boot(&s->gate, &known_boot) ? open_env(s, known_boot, e) : STATUS_INPUT;
	if (!status)
		status = check_own(s, e);
	if (status == STATUS_INPUT)
		status = make_anew(s, known_boot, e);
	if (status)
		gate_close(&s->gate);
	else
		gate_leave(&s->gate, GATE_OPENING);
	return status;
}

int store_discard(const struct folder *f, const char *name, struct error *e)
{
	struct gate gate;
	int status = gate_open(&gate, f, name, e);

	if (!status)
		status = gate_throw_away(&gate, e);
	gate_close(&gate);
	return status;
}

static int open_memory(struct store *s, struct error *e)
{
	char path[40];
	int r, status;

	s->memory = memfd_create("index", MFD_CLOEXEC);
	if (s->memory < 0)
		return error_system(e, "index: no memory for it");
	status = make_env(s, e);
	if (status)
		return status;
	snprintf(path, sizeof path, "/proc/self/fd/%d", s->memory);
	r = mdb_env_open(s->env, path, MDB_NOSUBDIR | MDB_NOTLS | MDB_NOSYNC | MDB_NOLOCK, 0600);
	if (r)
		drop_env(s);
	return r ? failed(r, "cannot be made in memory", e) : STATUS_DONE;
}

int store_open(struct store **s, const struct folder *f, const char *name,
	       const struct store_table *tables, uint64_t least_bytes, struct error *e)
{
	struct store *new = mem_new(1, sizeof *new, e);
	int status;

	*s = NULL;
	if (!new)
		return STATUS_SYSTEM;
	new->folder = f;
	new->name = name;
	new->tables = tables;
	new->memory = new->gate.fd = -1;
	new->room = least_bytes > ROOM ? (least_bytes + 4095) & ~UINT64_C(4095) : ROOM;
	status = f ? open_files(new, &new->why) : STATUS_NO;
	if (status)
		status = open_memory(new, e);
	if (status)
		store_close(new);
	else
		*s = new;
	return status;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	store_abort(s);
	drop_env(s);
	gate_close(&s->gate);
	if (s->memory >= 0)
		close(s->memory);
	free(s);
}

bool store_in_memory(const struct store *s, const struct error **why)
{
	*why = s->why.status == STATUS_SYSTEM ? &s->why : NULL;
	return s->memory >= 0;
}

bool store_grew(struct store *s)
{
	bool grew = s->grew;

	s->grew = false;
	return grew;
}

static unsigned table_flags(const struct store_table *t)
{
	return MDB_INTEGERKEY |
	       (t->kind == STORE_PAIRS ? MDB_DUPSORT | MDB_DUPFIXED | MDB_INTEGERDUP : 0);
}

static int open_tables(struct store *s)
{
	int r = 0;

	for (int i = 0; s->tables[i].name && !r; i++) {
		r = mdb_dbi_open(s->txn, s->tables[i].name, table_flags(&s->tables[i]) |
				 (s->write ? MDB_CREATE : 0), &s->dbi[i]);
	}
	return r;
}

static void close_cursors(struct store *s)
{
	for (int i = 0; s->tables[i].name; i++) {
		if (s->cursor[i])
			mdb_cursor_close(s->cursor[i]);
		s->cursor[i] = NULL;
	}
}

static int begin(struct store *s, bool write)
{
	int r = mdb_txn_begin(s->env, NULL, write ? 0 : MDB_RDONLY, &s->txn);

	if (r == MDB_MAP_RESIZED) {
		/* another process made it larger */
		r = mdb_env_set_mapsize(s->env, 0);
		if (!r)
			r = mdb_txn_begin(s->env, NULL, write ? 0 : MDB_RDONLY, &s->txn);
	}
	if (r == MDB_READERS_FULL && !mdb_reader_check(s->env, NULL))
		r = mdb_txn_begin(s->env, NULL, write ? 0 : MDB_RDONLY, &s->txn);
	return r;
}

/* The transaction is over. */
static void ended(struct store *s)
{
	s->txn = NULL;
	if (s->write && s->stamped)
		put_stamp(s, NULL);
	if (s->write)
		gate_leave(&s->gate, GATE_WRITING);
}

/* Our turn; a file that somebody else has written to is not to get our stamp. */
static int take_turn(struct store *s, bool write, struct error *e)
{
	int fd, status = gate_take(&s->gate, write ? GATE_WRITING : GATE_OPENING, e);

	if (status || !write)
		return status;
	s->stamped = false;
	if (!mdb_env_get_fd(s->env, &fd) && !gate_foreign_now(&s->gate, fd, &s->stamped))
		return STATUS_DONE;
	gate_leave(&s->gate, GATE_WRITING);
	return error_set(e, STATUS_INPUT, "index: changed by another program");
}

int store_begin(struct store *s, bool write, struct error *e)
{
	int r, status = take_turn(s, write, e);

	if (status)
		return status;
	r = begin(s, write);
	if (!write)
		gate_leave(&s->gate, GATE_OPENING);
	s->write = write;
	if (r) {
		ended(s);
		return failed(r, "cannot begin", e);
	}
	if (!s->opened) {
		r = open_tables(s);
		if (r == MDB_NOTFOUND && !write) {
			mdb_txn_abort(s->txn);
			ended(s);
			return STATUS_NO;
		}
	}
	for (int i = 0; s->tables[i].name && !r; i++)
		r = mdb_cursor_open(s->txn, s->dbi[i], &s->cursor[i]);
	if (r) {
		close_cursors(s);
		mdb_txn_abort(s->txn);
		ended(s);
		return failed(r, "cannot be read", e);
	}
	return STATUS_DONE;
}

void store_abort(struct store *s)
{
	if (!s->txn)
		return;
	close_cursors(s);
	/* tables opened in it stay open only when it does not fail */
	if (!s->write && !s->opened)
		s->opened = !mdb_txn_commit(s->txn);
	else
		mdb_txn_abort(s->txn);
	ended(s);
}

/* Full: the room is doubled, so that doing it again succeeds. */
static int put_failed(struct store *s, int r, struct error *e)
{
	if (r != MDB_MAP_FULL)
		return failed(r, "cannot be written", e);
	store_abort(s);
	s->room *= 2;
	r = mdb_env_set_mapsize(s->env, s->room);
	if (r)
		return failed(r, "cannot grow", e);
	s->grew = true;
	return error_set(e, STATUS_SYSTEM, "index: full");
}

int store_commit(struct store *s, struct error *e)
{
	int r;

	close_cursors(s);
	r = mdb_txn_commit(s->txn);
	ended(s);
	if (r)
		return put_failed(s, r, e);
	s->opened = true;
	return STATUS_DONE;
}

static int found(int r, const MDB_val *k, const MDB_val *v, uint64_t *key, const void **value, size_t *size,
		 struct error *e)
{
	if (r == MDB_NOTFOUND)
		return STATUS_NO;
	if (r)
		return failed(r, "cannot be read", e);
	if (key)
		memcpy(key, k->mv_data, sizeof *key);
	*value = v->mv_data;
	*size = v->mv_size;
	return STATUS_DONE;
}

int store_get(struct store *s, int table, uint64_t key, const void **value, size_t *size, struct error *e)
{
	MDB_val k = { sizeof key, &key }, v;

	return found(mdb_cursor_get(s->cursor[table], &k, &v, MDB_SET_KEY), &k, &v, NULL, value, size, e);
}

int store_from(struct store *s, int table, uint64_t *key, const void **value, size_t *size, struct error *e)
{
	uint64_t from = *key;
	MDB_val k = { sizeof from, &from }, v;

	return found(mdb_cursor_get(s->cursor[table], &k, &v, MDB_SET_RANGE), &k, &v, key, value, size, e);
}

int store_last(struct store *s, int table, uint64_t *key, const void **value, size_t *size, struct error *e)
{
	MDB_val k, v;

	return found(mdb_cursor_get(s->cursor[table], &k, &v, MDB_LAST), &k, &v, key, value, size, e);
}

int store_pair(struct store *s, int table, uint64_t key, bool first, uint64_t *value, struct error *e)
{
	MDB_val k = { sizeof key, &key }, v;
	const void *bytes = NULL;
	size_t size = 0;
	int status = found(mdb_cursor_get(s->cursor[table], &k, &v, first ? MDB_SET_KEY : MDB_NEXT_DUP),
			   &k, &v, NULL, &bytes, &size, e);

	if (!status)
		memcpy(value, bytes, sizeof *value);
	return status;
}

int store_put(struct store *s, int table, uint64_t key, const void *value, size_t size, struct error *e)
{
	MDB_val k = { sizeof key, &key }, v = { size, (void *)(uintptr_t)value };
	int r = mdb_cursor_put(s->cursor[table], &k, &v, 0);

	return r ? put_failed(s, r, e) : STATUS_DONE;
}

int store_room(struct store *s, int table, uint64_t key, size_t size, void **to, struct error *e)
{
	MDB_val k = { sizeof key, &key }, v = { size, NULL };
	int r = mdb_cursor_put(s->cursor[table], &k, &v, MDB_RESERVE);

	*to = v.mv_data;
	return r ? put_failed(s, r, e) : STATUS_DONE;
}

int store_put_pair(struct store *s, int table, uint64_t key, uint64_t value, struct error *e)
{
	MDB_val k = { sizeof key, &key }, v = { sizeof value, &value };
	int r = mdb_cursor_put(s->cursor[table], &k, &v, MDB_NODUPDATA);

	return r && r != MDB_KEYEXIST ? put_failed(s, r, e) : STATUS_DONE;
}

int store_clear(struct store *s, struct error *e)
{
	int r = 0;

	for (int i = 0; s->tables[i].name && !r; i++)
		r = mdb_drop(s->txn, s->dbi[i], 0);
	return r ? put_failed(s, r, e) : STATUS_DONE;
}
