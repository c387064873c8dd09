// Says what it was given and obeys the query string: the table of commands is in guests/README.md.
// flags: -Wl,-z,stack-size=65536
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <wasi/api.h>

extern char **environ;

// ---- Output: nothing leaves before the buffer is full, `flush` or the end.

static char buffer[8192];
static size_t filled;
static bool head_begun, head_done, silent;
static const char *content_type = "text/plain";

static void write_all(int fd, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t n = write(fd, bytes, length);
        if (n < 0) {
            exit(120);
        }
        bytes += n;
        length -= (size_t)n;
    }
}

static void flush(void) {
    write_all(1, buffer, filled);
    filled = 0;
}

static void raw(const char *bytes, size_t length) {
    while (length > 0) {
        size_t room = sizeof buffer - filled;
        size_t n = length < room ? length : room;
        memcpy(buffer + filled, bytes, n);
        filled += n;
        bytes += n;
        length -= n;
        if (filled == sizeof buffer) {
            flush();
        }
    }
}

static void raw_text(const char *text) {
    raw(text, strlen(text));
}

static void head_line(const char *name, const char *value) {
    if (!head_begun && *content_type) {
        raw_text("Content-Type: ");
        raw_text(content_type);
        raw_text("\n");
    }
    head_begun = true;
    raw_text(name);
    raw_text(value);
    raw_text("\n");
}

static void body(const char *bytes, size_t length) {
    if (!head_done) {
        head_line("", "");
        head_done = true;
    }
    raw(bytes, length);
}

static void text(const char *text) {
    body(text, strlen(text));
}

static void number(const char *name, long long value) {
    char line[80];
    snprintf(line, sizeof line, "%s %lld\n", name, value);
    text(line);
}

static void result(const char *name, int failed) {
    number(name, failed ? errno : 0);
}

static void escaped(const char *bytes) {
    for (; *bytes; bytes++) {
        unsigned char c = (unsigned char)*bytes;
        char hex[5];
        snprintf(hex, sizeof hex, c < 0x20 || c > 0x7e || c == '\\' ? "\\x%02x" : "%c", c);
        text(hex);
    }
}

// ---- What the guest was given.

static int argument_count;
static char **arguments;

static void say_env(const char *value) {
    (void)value;
    for (char **entry = environ; entry && *entry; entry++) {
        text("env ");
        escaped(*entry);
        text("\n");
    }
}

static void say_args(const char *value) {
    (void)value;
    for (int i = 0; i < argument_count; i++) {
        text("arg ");
        escaped(arguments[i]);
        text("\n");
    }
}

static char *stdin_bytes;
static size_t stdin_length;
static bool stdin_read;

static void read_stdin(void) {
    size_t room = 0;
    ssize_t n = 1;
    while (!stdin_read && n > 0) {
        if (room - stdin_length < 4096) {
            room = room * 2 + 8192;
            stdin_bytes = realloc(stdin_bytes, room);
        }
        n = read(0, stdin_bytes + stdin_length, room - stdin_length);
        stdin_length += n > 0 ? (size_t)n : 0;
    }
    stdin_read = true;
}

static void say_stdin(const char *value) {
    (void)value;
    read_stdin();
    number("stdin", (long long)stdin_length);
    body(stdin_bytes, stdin_length);
}

static void report(const char *value) {
    say_env(value);
    say_args(value);
    say_stdin(value);
}

static void echo(const char *value) {
    (void)value;
    read_stdin();
    body(stdin_bytes, stdin_length);
}

static void slowread(const char *value) {
    static char piece[65536];
    size_t most = (size_t)atoi(value);
    ssize_t n;
    do {
        n = read(0, piece, most < sizeof piece ? most : sizeof piece);
        number("piece", n);
        flush();
    } while (n > 0);
}

// ---- The head and the body.

static void set_type(const char *value) {
    content_type = value;
}

static void add_status(const char *value) {
    head_line("Status: ", value);
}

static void add_header(const char *value) {
    head_line(value, "");
}

static void raw_head(const char *value) {
    raw_text(value);
    head_begun = head_done = silent = true;
}

static void nothing(const char *value) {
    (void)value;
    silent = true;
}

static void say_text(const char *value) {
    text(value);
    silent = true;
}

static void say_body(const char *value) {
    static const char block[] = "abcdefghijklmnopqrstuvwxyz012345";
    silent = true;
    text("");
    for (long long left = atoll(value); left > 0; left -= 32) {
        body(block, left < 32 ? (size_t)left : 32);
    }
}

static void do_flush(const char *value) {
    (void)value;
    flush();
}

// ---- Time, and ways to end.

static long long nanos(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void say_clock(const char *value) {
    (void)value;
    number("realtime", nanos(CLOCK_REALTIME));
    number("monotonic", nanos(CLOCK_MONOTONIC));
}

static void sleep_for(const char *value) {
    long ms = atol(value);
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&time, NULL);
}

static void spin(const char *value) {
    long long end = nanos(CLOCK_MONOTONIC) + atoll(value) * 1000000;
    while (nanos(CLOCK_MONOTONIC) < end) {
    }
}

static volatile unsigned sink;

static void loop(const char *value) {
    (void)value;
    for (;;) {
        sink++;
    }
}

static void trap(const char *value) {
    (void)value;
    __builtin_trap();
}

static void out_of_bounds(const char *value) {
    (void)value;
    *(volatile char *)(__builtin_wasm_memory_size(0) * 65536UL - 1 + sink + 1) = 1;
}

static __attribute__((noinline)) unsigned deeper(unsigned left) {
    if (left == 0) {
        return sink;
    }
    unsigned below = deeper(left - 1);
    return below + sink + 1; // sink is volatile, so this is no tail call
}

static void recurse(const char *value) {
    number("recursed", deeper(*value ? (unsigned)atol(value) : 0xffffffffU));
}

static void end(const char *value) {
    flush();
    _Exit(atoi(value));
}

// ---- Memory.

static void grow(const char *value) {
    size_t pages = (size_t)atol(value);
    size_t before = __builtin_wasm_memory_grow(0, pages);
    number("grow", before == SIZE_MAX ? -1 : (long long)before);
    if (before == SIZE_MAX) {
        return;
    }
    long long dirty = 0;
    for (size_t i = 0; i < pages * 65536; i += 8) {
        volatile long long *word = (volatile long long *)(before * 65536 + i);
        dirty += *word != 0;
        *word = 0x5ec4e75ec4e7LL;
    }
    number("dirty", dirty);
}

static char remembered[256];

static void remember(const char *value) {
    strncpy(remembered, value, sizeof remembered - 1);
}

static void recall(const char *value) {
    (void)value;
    text("recalled ");
    escaped(remembered);
    text("\n");
}

static void count(const char *value) {
    (void)value;
    static int counter;
    number("count", ++counter);
}

// ---- Log, files and the rest of the host.

static void log_text(const char *value) {
    write_all(2, value, strlen(value));
}

static void log_bytes(const char *value) {
    for (long left = atol(value); left > 0; left -= 64) {
        write_all(2, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n", left < 64 ? (size_t)left : 64);
    }
}

static void read_file(const char *value) {
    static char content[65536];
    int fd = open(value, O_RDONLY);
    ssize_t n = fd < 0 ? -1 : read(fd, content, sizeof content);
    result("read", n < 0);
    if (n >= 0) {
        number("file", n);
        body(content, (size_t)n);
        text("\n");
    }
}

static void write_file(const char *value) {
    int fd = open(value, O_WRONLY | O_CREAT, 0666);
    result("write", fd < 0 || write(fd, "x", 1) < 0);
}

static void list(const char *value) {
    DIR *directory = opendir(value);
    result("list", directory == NULL);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        text("entry ");
        escaped(entry->d_name);
        text("\n");
    }
}

static void isatty_all(const char *value) {
    (void)value;
    for (int fd = 0; fd < 3; fd++) {
        number("tty", isatty(fd));
    }
}

static void random_bytes(const char *value) {
    unsigned char bytes[256];
    size_t n = (size_t)atoi(value) % (sizeof bytes + 1);
    getentropy(bytes, n);
    text("random ");
    for (size_t i = 0; i < n; i++) {
        char hex[3];
        snprintf(hex, sizeof hex, "%02x", bytes[i]);
        text(hex);
    }
    text("\n");
}

static void close_fd(const char *value) {
    number("close", __wasi_fd_close((__wasi_fd_t)atoi(value)));
}

static void sockets(const char *value) {
    (void)value;
    char byte;
    __wasi_size_t size;
    __wasi_roflags_t flags;
    __wasi_iovec_t in = {(uint8_t *)&byte, 1};
    __wasi_ciovec_t out = {(uint8_t *)&byte, 1};
    number("sock_recv", __wasi_sock_recv(3, &in, 1, 0, &size, &flags));
    number("sock_send", __wasi_sock_send(3, &out, 1, 0, &size));
    number("sock_shutdown", __wasi_sock_shutdown(3, __WASI_SDFLAGS_RD));
}

static void yield(const char *value) {
    (void)value;
    number("yield", __wasi_sched_yield());
}

// ---- The commands.

static const struct {
    const char *name;
    void (*obey)(const char *value);
} commands[] = {
    {"env", say_env},         {"args", say_args},         {"stdin", say_stdin},   {"report", report},
    {"echo", echo},           {"slowread", slowread},     {"type", set_type},     {"status", add_status},
    {"header", add_header},   {"head", raw_head},         {"nothing", nothing},   {"text", say_text},
    {"body", say_body},       {"flush", do_flush},        {"clock", say_clock},   {"sleep", sleep_for},
    {"spin", spin},           {"loop", loop},             {"trap", trap},         {"oob", out_of_bounds},
    {"recurse", recurse},     {"exit", end},              {"grow", grow},         {"remember", remember},
    {"recall", recall},       {"count", count},           {"stderr", log_text},   {"log", log_bytes},
    {"read", read_file},      {"write", write_file},      {"list", list},         {"isatty", isatty_all},
    {"random", random_bytes}, {"close", close_fd},        {"sock", sockets},      {"yield", yield},
};

static int hex_digit(char c) {
    const char *digits = "0123456789abcdef";
    const char *found = c ? strchr(digits, c | 0x20) : NULL;
    return found ? (int)(found - digits) : -1;
}

static void decode(char *value) {
    char *to = value;
    for (char *from = value; *from; from++) {
        if (from[0] == '%' && hex_digit(from[1]) >= 0 && hex_digit(from[2]) >= 0) {
            *to++ = (char)(hex_digit(from[1]) << 4 | hex_digit(from[2]));
            from += 2;
        } else {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static void obey(char *item) {
    char *equals = strchr(item, '=');
    char *value = equals ? equals + 1 : item + strlen(item);
    size_t name_length = (size_t)((equals ? equals : value) - item);
    decode(value);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strlen(commands[i].name) == name_length && memcmp(commands[i].name, item, name_length) == 0) {
            commands[i].obey(value);
        }
    }
}

int main(int count_of_arguments, char **argv) {
    argument_count = count_of_arguments;
    arguments = argv;
    const char *query = getenv("QUERY_STRING");
    char *items = strdup(query ? query : "");
    for (char *item; (item = strsep(&items, "&"));) {
        obey(item);
    }
    if (!head_done && !silent) {
        report("");
    }
    flush();
    return 0;
}
