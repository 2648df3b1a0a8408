#include "environment.h"
#include "include/processes.h"
#include <stdlib.h>
#include <string.h>

extern char **environ;

static int has_name(const char *variable, const char *name, size_t length) {
    return strncmp(variable, name, length) == 0 && (variable[length] == '=' || !variable[length]);
}

// Whether one of the changes sets the variable or takes it out.
static int is_changed(const char *variable, const char *changes) {
    for (; *changes; changes += strlen(changes) + 1)
        if (has_name(variable, changes, strcspn(changes, "="))) return 1;
    return 0;
}

char **tutti_worker_environment(const char *mark, const char *changes) {
    static const char backtrace[] = "SWIFT_BACKTRACE";
    size_t count = 0, kept = 0;
    while (environ && environ[count]) count++;
    for (const char *change = changes; *change; change += strlen(change) + 1) count++;
    char **copy = malloc((count + 3) * sizeof *copy);
    if (!copy) return NULL;
    for (char **variable = environ; variable && *variable; variable++) {
        if (has_name(*variable, TUTTI_MARK, strlen(TUTTI_MARK))) continue;
        if (!is_changed(*variable, changes)) copy[kept++] = *variable;
    }
    for (const char *change = changes; *change; change += strlen(change) + 1)
        if (strchr(change, '=')) copy[kept++] = (char *)change;
    int asked = 0;
    for (size_t i = 0; i < kept; i++) asked |= has_name(copy[i], backtrace, strlen(backtrace));
    copy[kept++] = (char *)mark;
    if (!asked) copy[kept++] = "SWIFT_BACKTRACE=enable=no";
    copy[kept] = NULL;
    return copy;
}
