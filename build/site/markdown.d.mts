export interface Page {
  readonly title: string
  readonly html: string
  readonly headings: readonly { readonly level: number; readonly text: string; readonly id: string }[]
  readonly parts: readonly { readonly id: string; readonly heading: string; readonly text: string }[]
  /** Files of the project that the page links to, with `#heading` where it names one. */
  readonly targets: readonly string[]
}
export declare function renderPage(
  text: string,
  context: {
    readonly file: string
    address(target: string): string
    pictureSize(file: string): { readonly width: number; readonly height: number } | undefined
  },
): Page
