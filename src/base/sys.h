/*
 * sys.h - the system calls that may fail, each with a place to make it fail
 *
 * The other modules of base/ make their calls here and nowhere else, so a
 * test can fail the Nth call of any kind with any errno.  Interrupted calls
 * are made again; a full pipe is waited for.
 */
#ifndef BASE_SYS_H
#define BASE_SYS_H

#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

enum sys_call {
	SYS_OPEN = 1,
	SYS_READ = 2,
	SYS_WRITE = 4, /* to files */
	SYS_PRINT = 8, /* to the terminal or pipe: base/out.c */
	SYS_STAT = 16,
	SYS_SYNC = 32,
	SYS_CLOSE = 64,
	SYS_RENAME = 128,
	SYS_UNLINK = 256,
	SYS_MKDIR = 512,
	SYS_TRUNCATE = 1024,
	SYS_LOCK = 2048,
	SYS_ANY = 4095
};

/* For sys_fail_at(): reads and writes do half of what they were asked. */
#define SYS_SHORT (-1)

/*
 * sys_fail_at - makes call number @nth from now among @calls fail with @error
 *
 * @calls is a set of enum sys_call; with @onward all later ones fail too;
 * @nth = 0 ends it.  A failing close() closes nevertheless, as Linux does.
 */
void sys_fail_at(unsigned calls, uint64_t nth, bool onward, int error);

/* sys_calls - calls of the chosen kinds since sys_fail_at() */
uint64_t sys_calls(void);

/* These are open(2) and so on.  Errors: -1 and errno. */
int sys_open(int dir, const char *name, int flags); /* new files: 0600 */
int sys_close(int fd);
ssize_t sys_read(int fd, void *bytes, size_t length);
int sys_stat(int fd, struct stat *st);
int sys_stat_name(int dir, const char *name, struct stat *st); /* no follow */
int sys_sync(int fd);                                          /* fsync */
int sys_sync_data(int fd);                                     /* fdatasync */
int sys_rename(int dir, const char *from, const char *to);
int sys_unlink(int dir, const char *name);
int sys_mkdir(const char *path); /* 0700, whatever the umask */
int sys_truncate(int fd, off_t length);
int sys_lock(int fd); /* exclusive, does not wait: EWOULDBLOCK */

/* sys_write_all - writes everything; @as is SYS_WRITE or SYS_PRINT */
int sys_write_all(int fd, const char *bytes, size_t length, enum sys_call as);

#endif
