import { type DataType, printType } from '../data/types.ts'

/** A type in a sentence: "a whole number (BIGINT)". */
export function withArticle(type: DataType): string {
  switch (type.name) {
    case 'STRING':
      return 'a text (STRING)'
    case 'BIGINT':
      return 'a whole number (BIGINT)'
    case 'DOUBLE':
    case 'DECIMAL':
      return `a number (${printType(type)})`
    case 'BOOLEAN':
      return 'true or false (BOOLEAN)'
    case 'DATE':
      return 'a date (DATE)'
    case 'TIMESTAMP_LTZ':
      return 'a time (TIMESTAMP_LTZ)'
    case 'INTERVAL':
      return `a length of time (${printType(type)})`
    case 'ARRAY':
      return `a list (${printType(type)})`
    case 'MAP':
      return `a map (${printType(type)})`
    case 'ROW':
      return 'a record with fields (ROW)'
    default:
      return printType(type)
  }
}
