import os from 'node:os'

const LOOPBACK = ['localhost', '127.0.0.1', '::1']

export function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/**
 * The values of a Host header that mean this server. Anything else is a name that somebody let point here (DNS rebinding): the browser
 * would take a stranger's page for ours.
 */
export function ownHosts(host: string, port: number): ReadonlySet<string> {
  const names = isLoopback(host) ? [...LOOPBACK, host] : isEveryAddress(host) ? [...LOOPBACK, os.hostname(), ...ownAddresses()] : [host]
  return new Set(names.flatMap((name) => withPort(name.toLowerCase(), port)))
}

/** Addresses under which the server is reached, the one to print first. */
export function reachableHosts(host: string): readonly string[] {
  return isEveryAddress(host) ? [...ownAddresses().filter((address) => !isLoopback(address)), '127.0.0.1'] : [host]
}

export function inUrl(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function isEveryAddress(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}

function ownAddresses(): string[] {
  return Object.values(os.networkInterfaces()).flatMap((list) =>
    (list ?? []).filter(({ scopeid }) => scopeid === undefined || scopeid === 0).map(({ address }) => address),
  )
}

/** A browser leaves the port out where it is the usual one. */
function withPort(name: string, port: number): string[] {
  return port === 80 ? [inUrl(name), `${inUrl(name)}:80`] : [`${inUrl(name)}:${port}`]
}
