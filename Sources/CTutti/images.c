#define _GNU_SOURCE
#include "include/processes.h"
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

// The segment of an image that holds `count` bytes at `address`, all readable and, when asked,
// executable.
static int holds(const struct dl_phdr_info *image, uintptr_t address, size_t count, int flags) {
    for (int i = 0; i < image->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &image->dlpi_phdr[i];
        if (segment->p_type != PT_LOAD || (segment->p_flags & flags) != (unsigned)flags) continue;
        uintptr_t start = image->dlpi_addr + segment->p_vaddr;
        if (address >= start && address - start <= segment->p_memsz
            && segment->p_memsz - (address - start) >= count)
            return 1;
    }
    return 0;
}

struct search {
    uintptr_t address, base;
    const char *name;
    size_t count;
    int flags, found;
};

static int by_address(struct dl_phdr_info *image, size_t size, void *argument) {
    struct search *search = argument;
    (void)size;
    if (!holds(image, search->address, search->count, search->flags)) return 0;
    search->name = image->dlpi_name;
    search->base = image->dlpi_addr;
    return search->found = 1;
}

static int by_name(struct dl_phdr_info *image, size_t size, void *argument) {
    struct search *search = argument;
    (void)size;
    if (strcmp(image->dlpi_name, search->name) != 0) return 0;
    search->base = image->dlpi_addr;
    return search->found = 1;
}

int tutti_image_holding(const void *address, const char **name, uintptr_t *base) {
    struct search search = {.address = (uintptr_t)address, .count = 1, .flags = PF_R};
    dl_iterate_phdr(by_address, &search);
    *name = search.name;
    *base = search.base;
    return search.found;
}

int tutti_image_named(const char *name, uintptr_t *base) {
    struct search search = {.name = name};
    dl_iterate_phdr(by_name, &search);
    *base = search.base;
    return search.found;
}

uint64_t tutti_image_number(const char *name) {
    uint64_t number = 0xcbf29ce484222325;  // FNV-1a
    for (; *name; name++) number = (number ^ (unsigned char)*name) * 0x100000001b3;
    return number;
}

struct numbered {
    uint64_t number;
    uintptr_t base;
};

static int by_number(struct dl_phdr_info *image, size_t size, void *argument) {
    struct numbered *numbered = argument;
    (void)size;
    if (tutti_image_number(image->dlpi_name) != numbered->number) return 0;
    numbered->base = image->dlpi_addr;
    return 1;
}

int tutti_image_numbered(uint64_t number, uintptr_t *base) {
    struct numbered numbered = {.number = number};
    int found = dl_iterate_phdr(by_number, &numbered);
    *base = numbered.base;
    return found;
}

static int mapped(uintptr_t address, size_t count, int flags, uintptr_t base) {
    struct search search = {.address = address, .count = count, .flags = flags};
    dl_iterate_phdr(by_address, &search);
    return search.found && search.base == base;
}

// The start of every context descriptor of a nominal type (swift/ABI/Metadata.h): flags, parent,
// name, accessor; the last three relative to themselves.
struct type_descriptor {
    uint32_t flags;
    int32_t parent, name, accessor;
};

struct metadata_response {
    const void *metadata;
    uintptr_t state;
};
typedef __attribute__((swiftcall)) struct metadata_response (*metadata_accessor)(uintptr_t);

const void *tutti_type_at(uintptr_t base, uintptr_t offset) {
    uintptr_t address = base + offset;
    if (address % 4 || !mapped(address, sizeof(struct type_descriptor), PF_R, base)) return NULL;
    const struct type_descriptor *descriptor = (const struct type_descriptor *)address;
    uint32_t kind = descriptor->flags & 0x1F;  // 16 class, 17 struct, 18 enum
    if (kind < 16 || kind > 18 || descriptor->flags & 0x80 /* generic */) return NULL;
    uintptr_t accessor = (uintptr_t)&descriptor->accessor + (intptr_t)descriptor->accessor;
    if (!descriptor->accessor || !mapped(accessor, 1, PF_R | PF_X, base)) return NULL;
    return ((metadata_accessor)accessor)(0).metadata;
}

void tutti_build_id(char *text, size_t size) {
    const char *name = NULL;
    uintptr_t base = 0;
    const char *files[2] = {"/proc/self/exe", NULL};
    if (tutti_image_holding((const void *)&tutti_build_id, &name, &base) && name && *name)
        files[1] = name;
    size_t used = 0;
    text[0] = 0;
    for (int i = 0; i < 2 && files[i] && used < size; i++) {
        struct stat s;
        if (stat(files[i], &s) < 0) continue;
        used += (size_t)snprintf(text + used, size - used, "%s%llx.%llx.%llx.%llx.%lx",
                                 i ? "+" : "", (unsigned long long)s.st_dev,
                                 (unsigned long long)s.st_ino, (unsigned long long)s.st_size,
                                 (unsigned long long)s.st_mtim.tv_sec, s.st_mtim.tv_nsec);
    }
}
