// Which addresses a webhook may be sent to. Whoever names an endpoint could otherwise make the
// sender call what only this machine or its network can reach: databases, clouds' metadata. The
// address is judged when the connection is made, after every resolution, so that a name which
// first points outside and then inside gains nothing.
import dns from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { buildConnector } from "undici";

const CONNECT_MS = 10_000;

/** https://www.iana.org/assignments/iana-ipv4-special-registry: everything not global. */
const SPECIAL_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];
/**
 * Of IPv6 only global unicast is let through, less what carries other addresses (Teredo, 6to4) or
 * is for documents. Mapped IPv4 (::ffff:…) and NAT64 lie outside it.
 */
const GLOBAL_V6 = ["2000::", 3] as const;
const SPECIAL_V6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

const REFUSED = new BlockList();
for (const [net, bits] of SPECIAL_V4) REFUSED.addSubnet(net, bits, "ipv4");
for (const [net, bits] of SPECIAL_V6) REFUSED.addSubnet(net, bits, "ipv6");
const GLOBAL = new BlockList();
GLOBAL.addSubnet(...GLOBAL_V6, "ipv6");

/** Why a connection was not made. */
class PrivateAddress extends Error {
  override name = "PrivateAddress";
  readonly code = "private_address";
}

/** Whether an address, without brackets, is one that anybody on the Internet can reach. */
export function isPublicAddress(address: string): boolean {
  const plain = address.replace(/%.*$/, "");
  switch (isIP(plain)) {
    case 4:
      return !REFUSED.check(plain, "ipv4");
    case 6:
      return GLOBAL.check(plain, "ipv6") && !REFUSED.check(plain, "ipv6");
    default:
      return false;
  }
}

/** The address that a URL's host spells out, in whatever base; null for a name. */
export function literalAddress(url: URL): string | null {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  return isIP(host) === 0 ? null : host;
}

type Resolve = (
  hostname: string,
  options: dns.LookupAllOptions,
  callback: (error: Error | null, addresses: dns.LookupAddress[]) => void,
) => void;

/** Connects to public addresses only. `resolve` is the machine's resolver. */
export function guardedConnector(resolve: Resolve = dns.lookup): buildConnector.connector {
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true } as dns.LookupAllOptions, (error, addresses) => {
      if (error !== null) return callback(error, "");
      const open = addresses.filter(({ address }) => isPublicAddress(address));
      const [first] = open;
      if (first === undefined) return callback(refusal(hostname, addresses[0]?.address), "");
      if (options.all) return callback(null, open);
      return callback(null, first.address, first.family);
    });
  };
  const connect = buildConnector({ lookup, timeout: CONNECT_MS } as buildConnector.BuildOptions);
  return (options, callback) => {
    // An address in place of a name is never looked up.
    const literal = options.hostname.replace(/^\[|\]$/g, "");
    if (isIP(literal) !== 0 && !isPublicAddress(literal)) {
      return callback(refusal(options.hostname, literal), null);
    }
    return connect(options, callback);
  };
}

/** Connects to whatever the endpoint names. */
export function openConnector(): buildConnector.connector {
  return buildConnector({ timeout: CONNECT_MS } as buildConnector.BuildOptions);
}

function refusal(hostname: string, address = "no address"): PrivateAddress {
  const message = `${hostname} is ${address}, which is not a public address`;
  return new PrivateAddress(message);
}
