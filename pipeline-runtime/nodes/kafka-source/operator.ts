import { implement } from '../../engine/operator.ts'
import { SourceOperator } from '../shared/source-decoding.ts'
import { kafkaSource } from './definition.ts'

export const kafkaSourceOperator = implement(
  kafkaSource,
  // `delete` does not compile.
  (config, context) =>
    new SourceOperator({ ...config, tombstone: config.tombstone === 'skip' ? 'skip' : 'error', origin: 'topic' }, context),
)
