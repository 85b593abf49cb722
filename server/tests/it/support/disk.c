/*
 * Stands between the program and the C library, as `LD_PRELOAD`, and is the disk of a story.
 *
 * It writes down, one record after the other, what would survive if the power went: a file as it
 * was when a sync of it began, the names in a folder likewise, each once that sync has succeeded.
 * Between them stands each answer of success, at the moment it is sent. And it refuses what a disk
 * does that is full or failing, for as long as the story wants.
 *
 *   DISK_LOG    where records go, if anywhere: a letter, two numbers, a line's end, and so many
 *               bytes as the second number says
 *   DISK_FAULT  while this file exists, what is wrong: `full`, `failing`, `before` or `after`, a
 *               space, and a path. A sync fails once, as a kernel tells of lost pages once. The
 *               process is killed before or after a sync, and its successor finds nothing wrong.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* The C library's own function of the name. */
#define REAL(type, name, ...) ((type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name))

struct bytes {
    char *at;
    size_t length;
};

/* One call, so that records of many threads and programs do not mix. */
static void record(const char *head, struct bytes body)
{
    if (!getenv("DISK_LOG"))
        return;
    int log = open(getenv("DISK_LOG"), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    struct iovec parts[] = {{(char *)head, strlen(head)}, {body.at, body.length}};
    ssize_t wanted = parts[0].iov_len + parts[1].iov_len;
    if (log < 0 || REAL(ssize_t, "writev", int, const struct iovec *, int)(log, parts, 2) != wanted)
        abort();
    close(log);
}

/* --- what is wrong ---------------------------------------------------------------------------- */

/* Whether the disk has this fault at a path. */
static int has_fault(const char *fault, const char *path)
{
    char told[4096] = {0};
    int file = open(getenv("DISK_FAULT"), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t length = read(file, told, sizeof told - 1);
    close(file);
    size_t word = strlen(fault);
    return length > (ssize_t)word && strncmp(told, fault, word) == 0 && told[word] == ' ' &&
           strncmp(path, told + word + 1, strlen(told + word + 1)) == 0;
}

static int file_has_fault(const char *fault, int fd)
{
    char link[64], path[4096] = {0};
    struct stat found;
    if (fstat(fd, &found) != 0 || S_ISSOCK(found.st_mode) || S_ISFIFO(found.st_mode))
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    return readlink(link, path, sizeof path - 1) > 0 && has_fault(fault, path);
}

/* How much of so many bytes a disk takes that is just running full: half, and of few none. */
static size_t room(int fd, size_t wanted)
{
    if (!file_has_fault("full", fd))
        return wanted;
    errno = ENOSPC;
    return wanted > 512 ? wanted / 2 : 0;
}

/* --- what is on disk for good ----------------------------------------------------------------- */

static struct bytes read_file(int fd)
{
    char link[64];
    struct stat found;
    struct bytes bytes = {NULL, 0};
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int file = open(link, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &found) != 0)
        abort();
    bytes.at = malloc(found.st_size + 1);
    for (ssize_t more = 1; more > 0 && bytes.length < (size_t)found.st_size; bytes.length += more)
        if ((more = read(file, bytes.at + bytes.length, found.st_size - bytes.length)) < 0)
            abort();
    close(file);
    return bytes;
}

/* A line for each name: its number, `d` or `f`, and the name. */
static struct bytes read_names(int fd)
{
    char path[64];
    struct bytes bytes = {NULL, 0};
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    FILE *lines = open_memstream(&bytes.at, &bytes.length);
    DIR *folder = opendir(path);
    if (!lines || !folder)
        abort();
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct stat found;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            fstatat(dirfd(folder), entry->d_name, &found, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        fprintf(lines, "%llu %c %s\n", (unsigned long long)found.st_ino,
                S_ISDIR(found.st_mode) ? 'd' : 'f', entry->d_name);
    }
    closedir(folder);
    fclose(lines);
    return bytes;
}

static void die(void)
{
    unlink(getenv("DISK_FAULT"));
    kill(getpid(), SIGKILL);
}

static int keep(int fd, const char *how)
{
    /* One after the other: the later record is the later state. */
    static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
    struct stat found;
    char head[64];
    if (fstat(fd, &found) != 0 || !(S_ISREG(found.st_mode) || S_ISDIR(found.st_mode)))
        return REAL(int, how, int)(fd);
    if (file_has_fault("failing", fd)) {
        unlink(getenv("DISK_FAULT"));
        errno = EIO;
        return -1;
    }
    if (file_has_fault("before", fd))
        die();
    pthread_mutex_lock(&turn);
    struct bytes kept = S_ISDIR(found.st_mode) ? read_names(fd) : read_file(fd);
    int done = REAL(int, how, int)(fd);
    if (done == 0) {
        snprintf(head, sizeof head, "%c %llu %zu\n", S_ISDIR(found.st_mode) ? 'd' : 'f',
                 (unsigned long long)found.st_ino, kept.length);
        record(head, kept);
    }
    free(kept.at);
    pthread_mutex_unlock(&turn);
    if (file_has_fault("after", fd))
        die();
    return done;
}

int fsync(int fd) { return keep(fd, "fsync"); }
int fdatasync(int fd) { return keep(fd, "fdatasync"); }

/* --- what is answered ------------------------------------------------------------------------- */

static void hear(const void *bytes, size_t length)
{
    static const char yes[] = "HTTP/1.1 2";
    if (length >= sizeof yes && memcmp(bytes, yes, sizeof yes - 1) == 0)
        record("a 0 0\n", (struct bytes){NULL, 0});
}

ssize_t send(int fd, const void *bytes, size_t length, int flags)
{
    hear(bytes, length);
    return REAL(ssize_t, "send", int, const void *, size_t, int)(fd, bytes, length, flags);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    if (count > 0)
        hear(parts[0].iov_base, parts[0].iov_len);
    return REAL(ssize_t, "writev", int, const struct iovec *, int)(fd, parts, count);
}

/* --- what is written -------------------------------------------------------------------------- */

ssize_t write(int fd, const void *bytes, size_t length)
{
    size_t some = room(fd, length);
    return some || !length ? REAL(ssize_t, "write", int, const void *, size_t)(fd, bytes, some) : -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at)
{
    size_t some = room(fd, length);
    return some || !length
               ? REAL(ssize_t, "pwrite", int, const void *, size_t, off_t)(fd, bytes, some, at)
               : -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t at)
{
    size_t some = room(fd, length);
    return some || !length
               ? REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t)(fd, bytes, some, at)
               : -1;
}

/* As a kernel does, which looks whether the name is there before it looks for room. */
int mkdir(const char *path, mode_t mode)
{
    struct stat found;
    if (lstat(path, &found) != 0 && has_fault("full", path)) {
        errno = ENOSPC;
        return -1;
    }
    return REAL(int, "mkdir", const char *, mode_t)(path, mode);
}
