// What must stand in no file that others get: hosts of package registries, paths of the machine that built it, secrets.

/** Packages come from where the machine is set up to take them from. */
const REGISTRY_HOST =
  /registry\.(npmjs|yarnpkg)\.|npmjs\.(com|org)|repo1?\.maven|maven\.org|central\.sonatype|oss\.sonatype|(deb|security)\.debian\.|archive\.ubuntu\.|proxy\.golang\.|pypi\.(org|python)/i
/** Paths of the machine on which this was written. */
const MACHINE_PATH = /(?<![\w.~})\]*-])\/(?:work\/|root(?![\w-])|tmp\/flink)/
/** Keys and tokens by the forms that their makers gave them, and passwords in addresses. */
const SECRET = new RegExp(
  [
    // At the end of a line, or with the key on it.
    '-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----(?:\\\\n|\\s)*(?:[A-Za-z0-9+/]{20}|$)',
    '\\bAKIA[0-9A-Z]{16}\\b',
    '\\bgh[pousr]_[A-Za-z0-9]{36}\\b|\\bgithub_pat_\\w{22,}',
    '\\bnpm_[A-Za-z0-9]{36}\\b|_authToken\\s*=\\s*[\\w$-]*[A-Za-z0-9]{8}',
    '\\bxox[abprs]-[A-Za-z0-9-]{10,}',
    '\\bAIza[\\w-]{35}\\b',
    '\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}',
    '\\bhttps?://[^\\s/:@"\'`<>${}()]+:[^\\s/:@"\'`<>${}()]+@[\\w.-]',
  ].join('|'),
)

export const LEAKS = [
  ['registry-host', REGISTRY_HOST, "names a package registry; the machine's own settings say where packages come from"],
  ['machine-path', MACHINE_PATH, 'names a path of the machine it was written on'],
  ['secret', SECRET, 'holds a key, a token or a password'],
]
