import type { OperatorFactory } from '../engine/operator.ts'
import type { Catalog, KindName } from './catalog.ts'
import { fileSinkOperator } from './file-sink/operator.ts'
import { fileSourceOperator } from './file-source/operator.ts'
import { filterOperator } from './filter/operator.ts'
import { kafkaSinkOperator } from './kafka-sink/operator.ts'
import { kafkaSourceOperator } from './kafka-source/operator.ts'
import { selectOperator } from './select/operator.ts'
import { tableSinkOperator } from './table-sink/operator.ts'
import { unionOperator } from './union/operator.ts'
import { windowAggregateOperator } from './window-aggregate/operator.ts'

/** The running code of each kind; one that is missing does not compile. */
export const operators: { readonly [K in KindName]: OperatorFactory<Catalog[K]> } = {
  'kafka-source': kafkaSourceOperator,
  'file-source': fileSourceOperator,
  filter: filterOperator,
  select: selectOperator,
  'window-aggregate': windowAggregateOperator,
  union: unionOperator,
  'kafka-sink': kafkaSinkOperator,
  'file-sink': fileSinkOperator,
  'table-sink': tableSinkOperator,
}
