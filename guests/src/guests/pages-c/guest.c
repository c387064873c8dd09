// Dirties an exact number of 4 KiB pages: for measuring resets. No libc, so nothing else is written.
// Its entrypoints are touch_1, touch_8 and touch_64.
// flags: -nostdlib -Wl,--no-entry
#include <stdint.h>

enum { PAGE = 4096 };

__attribute__((import_module("wasi_snapshot_preview1"), import_name("fd_write"))) int
fd_write(int fd, const uint32_t *slices, int count, uint32_t *written);

static const char answer[] = "Content-Type: text/plain\n\ntouched\n";

// The first page also takes what the call to the host needs.
static uint32_t pages[64][PAGE / 4] __attribute__((aligned(PAGE)));

static void touch(int count) {
    for (int i = 0; i < count; i++) {
        *(volatile uint32_t *)&pages[i][7] = 1;
    }
    pages[0][0] = (uint32_t)answer;
    pages[0][1] = sizeof answer - 1;
    fd_write(1, pages[0], 1, &pages[0][2]);
}

__attribute__((export_name("touch_1"))) void touch_1(void) {
    touch(1);
}

__attribute__((export_name("touch_8"))) void touch_8(void) {
    touch(8);
}

__attribute__((export_name("touch_64"))) void touch_64(void) {
    touch(64);
}
