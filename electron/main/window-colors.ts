/** `--canvas` of the page's `style/tokens.css`: what a window shows before its page is drawn. A test compares them. */
export const windowColors = { light: '#f4f5f7', dark: '#14171b' } as const
