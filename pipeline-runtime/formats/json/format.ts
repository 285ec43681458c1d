import { z } from 'zod'
import type { Format } from '../format.ts'
import { JsonDecoder } from './decode.ts'
import { JsonEncoder } from './encode.ts'
import { inferJson } from './infer.ts'
import { lineFramer } from './lines.ts'

const options = z
  .strictObject({
    type: z.literal('json').meta({ title: 'Format', description: 'One JSON object per row.' }),
  })
  .meta({ title: 'JSON', description: 'One JSON object per row.' })

export const jsonFormat: Format<'json', typeof options> = {
  name: 'json',
  title: 'JSON',
  description: 'One JSON object per row; in a file, one object per line.',
  options,
  framer: () => lineFramer,
  decoder: (columns) => new JsonDecoder(columns),
  encoder: (columns) => new JsonEncoder(columns),
  infer: (records) => inferJson(records),
}
