import { z } from 'zod'

const line = z.object({
  name: z.string(),
  /** The one that the answer is about. */
  marked: z.boolean(),
  /** One per time window, from 0 to 100, which is the highest of all lines: `24 22 0`. */
  values: z.string().transform((text) => text.split(' ').map(Number)),
})

const bar = z.object({
  name: z.string(),
  text: z.string(),
  /** 0 to 100. */
  share: z.number(),
})

const still = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lines'), caption: z.string(), lines: z.array(line) }),
  z.object({ type: z.literal('bars'), caption: z.string(), bars: z.array(bar) }),
])

/** What a card of the gallery shows of the answer: numbers of a real run to the end, made by `build/generate/gallery-stills.ts`. */
export type Still = z.output<typeof still>

/** By the name of the example. */
export const stillsSchema = z.record(z.string(), still)
