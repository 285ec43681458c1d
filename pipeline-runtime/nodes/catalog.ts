import type { NodeKind } from '../spec/node-kind.ts'
import { fileSink } from './file-sink/definition.ts'
import { fileSource } from './file-source/definition.ts'
import { filter } from './filter/definition.ts'
import { kafkaSink } from './kafka-sink/definition.ts'
import { kafkaSource } from './kafka-source/definition.ts'
import { select } from './select/definition.ts'
import { tableSink } from './table-sink/definition.ts'
import { union } from './union/definition.ts'
import { windowAggregate } from './window-aggregate/definition.ts'

/** All kinds of nodes, in the order of the palette. A new kind is one line here and one in `operators.ts`. */
export const kinds = [kafkaSource, fileSource, filter, select, windowAggregate, union, kafkaSink, fileSink, tableSink] as const

/** The kinds by their names. */
export type Catalog = { readonly [K in (typeof kinds)[number] as K['kind']]: K }

export type KindName = keyof Catalog

/** Undefined for a kind that this version does not have. */
export function kindNamed(name: string): NodeKind | undefined {
  return kinds.find((kind) => kind.kind === name)
}
