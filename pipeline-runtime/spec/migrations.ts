import { DOCUMENT_FORMAT } from './document.ts'
import { isJsonObject, type JsonObject } from './json.ts'
import type { NodeKind } from './node-kind.ts'

/** A pure function on plain JSON from one format of the document to the next. */
export type FormatMigration = (document: JsonObject) => JsonObject

/** `formatMigrations[i]` leads from format i+1 to i+2. Append only; each old format has a frozen document under `test/migrations/`. */
export const formatMigrations: readonly FormatMigration[] = []

export interface MigratedNode {
  readonly index: number
  readonly kind: string
  readonly from: number
}

export interface Migrated {
  readonly json: JsonObject
  /** Whose config was changed by a migration. */
  readonly nodes: readonly MigratedNode[]
}

/** From any older format to the newest. The input is not changed. */
export function migrateFormat(json: JsonObject, format: number, migrations: readonly FormatMigration[] = formatMigrations): JsonObject {
  let current = structuredCloneJson(json)
  for (let from = format; from <= migrations.length; from++) {
    const migration = migrations[from - 1]
    if (migration !== undefined) current = { ...migration(current), format: from + 1 }
  }
  return current
}

/** Brings the configs of known kinds to their newest versions and the `kinds` header with them. The input is not changed. */
export function migrateKinds(json: JsonObject, kinds: readonly NodeKind[]): Migrated {
  const header = isJsonObject(json.kinds) ? { ...json.kinds } : {}
  const migrated: MigratedNode[] = []
  const nodes = Array.isArray(json.nodes) ? [...json.nodes] : undefined
  for (const kind of kinds) {
    const from = header[kind.kind]
    if (typeof from !== 'number' || !Number.isInteger(from) || from < 1 || from >= kind.version) continue
    header[kind.kind] = kind.version
    nodes?.forEach((node: unknown, index) => {
      if (!isJsonObject(node) || node.kind !== kind.kind || (node.config !== undefined && !isJsonObject(node.config))) return
      let config: JsonObject = structuredCloneJson(node.config ?? {})
      for (const migration of kind.migrations.slice(from - 1)) config = migration(config)
      nodes[index] = { ...node, config }
      migrated.push({ index, kind: kind.kind, from })
    })
  }
  return {
    json: { ...json, ...(isJsonObject(json.kinds) ? { kinds: header } : {}), ...(nodes === undefined ? {} : { nodes }) },
    nodes: migrated,
  }
}

/** What is wrong with the chains: each version has to be reached from the one before it. Empty when all is well. */
export function migrationGaps(
  kinds: readonly NodeKind[],
  migrations: readonly FormatMigration[] = formatMigrations,
  format: number = DOCUMENT_FORMAT,
): string[] {
  const gaps: string[] = []
  if (migrations.length !== format - 1) gaps.push(`Format ${format} needs ${format - 1} migrations, there are ${migrations.length}.`)
  for (const { kind, version, migrations: own } of kinds) {
    if (!Number.isInteger(version) || version < 1) gaps.push(`The version of ${kind} has to be 1 or more.`)
    else if (own.length !== version - 1) gaps.push(`${kind} ${version} needs ${version - 1} migrations, there are ${own.length}.`)
  }
  return gaps
}

/**
 * Names (without ending) of the frozen documents that have to exist: `format-1`, `filter-1`. One for each version of the format, and for
 * each version of a kind that a migration leads on from; so a new kind needs none.
 */
export function frozenDocuments(kinds: readonly NodeKind[], format: number = DOCUMENT_FORMAT): string[] {
  const upTo = (name: string, version: number): string[] => Array.from({ length: version }, (_, index) => `${name}-${index + 1}`)
  return [...upTo('format', format), ...kinds.flatMap(({ kind, version }) => upTo(kind, version - 1))]
}

function structuredCloneJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}
