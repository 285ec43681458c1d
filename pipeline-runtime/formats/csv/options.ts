import { z } from 'zod'

const options = z
  .strictObject({
    type: z.literal('csv').meta({ title: 'Format', description: 'Rows of fields with a delimiter between them.' }),
    delimiter: z
      .string()
      .regex(/^[\t -!#-~]$/, 'one ASCII character, not a quote or line break')
      .default(',')
      .meta({ title: 'Delimiter', description: 'The character between two fields: a comma, a semicolon, a tab.' }),
    header: z
      .boolean()
      .default(true)
      .meta({ title: 'First line names the columns', description: 'Columns are then found by name, else by position.' }),
    null: z
      .string()
      .regex(/^[^"\r\n]*$/, 'no quote or line break')
      .default('')
      .meta({
        title: 'Text for NULL',
        description: 'An unquoted field with this text has no value. In quotes it is a text like any other.',
      }),
  })
  .refine(({ delimiter, null: text }) => !text.includes(delimiter), {
    path: ['null'],
    message: 'The text for NULL must not hold the delimiter: it would be read as two fields.',
  })

export const csvOptions = options.meta({ title: 'CSV', description: 'Rows of fields with a delimiter between them.' })

export type CsvOptions = z.output<typeof csvOptions>
