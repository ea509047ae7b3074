/* Shows loopback interfaces as ordinary ones, so that Janus offers their addresses. For closed test networks only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <ifaddrs.h>
#include <net/if.h>

int getifaddrs(struct ifaddrs **list)
{
    int (*real)(struct ifaddrs **) = (int (*)(struct ifaddrs **))dlsym(RTLD_NEXT, "getifaddrs");
    int result = real(list);
    if (result == 0)
        for (struct ifaddrs *i = *list; i; i = i->ifa_next) i->ifa_flags &= ~IFF_LOOPBACK;
    return result;
}
