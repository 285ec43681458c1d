/** Rows that an operator is handed at once, at most. */
export const MAX_BATCH_ROWS = 1024
