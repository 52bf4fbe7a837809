// Which addresses of the internet Ordo may call: those that everybody can reach, and none of its own network.
import { BlockList, isIPv4, isIPv6 } from 'node:net'

// IANA special-purpose registry (RFC 6890 and its updates): everything that is not a host of the public internet.
const CLOSED_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

// Of IPv6 only global unicast is open, less what embeds or tunnels other addresses (Teredo and ORCHID, 6to4) and documentation.
const CLOSED_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closed_v4 = new BlockList()
for (const [net, prefix] of CLOSED_V4) closed_v4.addSubnet(net, prefix, 'ipv4')
const open_v6 = new BlockList()
open_v6.addSubnet('2000::', 3, 'ipv6')
const closed_v6 = new BlockList()
for (const [net, prefix] of CLOSED_V6) closed_v6.addSubnet(net, prefix, 'ipv6')

/**
 * Whether `address`, an IPv4 or IPv6 literal without brackets, is a host of the public internet. Loopback, private, link-local, shared,
 * multicast, IPv4-mapped and translated addresses are not; neither is text that is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed_v4.check(address, 'ipv4')
  if (!isIPv6(address) || address.includes('%')) return false
  return open_v6.check(address, 'ipv6') && !closed_v6.check(address, 'ipv6')
}
