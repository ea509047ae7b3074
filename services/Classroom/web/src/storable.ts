// What may be kept on a device for good: files whose name says what is in them. A page, an answer of the service, anything of anybody
// never.
const place = '/classroom/files/';
const hashed = /-[\w-]{8}\.(js|mjs|css)$/;

export const mayKeep = (address: URL, own: string): boolean =>
  address.origin === own && address.pathname.startsWith(place) && !address.search && hashed.test(address.pathname);
