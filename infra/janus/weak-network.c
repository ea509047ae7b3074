/* A weak network in front of the media server, for tests: each browser's connection gets so many bits per second in each
   direction and loses so many of a hundred datagrams. Needs neither root nor a kernel with netem. The file named by
   WEAK_NETWORK holds "BITS LOSS"; while it is empty everything passes. Looked at five times a second. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define SLOTS 4096
static struct { double tokens, at; } buckets[2][SLOTS];
static double bits, loss, looked;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static void look(double t)
{
    if (t - looked < 0.2) return;
    looked = t;
    const char *path = getenv("WEAK_NETWORK");
    FILE *file = path ? fopen(path, "r") : NULL;
    double b = 0, l = 0;
    if (file) {
        if (fscanf(file, "%lf %lf", &b, &l) != 2) b = l = 0;
        fclose(file);
    }
    bits = b;
    loss = l;
}

/* A leaky bucket with a queue of 300 ms: what does not fit is dropped, as a full router does. */
static int lost(int direction, const struct sockaddr *peer, size_t bytes)
{
    double t = now();
    look(t);
    if (bits <= 0 || !peer || peer->sa_family != AF_INET) return 0;
    if (drand48() * 100 < loss) return 1;
    int slot = ntohs(((const struct sockaddr_in *)peer)->sin_port) % SLOTS;
    double most = bits * 0.3, tokens = buckets[direction][slot].tokens + (t - buckets[direction][slot].at) * bits;
    if (tokens > most) tokens = most;
    buckets[direction][slot].at = t;
    double cost = (bytes + 28) * 8.0;
    int full = tokens < cost;
    buckets[direction][slot].tokens = full ? tokens : tokens - cost;
    return full;
}

static size_t length(const struct msghdr *m)
{
    size_t sum = 0;
    for (size_t i = 0; i < m->msg_iovlen; i++) sum += m->msg_iov[i].iov_len;
    return sum;
}

ssize_t sendmsg(int fd, const struct msghdr *m, int flags)
{
    static ssize_t (*real)(int, const struct msghdr *, int);
    if (!real) real = dlsym(RTLD_NEXT, "sendmsg");
    if (m->msg_name && lost(0, m->msg_name, length(m))) return length(m);
    return real(fd, m, flags);
}

int sendmmsg(int fd, struct mmsghdr *m, unsigned count, int flags)
{
    for (unsigned i = 0; i < count; i++) {
        ssize_t sent = sendmsg(fd, &m[i].msg_hdr, flags);
        if (sent < 0) return i ? (int)i : -1;
        m[i].msg_len = sent;
    }
    return count;
}

ssize_t sendto(int fd, const void *data, size_t size, int flags, const struct sockaddr *peer, socklen_t peer_size)
{
    static ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);
    if (!real) real = dlsym(RTLD_NEXT, "sendto");
    if (peer && lost(0, peer, size)) return size;
    return real(fd, data, size, flags, peer, peer_size);
}

ssize_t recvmsg(int fd, struct msghdr *m, int flags)
{
    static ssize_t (*real)(int, struct msghdr *, int);
    if (!real) real = dlsym(RTLD_NEXT, "recvmsg");
    socklen_t room = m->msg_namelen;
    for (;;) {
        m->msg_namelen = room;
        ssize_t got = real(fd, m, flags);
        if (got < 0 || !m->msg_name || !lost(1, m->msg_name, got)) return got;
    }
}
