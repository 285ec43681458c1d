import { implement } from '../../engine/operator.ts'
import { SourceOperator } from '../shared/source-decoding.ts'
import { fileSource } from './definition.ts'

export const fileSourceOperator = implement(
  fileSource,
  (config, context) => new SourceOperator({ ...config, tombstone: 'error', origin: 'file' }, context),
)
