/**
 * Every code of an issue with what it means: codes are kept, so that people and programs can look for them. A test finds codes in
 * the sources that are missing here.
 */

/** Of files: what is no document or spec at all. */
const reading = {
  EMPTY_FILE: 'The file is empty.',
  FILE_UNREADABLE: 'The file is not there or may not be read.',
  NOT_JSON: 'The text is not JSON; the message names line and column.',
  DUPLICATE_KEY: 'A name stands twice in one object.',
  BAD_KEY: 'A name that cannot be used in JSON objects here.',
  INTEGER_TOO_LARGE: 'An integer beyond 2^53 has to be written as text.',
  NUMBER_TOO_LARGE: 'A number that a double cannot hold has to be written as text.',
  NOT_A_DOCUMENT: 'The JSON is no document.',
  NOT_A_SPEC: 'The JSON is no compiled spec.',
  NEWER_FORMAT: 'The document was made by a newer Millrace.',
  NEWER_KIND: 'A kind of node has a newer version than is known here.',
  OLDER_KIND: 'The spec was compiled for an older version of a kind of node.',
  NEWER_SPEC: 'The spec was made by a newer Millrace.',
  SPEC_CHANGED: 'The spec was changed after it was compiled.',
  MIGRATION_FAILED: 'An older document could not be brought to the newest format.',
  KIND_VERSION_MISSING: 'The header does not name the version of a kind of node.',
} as const

/** Of fields, in the document and in the settings of nodes. */
const fields = {
  UNKNOWN_FIELD: 'There is no field of this name.',
  MISSING_FIELD: 'A field has to be there.',
  WRONG_TYPE: 'A value has the wrong type.',
  WRONG_VALUE: 'A value is not allowed.',
} as const

/** Of the graph. */
const graph = {
  BAD_ID: 'The name of a node is no lower-case word.',
  DUPLICATE_NODE_ID: 'Two nodes have the same name.',
  DUPLICATE_EDGE: 'An edge stands twice.',
  BAD_PORT: 'The end of an edge is not written as node.port.',
  UNKNOWN_NODE: 'There is no node of this name.',
  UNKNOWN_PORT: 'The node has no port of this name.',
  UNKNOWN_KIND: 'There is no kind of node of this name; the node is kept and cannot run.',
  UNCONNECTED_INPUT: 'Nothing comes into an in port.',
  UNCONNECTED_OUTPUT: 'An out port has to be connected and is not.',
  TOO_MANY_EDGES: 'Several edges end at a port that takes one.',
  CYCLE: 'Edges go round in a circle.',
  EMPTY_PIPELINE: 'There is no source.',
  ROWS_GO_NOWHERE: 'Nobody takes the rows of a node.',
  DEAD_LETTER_NOT_ACCEPTED: 'What was set aside is led into a node that cannot take it.',
  UPSERT_NOT_ACCEPTED: 'Rows that replace earlier ones are led into a node that cannot take them back.',
  UNSUPPORTED_GUARANTEE: 'The guarantee is not there yet.',
  UNKNOWN_TIME_ZONE: 'There is no time zone of this name.',
  WRONG_TEST_NODE: 'A test gives rows to a node that is no source, or expects them of one that is no sink.',
  KIND_FAILED: 'A kind of node failed: a mistake in Millrace.',
} as const

/** Of the settings of nodes. */
const nodes = {
  DIFFERENT_COLUMNS: 'Streams that are put together have different columns.',
  DUPLICATE_COLUMN: 'Two columns have the same name.',
  EVENT_TIME_TYPE: 'The column with the time of a row is no time.',
  LATENESS_WITH_FINAL: 'Results that come once cannot be corrected.',
  MISSING_COLUMN: 'A figure needs a column to summarise.',
  NOTHING_TO_DROP: 'Columns are dropped that are not kept anyway.',
  NO_COLUMNS: 'No columns are named.',
  OFFSET_BEYOND_SIZE: 'Time windows are shifted by more than their length.',
  SINK_KEY: 'Rows replace each other by other columns than the key.',
  SINK_KEY_UNUSED: 'A key is named that is not used.',
  TOMBSTONE_DELETE: 'Deleting rows by deletion marks is not possible yet.',
  UNIT_WITHOUT_TIME: 'A unit of time is named for a column that is no time.',
  UNKNOWN_TYPE: 'There is no type of this name.',
} as const

/** Of expressions. */
const expressions = {
  AGGREGATE: 'A function that summarises stands in an expression on single rows.',
  ARGUMENT_COUNT: 'A function has too few or too many arguments.',
  ARGUMENT_TYPE: 'An argument has the wrong type.',
  BAD_ARGUMENT: 'An argument has a value that is not allowed.',
  BAD_DATE: 'A date that is none.',
  BAD_ESCAPE: 'The escape character of LIKE is wrong.',
  BAD_FORMAT: 'A pattern of dates and times is wrong.',
  BAD_GROUP: 'A regular expression has no such group.',
  BAD_INDEX: 'A list has no such element.',
  BAD_INTERVAL: 'A length of time that is none.',
  BAD_JSON_PATH: 'A path into JSON is wrong.',
  BAD_KEYWORD: 'A function takes another word here.',
  BAD_OPERANDS: 'An operator has no meaning between these types.',
  BAD_PATTERN: 'A regular expression is wrong.',
  BAD_PRECISION: 'A number of digits is not allowed.',
  BAD_REPLACEMENT: 'The replacement of a regular expression is wrong.',
  BAD_TIMESTAMP: 'A time that is none.',
  BAD_TYPE: 'A type that is none.',
  CASE_NEEDS_END: 'CASE has no END.',
  CASE_NEEDS_WHEN: 'CASE has no WHEN.',
  CASE_WHEN_NULL: 'WHEN NULL never matches.',
  CAST_FAILED: 'A value cannot be converted.',
  CAST_NEEDS_TYPE: 'CAST names no type.',
  COMPARED_WITH_NULL: 'A comparison with NULL is never true.',
  CURLY_QUOTES: 'Typographic quotes instead of plain ones.',
  DIVISION_BY_ZERO: 'A division by zero.',
  DOUBLE_AMPERSAND: '&& instead of AND.',
  DOUBLE_BAR: '|| joins texts and is no OR.',
  DOUBLE_EQUALS: '== instead of =.',
  EMPTY_EXPRESSION: 'The expression is empty.',
  EMPTY_LIST: 'IN has an empty list.',
  EMPTY_NAME: 'The name of a column or field is empty.',
  INTEGER_DIVISION: 'A division of whole numbers drops the remainder.',
  IN_NEEDS_LIST: 'IN needs a list in parentheses.',
  NOT_A_CONDITION: 'An expression is neither true nor false.',
  NOT_A_LIST: 'A list is needed.',
  NOT_A_NUMBER: 'A number is needed.',
  NOT_A_RECORD: 'A value has no fields.',
  NOT_A_TEXT: 'A text is needed.',
  NOT_IN_NULL: 'NOT IN with a NULL in its list is never true.',
  NOT_REPEATABLE: 'A function would give another result on each run.',
  NOT_SINGLE: 'A list has more than one element.',
  NO_CAST: 'There is no conversion between these types.',
  NO_ORDER: 'Values of this type are neither smaller nor larger.',
  NO_RECORD_PARTS: 'The rows are no longer records of a source: they have no $key, $topic and so on.',
  NUMBER_TOO_LONG: 'A number has too many digits.',
  OVERFLOW: 'A result is too large for its type.',
  PLUS_OF_TEXTS: '+ does not join texts.',
  SEMICOLON: 'A semicolon stands at the end.',
  TOO_DEEP: 'An expression has more levels than can be read.',
  SYNTAX: 'The expression cannot be read.',
  TEXT_IN_DOUBLE_QUOTES: 'A text stands in double quotes.',
  TIME_NEEDS_INTERVAL: 'Only a length of time can be added to a time.',
  TOO_LONG: 'A text would become too long.',
  TYPE_MISMATCH: 'Two values have types that do not go together.',
  UNCLOSED_BRACKET: 'A bracket is not closed.',
  UNCLOSED_COMMENT: 'A comment is not closed.',
  UNCLOSED_PARENTHESIS: 'A parenthesis is not closed.',
  UNCLOSED_QUOTE: 'A quote is not closed.',
  UNEXPECTED_ARGUMENT: 'Something cannot be an argument.',
  UNKNOWN_COLUMN: 'There is no column of this name.',
  UNKNOWN_FUNCTION: 'There is no function of this name.',
  UNKNOWN_OPERATOR: 'There is no operator of this name.',
  UNKNOWN_UNIT: 'There is no unit of time of this name.',
  WRONG_CASE: 'A column is written with other capital letters.',
} as const

/** Of the targets that a run binds connections to. */
const binding = {
  CONNECTIONS_INVALID: 'connections.json is wrong.',
  CONNECTIONS_UNREADABLE: 'connections.json cannot be read.',
  MISSING_VARIABLE: 'A variable of the environment is not set.',
  TARGET_TWICE: 'Two targets are named for the same connection.',
  UNBOUND_CONNECTION: 'Nothing says what a connection stands for.',
  UNKNOWN_CONNECTION: 'The pipeline has no connection of this name.',
  UNKNOWN_TARGET: 'There is no target of this name.',
} as const

export const issueCodeGroups = { reading, fields, graph, nodes, expressions, binding } as const

export const issueCodes: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(issueCodeGroups))
