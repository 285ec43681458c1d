import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const lockfile = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>
}
const packages = Object.entries(lockfile.packages)

// A registry that lacks the packages of other platforms makes npm leave them out, and then `npm ci` refuses the lockfile everywhere.
test('every optional package of every platform is locked', () => {
  const missing = packages.flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in lockfile.packages) && !(`${place}/node_modules/${name}` in lockfile.packages),
    ),
  )
  expect(missing).toEqual([])
})

test('the lockfile names no host', () => {
  expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})
