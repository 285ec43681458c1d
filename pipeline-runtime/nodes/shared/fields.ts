import { z } from 'zod'

/**
 * Config fields that several kinds have. `.meta` is what the form, the JSON Schema and the reference page show:
 * `title` and `description` in analysts' words, `term` the technical word, `widget` the control where the type alone does not
 * say it, `choices` the labels of an enum's values.
 */

/** SQL text over the columns that come in. */
export function expression(title: string, description: string) {
  return z.string().min(1).meta({ title, description, widget: 'expression' })
}

/** SQL text that is true or false: the editor counts for how many rows of a sample it is true. */
export function condition(title: string, description: string) {
  return z.string().min(1).meta({ title, description, widget: 'expression', result: 'BOOLEAN' })
}

/** Names of columns that come in. */
export function existingColumns(title: string, description: string) {
  return z.array(z.string().min(1)).meta({ title, description, widget: 'column-list' })
}

/** The name of a column that the node makes. A leading `$` belongs to the record parts. */
export function newColumn(title: string, description: string) {
  return z
    .string()
    .regex(/^[^$\s](.*\S)?$/, 'A column name neither starts with $ or a space nor ends with a space.')
    .meta({ title, description, widget: 'column-name' })
}

export function connectionName() {
  return z.string().min(1).meta({
    title: 'Connection',
    description: 'Where the topic is. What the name stands for is set beside the document.',
    widget: 'connection',
  })
}

export function topicName(description: string) {
  return z.string().min(1).max(249).meta({ title: 'Topic', description, widget: 'topic' })
}

export function filePath(description: string) {
  return z.string().min(1).meta({ title: 'File', description, widget: 'path' })
}

/** What becomes of a record or row that cannot be read or calculated (semantics rule 3). */
export type ErrorPolicy = 'fail' | 'skip' | 'dead-letter'

export const DEAD_LETTER_PORT = 'dead-letter'

export function onError(description: string) {
  return z
    .enum(['fail', 'skip', 'dead-letter'])
    .default('fail')
    .meta({
      title: 'When a row fails',
      description,
      term: 'error policy',
      choices: { fail: 'Stop the run', skip: 'Skip it and count it', 'dead-letter': 'Set it aside' },
    })
}

export const EXPRESSION_ON_ERROR =
  'What to do with a row for which an expression fails, for example by a division by zero. Rows set aside leave by a connection point of their own.'
