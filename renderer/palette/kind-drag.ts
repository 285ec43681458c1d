/** What a drag from the palette carries: the name of a kind. */
export const KIND_DRAG = 'application/x-millrace-kind'
