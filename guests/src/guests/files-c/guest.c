// Tries what a guest must and must not do with files. Calls the host itself: wasi-libc would tidy paths up first.
// Each query item is `operation=path`, the path percent-encoded and relative to the mount (`at=<fd>`, first 3);
// each answers one line `operation path errno`. The operations are in guests/README.md.
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wasi/api.h>

static __wasi_fd_t at = 3;
static __wasi_lookupflags_t follow = __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW;

static int open_at(const char *path, __wasi_oflags_t how, __wasi_rights_t rights, __wasi_fd_t *fd) {
    return __wasi_path_open(at, follow, path, how, rights, rights, 0, fd);
}

static int say_content(const char *path) {
    static char content[65536];
    __wasi_fd_t fd;
    int error = open_at(path, 0, __WASI_RIGHTS_FD_READ, &fd);
    if (error) {
        return error;
    }
    ssize_t n = read((int)fd, content, sizeof content - 1);
    printf("content %.*s\n", n > 0 ? (int)n : 0, content);
    return n < 0 ? errno : 0;
}

static int write_to(const char *path, __wasi_oflags_t how) {
    __wasi_fd_t fd;
    __wasi_size_t written;
    __wasi_ciovec_t byte = {(const uint8_t *)"x", 1};
    int error = open_at(path, how, __WASI_RIGHTS_FD_WRITE, &fd);
    return error ? error : __wasi_fd_write(fd, &byte, 1, &written);
}

static int list(const char *path) {
    static uint8_t entries[65536];
    __wasi_fd_t fd;
    __wasi_size_t used = 0;
    int error = open_at(path, __WASI_OFLAGS_DIRECTORY, __WASI_RIGHTS_FD_READDIR, &fd);
    error = error ? error : __wasi_fd_readdir(fd, entries, sizeof entries, 0, &used);
    for (size_t from = 0; !error && from + sizeof(__wasi_dirent_t) <= used;) {
        __wasi_dirent_t entry;
        memcpy(&entry, entries + from, sizeof entry);
        from += sizeof entry;
        printf("entry %.*s\n", (int)entry.d_namlen, (char *)entries + from);
        from += entry.d_namlen;
    }
    return error;
}

static int say_link(const char *path) {
    static uint8_t target[4096];
    __wasi_size_t used = 0;
    int error = __wasi_path_readlink(at, path, target, sizeof target, &used);
    if (!error) {
        printf("target %.*s\n", (int)used, (char *)target);
    }
    return error;
}

static int stat_of(const char *path) {
    __wasi_filestat_t stat;
    int error = __wasi_path_filestat_get(at, follow, path, &stat);
    if (!error) {
        printf("size %llu type %d\n", (unsigned long long)stat.size, stat.filetype);
    }
    return error;
}

static int with_libc(const char *path) {
    char content[64];
    int fd = open(path, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, content, sizeof content);
    if (n >= 0) {
        printf("content %.*s\n", (int)n, content);
    }
    return n < 0 ? errno : 0;
}

/** As many files as the host lets it: -1 does not come, what comes instead does. */
static int open_many(const char *path) {
    __wasi_fd_t fd;
    int error = 0, opened = 0;
    while (opened < 100000 && !(error = open_at(path, 0, __WASI_RIGHTS_FD_READ, &fd))) {
        opened++;
    }
    printf("opened %d\n", opened);
    return error;
}

static void preopens(void) {
    __wasi_prestat_t prestat;
    for (__wasi_fd_t fd = 3; __wasi_fd_prestat_get(fd, &prestat) == 0; fd++) {
        char name[256] = "";
        int error = __wasi_fd_prestat_dir_name(fd, (uint8_t *)name, prestat.u.dir.pr_name_len);
        printf("preopen %u %s %d\n", fd, name, error);
    }
}

static int attempt(const char *operation, const char *path) {
    if (!strcmp(operation, "read")) return say_content(path);
    if (!strcmp(operation, "libc")) return with_libc(path);
    if (!strcmp(operation, "many")) return open_many(path);
    if (!strcmp(operation, "list")) return list(path);
    if (!strcmp(operation, "stat")) return stat_of(path);
    if (!strcmp(operation, "readlink")) return say_link(path);
    if (!strcmp(operation, "write")) return write_to(path, 0);
    if (!strcmp(operation, "create")) return write_to(path, __WASI_OFLAGS_CREAT);
    if (!strcmp(operation, "truncate")) return write_to(path, __WASI_OFLAGS_TRUNC);
    if (!strcmp(operation, "unlink")) return __wasi_path_unlink_file(at, path);
    if (!strcmp(operation, "rmdir")) return __wasi_path_remove_directory(at, path);
    if (!strcmp(operation, "mkdir")) return __wasi_path_create_directory(at, path);
    if (!strcmp(operation, "rename")) return __wasi_path_rename(at, path, at, "renamed");
    if (!strcmp(operation, "link")) return __wasi_path_link(at, 0, path, at, "linked");
    if (!strcmp(operation, "symlink")) return __wasi_path_symlink(path, at, "symlinked");
    if (!strcmp(operation, "touch")) {
        return __wasi_path_filestat_set_times(at, follow, path, 0, 0, __WASI_FSTFLAGS_MTIM_NOW);
    }
    return -1;
}

static void decode(char *text) {
    char *to = text;
    for (char *from = text; *from; from++, to++) {
        unsigned byte;
        if (*from == '%' && sscanf(from + 1, "%2x", &byte) == 1) {
            *to = (char)byte;
            from += 2;
        } else {
            *to = *from;
        }
    }
    *to = '\0';
}

int main(void) {
    const char *query = getenv("QUERY_STRING");
    char *items = strdup(query ? query : "");
    printf("Content-Type: text/plain\n\n");
    preopens();
    for (char *item; (item = strsep(&items, "&"));) {
        char *path = strchr(item, '=');
        if (!path) {
            continue;
        }
        *path++ = '\0';
        decode(path);
        if (!strcmp(item, "at")) {
            at = (__wasi_fd_t)atoi(path);
        } else if (!strcmp(item, "follow")) {
            follow = atoi(path) ? __WASI_LOOKUPFLAGS_SYMLINK_FOLLOW : 0;
        } else {
            printf("%s %s %d\n", item, path, attempt(item, path));
        }
    }
    return 0;
}
